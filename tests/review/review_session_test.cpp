#include "review/review_session.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "data/dictionary.hpp"
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
using ::testing::Not;
using ::testing::StartsWith;

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
    return review_pairs(store, reasons, blind);
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

TEST(ReviewSession, ThePlaceMovesOnWithSkippedPairs) {
  Reviewed reviewed;
  reviewed.pairs.resize(4);
  const ReviewFacts facts = reviewed.type("smss");
  ASSERT_EQ(reviewed.pages.size(), 5U);
  EXPECT_THAT(reviewed.pages[0], StartsWith("1 of 4 · "));
  EXPECT_THAT(reviewed.pages[1], StartsWith("2 of 4, 1 skipped · "));
  EXPECT_THAT(reviewed.pages[1], HasSubstr("skipped; it comes again after the others"));
  EXPECT_THAT(reviewed.pages[2], StartsWith("3 of 4, 1 skipped · "));
  EXPECT_THAT(reviewed.pages[2], Not(HasSubstr("comes again")));
  EXPECT_THAT(reviewed.pages[3], StartsWith("4 of 4, 2 skipped · "));
  EXPECT_THAT(reviewed.pages[4], StartsWith("skipped pair 1 of 3 · "));
  EXPECT_THAT(reviewed.pages[4], HasSubstr("the 3 pairs that you skipped come again"));
  EXPECT_THAT(reviewed.pages[4], HasSubstr(reviewed.pairs[0].left));
  EXPECT_EQ(facts.skipped, 3U);
  EXPECT_EQ(facts.left, 3U);
}

TEST(ReviewSession, WhatIsSkippedAgainComesInARoundOfItsOwn) {
  Reviewed reviewed;
  reviewed.pairs.resize(3);
  const ReviewFacts facts = reviewed.type("ssssm?s");
  ASSERT_EQ(reviewed.pages.size(), 8U);
  EXPECT_THAT(reviewed.pages[3], StartsWith("skipped pair 1 of 3 · "));
  EXPECT_THAT(reviewed.pages[4], StartsWith("skipped pair 2 of 3, 1 skipped again · "));
  EXPECT_THAT(reviewed.pages[6], StartsWith("skipped pair 1 of 1 · "));
  EXPECT_THAT(reviewed.pages[6], HasSubstr("the pair that you skipped comes again"));
  EXPECT_THAT(reviewed.pages[7], HasSubstr("no other pair is left"));
  EXPECT_EQ(facts.taken, 1U);
  EXPECT_EQ(facts.unsure, 1U);
  EXPECT_EQ(facts.skipped, 1U);
  EXPECT_EQ(facts.left, 2U);
  EXPECT_TRUE(reviewed.is_decided(reviewed.pairs[1], true));
}

TEST(ReviewSession, UndoTakesSkipsBackToo) {
  Reviewed reviewed;
  reviewed.pairs.resize(2);
  // Both skipped and the first decided; back to the start, and both decided in their order.
  const ReviewFacts facts = reviewed.type("ssmuuumn");
  ASSERT_EQ(reviewed.pages.size(), 9U);
  EXPECT_THAT(reviewed.pages[2], StartsWith("skipped pair 1 of 2 · "));
  EXPECT_THAT(reviewed.pages[4], StartsWith("skipped pair 1 of 2 · "));
  EXPECT_THAT(reviewed.pages[5], StartsWith("2 of 2, 1 skipped · "));
  EXPECT_THAT(reviewed.pages[6], StartsWith("1 of 2 · "));
  EXPECT_THAT(reviewed.pages[8], StartsWith("All pairs are judged"));
  EXPECT_EQ(facts.undone, 1U);
  EXPECT_EQ(facts.left, 0U);
  EXPECT_TRUE(reviewed.is_decided(reviewed.pairs[0], true));
  EXPECT_TRUE(reviewed.is_decided(reviewed.pairs[1], false));
}

// Whatever is typed: no pair is lost or asked for twice, and the place is within its round.
TEST(ReviewSession, AnyKeysKeepAccountOfEveryPair) {
  Reviewed reviewed;
  reviewed.pairs.resize(5);
  std::uint64_t state = 9;
  for (int session = 0; session < 8; ++session) {
    reviewed.pairs = reviewed.queue();
    if (reviewed.pairs.size() > 5) reviewed.pairs.resize(5);
    reviewed.pages.clear();
    const std::size_t before = reviewed.decisions().size();
    std::string keys;
    for (int k = 0; k < 24; ++k) keys += "smsu?nux"[(state = mix64(state + 1)) % 8];
    const ReviewFacts facts = reviewed.type(keys);
    EXPECT_EQ(facts.taken + facts.left, reviewed.pairs.size()) << keys;
    EXPECT_LE(facts.skipped + facts.unsure, facts.left) << keys;
    EXPECT_EQ(reviewed.decisions().size(), before + facts.taken) << keys;
    for (const std::string& page : reviewed.pages) {
      if (page.starts_with("All pairs are")) continue;
      const std::string place = page.substr(page.starts_with("skipped pair ") ? 13 : 0);
      const int number = std::stoi(place);
      const int of = std::stoi(place.substr(place.find(" of ") + 4));
      EXPECT_GE(number, 1) << keys << page;
      EXPECT_LE(number, of) << keys << page;
    }
  }
  EXPECT_THAT(reviewed.registry.check(), IsEmpty());
}

TEST(ReviewSession, TheEndSaysWhatIsUnsureAndCanBeUndone) {
  Reviewed reviewed;
  reviewed.pairs.resize(2);
  EXPECT_EQ(reviewed.type("m?nu").left, 1U);
  ASSERT_EQ(reviewed.pages.size(), 4U);  // at the end there is no pair to say n of
  EXPECT_THAT(reviewed.pages[2], StartsWith("All pairs are seen; 1 of them unsure"));
  EXPECT_THAT(reviewed.pages[3], StartsWith("2 of 2 · "));
}

TEST(ReviewSession, CapitalsDoTheSame) {
  Reviewed reviewed;
  const ReviewFacts facts = reviewed.type("MNUQm");
  EXPECT_EQ(facts.taken, 1U);
  EXPECT_EQ(facts.undone, 1U);
  EXPECT_TRUE(reviewed.is_decided(reviewed.pairs[0], true));
}

TEST(ReviewSession, AnotherKeyLeavesThePairOnTheScreen) {
  Reviewed reviewed;
  reviewed.type("x");
  EXPECT_THAT(reviewed.pages.back(), HasSubstr("no such key"));
  EXPECT_THAT(reviewed.pages.back(), HasSubstr(reviewed.pairs[0].left));
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
