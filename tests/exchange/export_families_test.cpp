#include "exchange/export_families.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exchange/fhir_reader.hpp"
#include "tests/exchange/flow_world.hpp"

namespace tessera::test {
namespace {

using testing::ElementsAre;

std::string patient(const std::string& id) {
  return R"({"resourceType":"Patient","id":")" + id + R"(","name":[{"family":"Okafor"}]})";
}

std::string family(const std::string& id, const std::string& member) {
  return R"({"resourceType":"Group","id":")" + id +
         R"(","member":[{"entity":{"reference":"Patient/)" + member + R"("}}]})";
}

TEST(ExportFamilies, ARegistryWithoutFamiliesHasNoFiles) {
  FlowWorld world;
  Store store = world.registry.open(Store::Access::kRead);
  EXPECT_EQ(export_families(store, world.registry.folder(), false), 0U);
  EXPECT_FALSE(std::filesystem::exists(world.registry.folder() / "families.csv"));
}

TEST(ExportFamilies, HeadMembersSourcesAndWhereRetiredOnesLead) {
  FlowWorld world;
  world.say("client",
            "[" + patient("a") + "," + patient("b") + "," + family("=g", "a") + "," +
                family("h", "b") + "]",
            read_fhir);
  world.apply();
  world.keep_families();
  const std::string first(world.feed().group_identifier(0, "=g"));
  const std::string second(world.feed().group_identifier(0, "h"));
  world.say("client",
            "[" + patient("a") + "," + patient("b") +
                R"(,{"resourceType":"Group","id":"=g","member":[{"entity":{"reference":)"
                R"("Patient/a"}},{"entity":{"reference":"Patient/b"}}]}])",
            read_fhir);
  world.apply();
  world.keep_families();
  const auto folder = world.registry.folder() / "out";
  std::filesystem::create_directory(folder);
  Store store = world.registry.open(Store::Access::kRead);
  EXPECT_EQ(export_families(store, folder, true), 1U);
  EXPECT_THAT(read_test_csv(folder / "families.csv"),
              ElementsAre(ElementsAre("family_identifier", "head_identifier", "members", "sources",
                                      "families"),
                          ElementsAre(first, "", "2", "1", "1")));
  EXPECT_EQ(read_test_csv(folder / "family_members.csv").size(), 3U);
  EXPECT_THAT(read_test_csv(folder / "family_crosswalk.csv")[1],
              ElementsAre(first, "client", "'=g"));
  EXPECT_THAT(read_test_csv(folder / "family_retired.csv")[1], ElementsAre(second, first));
}

}  // namespace
}  // namespace tessera::test
