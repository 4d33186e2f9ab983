#include "cli/plan_summary.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/registry/family_life.hpp"

namespace tessera {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string summary(const test::SmallRegistry& registry) {
  Store store = registry.open(Store::Access::kRead);
  const Transaction snapshot(store.database(), Transaction::Kind::kRead);
  return plan_summary(store, make_plan(store, {}), {});
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

TEST(PlanSummary, FamiliesAreToldAsPersonsAreWhereThereAreSome) {
  using test::client_group;
  test::FamilyLife life;
  life.say({client_group("a", {0, 1, 2}), client_group("b", {3}), client_group("c", {4})});
  const std::string b = life.id_of("b");
  const std::string c = life.id_of("c");
  life.load({client_group("a", {0, 1, 3}), client_group("d", {5})});
  Store store = life.registry.open(Store::Access::kRead);
  const Plan plan = make_plan(store, {});
  const std::string text = plan_summary(store, plan, plan_groups(store, plan, test::join_by_id));
  EXPECT_THAT(text, HasSubstr("families                2  2 of sources\n"
                              "  new                   1  client:d\n"
                              "  changed               1  joined by 1 person, left by 1 person\n"
                              "  merged                1  " +
                              b + " into " + life.id_of("a") + "\n"));
  EXPECT_THAT(text, HasSubstr("  retired               1  " + c + "\n"));
  EXPECT_THAT(plan_summary(store, plan, {}), Not(HasSubstr("families")));
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
