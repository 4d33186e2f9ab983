#include "review/review_session.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "data/error.hpp"
#include "registry/decisions.hpp"
#include "registry/records.hpp"
#include "tests/registry/small_registry.hpp"

namespace tessera {
namespace {

using test::SmallRegistry;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A registry with a queue, and a reviewer whose keys are given beforehand.
struct Reviewed {
  Reviewed() : registry(doubtful_job()) {
    registry.load(test::invented_records(200, 3));
    registry.apply();
    pairs = queue();
  }

  static JobSpec doubtful_job() {
    JobSpec job = SmallRegistry::job();
    job.link_threshold = {0.999, false};
    job.review_threshold = {0.05, false};
    return job;
  }

  std::vector<QueueLine> queue(const std::vector<std::string>& reasons = {},
                               bool blind = false) const {
    Store store = registry.open(Store::Access::kRead);
    return review_pairs(store, reasons, 0, blind);
  }

  ReviewFacts type(const std::string& keys) {
    std::size_t at = 0;
    ReviewScreen screen;
    screen.read_key = [&]() -> std::optional<char> {
      if (at == keys.size()) return std::nullopt;
      // What was decided before is in the store before the next key is asked for.
      seen_in_store.push_back(decisions().size());
      return keys[at++];
    };
    screen.show = [&](std::string_view page) { pages.emplace_back(page); };
    return review(registry.path(), pairs, {}, screen, [] { return test::test_run("review"); });
  }

  std::vector<Decision> decisions() const {
    Store store = registry.open(Store::Access::kRead);
    return decisions_in_force(store);
  }

  bool is_decided(const QueueLine& pair, bool match) const {
    const auto all = decisions();
    return std::any_of(all.begin(), all.end(), [&](const Decision& decision) {
      return decision.row == pair.row && decision.other_row == pair.other_row &&
             decision.match == match;
    });
  }

  SmallRegistry registry;
  std::vector<QueueLine> pairs;
  std::vector<std::string> pages;
  std::vector<std::size_t> seen_in_store;
};

TEST(ReviewSession, EveryDecisionIsSavedBeforeTheNextPair) {
  Reviewed reviewed;
  ASSERT_GE(reviewed.pairs.size(), 5U);
  const ReviewFacts facts = reviewed.type("mn?");
  EXPECT_EQ(reviewed.seen_in_store, (std::vector<std::size_t>{0, 1, 2}));
  EXPECT_EQ(facts.taken, 2U);
  EXPECT_EQ(facts.unsure, 1U);
  EXPECT_EQ(facts.left, reviewed.pairs.size() - 2);
  EXPECT_TRUE(reviewed.is_decided(reviewed.pairs[0], true));
  EXPECT_TRUE(reviewed.is_decided(reviewed.pairs[1], false));
  // Decided pairs are not asked for again, also before `apply`.
  EXPECT_EQ(reviewed.queue().size(), reviewed.pairs.size() - 2);
  EXPECT_THAT(reviewed.registry.check(), IsEmpty());
}

TEST(ReviewSession, UndoGoesBackDecisionByDecision) {
  Reviewed reviewed;
  const ReviewFacts facts = reviewed.type("mn?uuuum");
  EXPECT_EQ(facts.taken, 1U);
  EXPECT_EQ(facts.undone, 2U);
  EXPECT_EQ(facts.unsure, 0U);
  EXPECT_TRUE(reviewed.is_decided(reviewed.pairs[0], true));
  EXPECT_EQ(reviewed.decisions().size(), 1U);
  EXPECT_THAT(reviewed.pages, Contains(HasSubstr("nothing to undo")));
  EXPECT_THAT(reviewed.registry.check(), IsEmpty());
}

TEST(ReviewSession, ASkippedPairComesAgainAfterTheOthers) {
  Reviewed reviewed;
  reviewed.pairs.resize(2);
  const ReviewFacts facts = reviewed.type("smn");
  EXPECT_EQ(facts.left, 0U);
  EXPECT_TRUE(reviewed.is_decided(reviewed.pairs[1], true));
  EXPECT_TRUE(reviewed.is_decided(reviewed.pairs[0], false));
}

TEST(ReviewSession, QuitsAndIgnoresOtherKeys) {
  Reviewed reviewed;
  const ReviewFacts facts = reviewed.type("x\nqmmm");
  EXPECT_EQ(facts.taken, 0U);
  EXPECT_EQ(facts.left, reviewed.pairs.size());
  EXPECT_THAT(reviewed.pages, Contains(HasSubstr("no such key")));
}

TEST(ReviewSession, AContradictionIsToldAndThePairStays) {
  Reviewed reviewed;
  const QueueLine pair = reviewed.pairs[0];
  reviewed.registry.decide(pair.left, "client:C1199", true);
  reviewed.registry.decide("client:C1199", pair.right, true);
  const ReviewFacts facts = reviewed.type("n");
  EXPECT_EQ(facts.taken, 0U);
  EXPECT_EQ(facts.left, reviewed.pairs.size());
  EXPECT_THAT(reviewed.pages.back(), HasSubstr("not saved: "));
  EXPECT_THAT(reviewed.pages.back(), HasSubstr("two persons"));
}

// Undoing the renewal of a stale decision leaves it as it was: in force, and stale.
TEST(ReviewSession, UndoingARenewalLeavesTheDecisionStale) {
  Reviewed reviewed;
  const QueueLine pair = reviewed.pairs[0];
  reviewed.registry.decide(pair.left, pair.right, true);
  auto records = test::invented_records(200, 3);
  for (test::InventedRecord& record : records) {
    if (record.source + ":" + record.id == pair.left) record.phone = "0700000001";
  }
  reviewed.registry.load(records);
  const auto stale = reviewed.queue({"stale decision"});
  ASSERT_EQ(stale.size(), 1U);
  reviewed.pairs = stale;
  EXPECT_EQ(reviewed.type("nu").undone, 1U);
  ASSERT_EQ(reviewed.decisions().size(), 1U);
  EXPECT_TRUE(reviewed.decisions().front().stale);
  EXPECT_TRUE(reviewed.decisions().front().match);
  EXPECT_EQ(reviewed.queue({"stale decision"}).size(), 1U);
  EXPECT_EQ(reviewed.type("m").taken, 1U);
  EXPECT_TRUE(reviewed.queue({"stale decision"}).empty());
  EXPECT_THAT(reviewed.registry.check(), IsEmpty());
}

TEST(ReviewSession, WhileAnotherWritesNothingIsSavedAndThatIsTold) {
  Reviewed reviewed;
  const Store writer = reviewed.registry.open();
  const ReviewFacts facts = reviewed.type("m");
  EXPECT_EQ(facts.taken, 0U);
  EXPECT_THAT(reviewed.pages.back(), HasSubstr("not saved: "));
}

TEST(ReviewSession, TheQueueIsNarrowedByReasonAndBlindOrderSaysNothing) {
  const Reviewed reviewed;
  const auto band = reviewed.queue({"band"});
  EXPECT_GT(band.size(), 3U);
  for (const QueueLine& pair : band) EXPECT_EQ(pair.reason, "band");
  const auto blind = reviewed.queue({"band"}, true);
  EXPECT_EQ(blind.size(), band.size());
  EXPECT_FALSE(std::is_sorted(blind.begin(), blind.end(), [](const auto& a, const auto& b) {
    return a.weight_bits > b.weight_bits;
  }));
  EXPECT_THAT(review_reasons(), Contains("stale decision"));
}

}  // namespace
}  // namespace tessera
