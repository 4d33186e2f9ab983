#include "registry/explain_stored.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.hpp"
#include "registry/component_rows.hpp"
#include "registry/inspect.hpp"
#include "registry/records.hpp"
#include "tests/registry/small_registry.hpp"

namespace tessera {
namespace {

using test::SmallRegistry;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Applied100 {
  Applied100() {
    registry.load(test::invented_records(100, 4));
    registry.apply();
  }
  StoredExplanation explain(const std::string& a, const std::string& b,
                            const ExplainStoredOptions& options = {}) const {
    Store store = registry.open(Store::Access::kRead);
    return explain_stored(store, row_of_name(store, a), row_of_name(store, b), options);
  }
  SmallRegistry registry;
};

TEST(ExplainStored, AddsUpToTheWeightThatTheStoreDecidedBy) {
  const Applied100 applied;
  const Explanation of = applied.explain("client:C1000", "client:D1000").explanation;
  double sum = of.alternatives[0].prior_bits + of.relations_bits;
  for (const ExplainedComparison& comparison : of.comparisons) sum += comparison.bits[0];
  EXPECT_NEAR(sum, of.weight_bits, 1e-9);
  ASSERT_TRUE(of.decided_weight_bits.has_value());
  EXPECT_EQ(*of.decided_weight_bits, of.weight_bits);
  EXPECT_EQ(of.cluster.outcome, Outcome::kSameEntity);
  EXPECT_FALSE(of.blocking.found_by.empty());
}

TEST(ExplainStored, ShowsTheTwoSideBySide) {
  const Applied100 applied;
  const auto values = applied.explain("client:C1000", "client:D1000").values;
  ASSERT_EQ(values.size(), 4U);
  EXPECT_EQ(values[0].attribute, "given_name");
  EXPECT_FALSE(values[0].left.empty());
}

TEST(ExplainStored, TellsWhatWasDecidedOnThem) {
  const Applied100 applied;
  applied.registry.decide("client:C1000", "client:D1000", false);
  applied.registry.apply();
  const StoredExplanation told = applied.explain("client:C1000", "client:D1000");
  EXPECT_THAT(told.decisions, ElementsAre(HasSubstr("client:C1000 is not client:D1000")));
  EXPECT_EQ(told.explanation.cluster.outcome, Outcome::kCut);
  applied.registry.decide("client:C1001", "client:C1050", true);
  applied.registry.apply();
  EXPECT_THAT(applied.explain("client:C1001", "client:C1050").decisions,
              ElementsAre(HasSubstr("is client:C1050")));
}

TEST(ExplainStored, CountsKeysOverTheWholeStoreWhereNoRuleFindsThePair) {
  const Applied100 applied;
  const ExplainStoredOptions counted{.count_keys = true};
  std::size_t told = 0;
  for (int other = 1041; other < 1090; ++other) {
    const std::string name = "social:S" + std::to_string(other);
    const Explanation of = applied.explain("client:C1040", name, counted).explanation;
    if (of.blocking.found_by.empty() && !of.blocking.would_find.empty()) ++told;
    for (const AgreeingKey& key : of.blocking.would_find) EXPECT_GE(key.records, 2U);
  }
  EXPECT_GT(told, 3U);
}

TEST(ExplainStored, RefusesWhatIsNoPair) {
  const Applied100 applied;
  EXPECT_THROW(applied.explain("client:C1000", "client:C1000"), Error);
  const SmallRegistry fresh;
  fresh.load(test::invented_records(10, 4));
  Store store = fresh.open(Store::Access::kRead);
  EXPECT_THROW(explain_stored(store, 1, 2, {}), Error);
}

TEST(ComponentRows, BringsInWhatLinksAndMatchesTie) {
  const Applied100 applied;
  applied.registry.decide("client:C1001", "client:C1050", true);
  Store store = applied.registry.open(Store::Access::kRead);
  ComponentRows rows(store);
  rows.add(row_of_name(store, "client:C1001"));
  EXPECT_TRUE(rows.has(row_of_name(store, "client:C1001")));
  EXPECT_TRUE(rows.has(row_of_name(store, "client:C1050")));  // decided, not applied yet
  EXPECT_TRUE(rows.has(row_of_name(store, "social:S1050")));  // of its identity
  EXPECT_LT(rows.rows().size(), 12U);
}

}  // namespace
}  // namespace tessera
