#include "registry/decisions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.hpp"
#include "registry/records.hpp"
#include "tests/registry/small_registry.hpp"

namespace tessera {
namespace {

using test::SmallRegistry;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;

struct Decided : SmallRegistry {
  Decided() { load(test::invented_records(20, 1)); }
  std::vector<Decision> in_force() const {
    Store store = open(Store::Access::kRead);
    return decisions_in_force(store);
  }
};

TEST(Decisions, AContradictionIsToldWithItsChain) {
  const Decided registry;
  registry.decide("client:C1001", "client:C1002", true);
  registry.decide("client:C1002", "social:S1004", true);
  try {
    registry.decide("social:S1004", "client:C1001", false);
    FAIL() << "a contradiction was taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kRefused);
    EXPECT_THAT(error.what(), AllOf(HasSubstr("client:C1001"), HasSubstr("client:C1002"),
                                    HasSubstr("social:S1004"), HasSubstr("event 3"),
                                    HasSubstr("event 4"), HasSubstr("this decision")));
  }
  EXPECT_EQ(registry.in_force().size(), 2U);
}

TEST(Decisions, AMatchThatBreaksANonMatchIsRefused) {
  const Decided registry;
  registry.decide("client:C1001", "client:C1002", false);
  registry.decide("client:C1002", "client:C1004", true);
  EXPECT_THROW(registry.decide("client:C1004", "client:C1001", true), Error);
}

TEST(Decisions, OneFaultLeavesAllUndecided) {
  const Decided registry;
  Store store = registry.open();
  const auto row = [&](const char* name) { return row_of_name(store, name); };
  const std::vector<NewDecision> decisions = {
      {row("client:C1001"), row("client:C1002"), true, ""},
      {row("client:C1004"), row("client:C1005"), true, ""},
      {row("client:C1002"), row("client:C1004"), true, ""},
      {row("client:C1001"), row("client:C1005"), false, ""}};
  EXPECT_THROW(take_decisions(store, decisions, test::test_run()), Error);
  EXPECT_THAT(decisions_in_force(store), IsEmpty());
}

TEST(Decisions, ALaterOneReplacesTheEarlier) {
  const Decided registry;
  registry.decide("client:C1001", "client:C1002", true);
  registry.decide("client:C1002", "client:C1001", false);
  const auto decisions = registry.in_force();
  ASSERT_EQ(decisions.size(), 1U);
  EXPECT_FALSE(decisions.front().match);
}

TEST(Decisions, TheSameAgainWritesNothing) {
  const Decided registry;
  registry.decide("client:C1001", "client:C1002", true);
  Store store = registry.open();
  const std::int64_t before = ledger_head(store.database()).sequence;
  const NewDecision same{row_of_name(store, "client:C1002"), row_of_name(store, "client:C1001"),
                         true, "again"};
  EXPECT_EQ(take_decisions(store, std::span(&same, 1), test::test_run()).unchanged, 1U);
  EXPECT_EQ(ledger_head(store.database()).sequence, before);
}

TEST(Decisions, OnAChangedRecordItIsStaleAndHolds) {
  const Decided registry;
  auto records = test::invented_records(20, 1);
  registry.decide("client:C1001", "client:C1002", true);
  EXPECT_FALSE(registry.in_force().front().stale);
  for (auto& record : records) {
    if (record.id == "C1002") record.given_name = "another";
  }
  registry.load(records);
  ASSERT_EQ(registry.in_force().size(), 1U);
  EXPECT_TRUE(registry.in_force().front().stale);
  registry.load(test::invented_records(20, 1));  // as the reviewer saw it
  EXPECT_FALSE(registry.in_force().front().stale);
}

TEST(Decisions, ARecordWithItselfIsRefused) {
  const Decided registry;
  EXPECT_THROW(registry.decide("client:C1001", "client:C1001", true), Error);
}

// Rows 10, 20, 30 of the store: 10 = 20 = 30, 20 is gone; 30 and 40 are two persons.
TEST(Decisions, AChainHoldsThroughARecordThatIsGone) {
  const std::vector<Decision> decisions = {
      {1, 10, 20, true, false}, {2, 20, 30, true, false}, {3, 20, 40, false, false}};
  const std::vector<std::int64_t> rows = {40, 10, 30};
  const RowDecisions constraints = constraints_for(decisions, rows);
  EXPECT_THAT(constraints.must_links, ElementsAre(Pair(Row{1}, Row{2})));
  EXPECT_THAT(constraints.cannot_links, ElementsAre(Pair(Row{1}, Row{0})));
}

// match, taken back, then non-match, taken back: nothing was replaced, so nothing stands again.
TEST(Decisions, WhatWasTakenBackForItsOwnSakeStaysSo) {
  const Decided registry;
  for (const bool match : {true, false}) {
    registry.decide("client:C1001", "client:C1002", match);
    ASSERT_EQ(registry.in_force().size(), 1U);
    Store store = registry.open();
    take_back(store, registry.in_force().front().event, test::test_run());
  }
  EXPECT_THAT(registry.in_force(), IsEmpty());
  EXPECT_THAT(registry.check(), IsEmpty());
}

TEST(Decisions, WhatWasReplacedStandsAgain) {
  const Decided registry;
  registry.decide("client:C1001", "client:C1002", true);
  registry.decide("client:C1001", "client:C1002", false);
  Store store = registry.open();
  take_back(store, registry.in_force().front().event, test::test_run());
  ASSERT_EQ(registry.in_force().size(), 1U);
  EXPECT_TRUE(registry.in_force().front().match);
}

}  // namespace
}  // namespace tessera
