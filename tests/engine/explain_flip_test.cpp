#include "engine/explain_flip.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "tests/engine/explained_people.hpp"

namespace tessera {
namespace {

// Every pattern that differs from the pair's in one comparison, weighed as a whole by the weigher.
struct Tried {
  std::size_t comparison;
  unsigned level;
  double weight_bits;
};

Pattern changed(Pattern pattern, std::size_t c, unsigned level) {
  pattern &= ~(Pattern{0xf} << (kLevelBits * c));
  return with_level(pattern, c, level);
}

std::vector<Tried> try_all(const test::ExplainedPeople& all, const Link& link) {
  std::vector<Tried> tried;
  for (std::size_t c = 0; c < all.model.comparisons.size(); ++c) {
    for (unsigned level = 0; level <= all.model.comparisons[c].levels.size(); ++level) {
      if (level == level_of(link.pattern, c)) continue;
      if (level != 0 && all.model.comparisons[c].levels[level - 1].text == "swapped") continue;
      tried.push_back(
          {c, level,
           all.weigher.weight_bits(changed(link.pattern, c, level), link.left, link.right)});
    }
  }
  return tried;
}

bool all_present(Pattern pattern, std::size_t comparisons) {
  for (std::size_t c = 0; c < comparisons; ++c) {
    if (level_of(pattern, c) == kNullLevel) return false;
  }
  return true;
}

const test::ExplainedPeople& people() {
  static const test::ExplainedPeople kPeople(300);
  return kPeople;
}

TEST(FindFlips, OneChangeIsTheLeastOfAllThatFlip) {
  const double link_bits = people().people.job.link_threshold.bits();
  const double review_bits = people().people.job.review_threshold.bits();
  int checked = 0;
  for (const Link& link : people().scored.links) {
    if (!all_present(link.pattern, people().model.comparisons.size())) continue;
    ++checked;
    const std::vector<ExplainedFlip> flips =
        find_flips(people().input(), link.pattern, link.left, link.right);
    const Verdict now = verdict_of(link.weight_bits, link_bits, review_bits);
    EXPECT_LE(flips.size(), now == Verdict::kReview ? 2U : 1U);
    for (const ExplainedFlip& flip : flips) {
      EXPECT_NE(flip.verdict, now);
      EXPECT_EQ(flip.verdict, verdict_of(flip.weight_bits, link_bits, review_bits));
      if (flip.changes.size() != 1) continue;
      double least = 1e9;
      const bool up = flip.weight_bits > link.weight_bits;
      for (const Tried& tried : try_all(people(), link)) {
        const Verdict then = verdict_of(tried.weight_bits, link_bits, review_bits);
        if (then == now || (tried.weight_bits > link.weight_bits) != up) continue;
        least = std::min(least, std::abs(tried.weight_bits - link.weight_bits));
      }
      EXPECT_NEAR(std::abs(flip.weight_bits - link.weight_bits), least, 1e-9);
    }
  }
  EXPECT_GT(checked, 20);
}

TEST(FindFlips, TwoChangesOnlyWhereOneDoesNotDo) {
  const double link_bits = people().people.job.link_threshold.bits();
  std::map<std::size_t, int> by_size;
  for (const Link& link : people().scored.links) {
    if (link.weight_bits < link_bits) continue;
    for (const ExplainedFlip& flip :
         find_flips(people().input(), link.pattern, link.left, link.right)) {
      ++by_size[flip.changes.size()];
      EXPECT_LT(flip.weight_bits, link_bits);
      if (flip.changes.size() < 2 ||
          !all_present(link.pattern, people().model.comparisons.size())) {
        continue;
      }
      EXPECT_NE(flip.changes[0].comparison, flip.changes[1].comparison);
      for (const Tried& tried : try_all(people(), link)) {
        EXPECT_GE(tried.weight_bits, link_bits);
      }
    }
  }
  EXPECT_GT(by_size[1], 0);
  EXPECT_EQ(by_size[0], 0);
}

TEST(FindFlips, AValueMissingOnOneSideIsTakenFromTheOther) {
  int checked = 0;
  for (const Link& link : people().scored.links) {
    const Explanation of = people().explain(link.left, link.right);
    for (const ExplainedFlip& flip : of.flips) {
      for (const LevelChange& change : flip.changes) {
        if (change.from != "null") continue;
        ++checked;
        EXPECT_NE(change.to, "null");
        EXPECT_TRUE(std::isfinite(change.change_bits));
      }
    }
  }
  EXPECT_GT(checked, 0);
}

}  // namespace
}  // namespace tessera
