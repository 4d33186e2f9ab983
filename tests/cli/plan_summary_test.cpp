#include "cli/plan_summary.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/registry/small_registry.hpp"

namespace tessera {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string summary(const test::SmallRegistry& registry) {
  Store store = registry.open(Store::Access::kRead);
  const Transaction snapshot(store.database(), Transaction::Kind::kRead);
  return plan_summary(store, make_plan(store, {}));
}

TEST(PlanSummary, CountsAndNamesSamples) {
  const test::SmallRegistry registry;
  registry.load(test::invented_records(60, 1));
  const std::string first = summary(registry);
  EXPECT_THAT(first, HasSubstr("140 came, changed or went"));
  EXPECT_THAT(first, HasSubstr("client:C1000"));
  EXPECT_THAT(first, HasSubstr("A model is learned"));
  registry.apply();
  EXPECT_THAT(summary(registry), HasSubstr("Nothing to do"));
  registry.decide("client:C1001", "client:C1002", true);
  const std::string merged = summary(registry);
  EXPECT_THAT(merged, HasSubstr(registry.identifier("client:C1002") + " into " +
                                registry.identifier("client:C1001")));
}

TEST(PlanSummary, FamiliesHaveALineWhereThereAreSome) {
  EXPECT_EQ(families_summary({}), "");
  GroupChanges facts;
  facts.source_groups = 84;
  facts.groups = 44;
  facts.minted = 3;
  facts.left = 1'200;
  EXPECT_EQ(families_summary(facts),
            "families               44  84 of sources, 3 new, 1,200 left by a person\n");
}

TEST(PlanSummary, HoldsNoValue) {
  const test::SmallRegistry registry;
  const auto records = test::invented_records(60, 1);
  registry.load(records);
  const std::string text = summary(registry);
  for (const auto& record : records) {
    EXPECT_THAT(text, Not(HasSubstr(record.given_name)));
    EXPECT_THAT(text, Not(HasSubstr(record.family_name)));
  }
}

}  // namespace
}  // namespace tessera
