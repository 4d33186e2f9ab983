// Recovery: matches drawn with a known missed share, of which the estimator sees only those that
// some rule makes.
#include "scoring/capture.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "data/dictionary.hpp"  // mix64

namespace tessera {
namespace {

/// Three attributes: a name, a date and a phone. Rules: 0 name + date; 1 phone; 2 date; 3 name +
/// phone. A class agrees on each with a chance of its own.
struct Population {
  double share;     ///< Of matches in the first class.
  double first[3];  ///< P(agrees), per attribute.
  double second[3];
};

constexpr RuleSet kOfAttribute[3] = {0b1001, 0b0101, 0b1010};  // the rules that read it

CaptureCell cell_of(const bool (&agrees)[3]) {
  CaptureCell cell;
  for (int a = 0; a < 3; ++a) {
    cell.agreeing.push_back(agrees[a] ? RuleSet{0b1111} : RuleSet{0b1111} & ~kOfAttribute[a]);
  }
  return cell;
}

/// All eight cells at their expected size; `missed` of them no rule makes.
CaptureCells expected_cells(const Population& of, double matches, double& missed) {
  CaptureCells all;
  all.reads.assign(std::begin(kOfAttribute), std::end(kOfAttribute));
  std::vector<CaptureCell>& cells = all.cells;
  missed = 0.0;
  for (int bits = 0; bits < 8; ++bits) {
    const bool agrees[3] = {(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0};
    double first = of.share;
    double second = 1.0 - of.share;
    for (int a = 0; a < 3; ++a) {
      first *= agrees[a] ? of.first[a] : 1 - of.first[a];
      second *= agrees[a] ? of.second[a] : 1 - of.second[a];
    }
    cells.push_back(cell_of(agrees));
    cells.back().matches = matches * (first + second);
    if (cells.back().made_by() == 0) missed += cells.back().matches;
  }
  return all;
}

TEST(EstimateCapture, ARuleMakesAPairWhereAllItsAttributesAgree) {
  EXPECT_EQ(cell_of({true, true, true}).made_by(), 0b1111U);
  EXPECT_EQ(cell_of({true, true, false}).made_by(), 0b0101U);
  EXPECT_EQ(cell_of({true, false, false}).made_by(), 0U);
  EXPECT_EQ(cell_of({false, false, true}).made_by(), 0b0010U);
}

TEST(EstimateCapture, FindsTheShareThatNoRuleMakesAgain) {
  double missed = 0.0;
  const auto cells = expected_cells({1.0, {0.9, 0.8, 0.7}, {0, 0, 0}}, 10000, missed);
  ASSERT_GT(missed, 100);
  const auto estimate = estimate_capture(cells, {});
  ASSERT_TRUE(estimate.has_value());
  EXPECT_NEAR(estimate->found, 10000 - missed, 1e-6);
  EXPECT_NEAR(estimate->recall(), 1 - missed / 10000, 0.01);
  EXPECT_LE(estimate->low, 1 - missed / 10000);
  EXPECT_GE(estimate->high, 1 - missed / 10000);
}

TEST(EstimateCapture, WhatIsHiddenIsNotRead) {
  double missed = 0.0;
  auto cells = expected_cells({1.0, {0.9, 0.8, 0.7}, {0, 0, 0}}, 10000, missed);
  const auto estimate = estimate_capture(cells, {});
  for (CaptureCell& cell : cells.cells) {
    if (cell.made_by() == 0) cell.matches *= 1000;
  }
  const auto again = estimate_capture(cells, {});
  EXPECT_EQ(estimate->missed, again->missed);
  EXPECT_EQ(estimate->low, again->low);
}

TEST(EstimateCapture, KnownMissesAreAFloor) {
  double missed = 0.0;
  const auto cells = expected_cells({1.0, {0.999, 0.999, 0.999}, {0, 0, 0}}, 10000, missed);
  const auto estimate = estimate_capture(cells, {.known_missed = 500, .surely_missed = 450});
  EXPECT_GE(estimate->missed, 500 - 1e-6);
  EXPECT_LE(estimate->high, 10000 / 10450.0 + 1e-9);
  EXPECT_LE(estimate->low, estimate->recall());
  EXPECT_GE(estimate->high, estimate->recall());
}

// Known misses are as many as expected; only those that are sure bound the interval.
TEST(EstimateCapture, MissesThatAreDoubtfulDoNotBoundTheInterval) {
  double missed = 0.0;
  const auto cells = expected_cells({1.0, {0.999, 0.999, 0.999}, {0, 0, 0}}, 10000, missed);
  const auto doubtful = estimate_capture(cells, {.known_missed = 500, .surely_missed = 100});
  EXPECT_NEAR(doubtful->recall(), 10000 / 10500.0, 1e-3);
  EXPECT_NEAR(doubtful->high, 10000 / 10100.0, 1e-3);
  const auto sure = estimate_capture(cells, {.known_missed = 500, .surely_missed = 500});
  EXPECT_NEAR(sure->high, sure->recall(), 1e-9);
}

// Rule of three (Hanley & Lippman-Hand 1983): where none of n was missed, 3 / n may be.
TEST(EstimateCapture, FewMatchesLeaveRoomForSomeMissed) {
  double missed = 0.0;
  const auto cells = expected_cells({1.0, {0.9999, 0.9999, 0.9999}, {0, 0, 0}}, 300, missed);
  ASSERT_LT(missed, 0.01);
  const auto estimate = estimate_capture(cells, {});
  EXPECT_LT(estimate->low, 1 - 3.0 / 300);
  EXPECT_GT(estimate->low, 1 - 15.0 / 300);
}

TEST(EstimateCapture, TooLittleIsNoEstimate) {
  double missed = 0.0;
  EXPECT_FALSE(estimate_capture({}, {}).has_value());
  EXPECT_FALSE(estimate_capture(expected_cells({1.0, {0.9, 0.8, 0.7}, {0, 0, 0}}, 40, missed), {})
                   .has_value());
  CaptureCell lone;  // one group of attributes
  lone.agreeing = {0b11};
  lone.matches = 1000;
  EXPECT_FALSE(estimate_capture({{0b11}, {lone}}, {}).has_value());
}

// Rules 0 and 1 both read the first attribute, rule 1 the second: how often the first fails is
// never seen.
TEST(EstimateCapture, AnAttributeThatAllRulesReadLeavesNothingToGoBy) {
  const auto cell = [](RuleSet first, RuleSet second, double matches) {
    CaptureCell of;
    of.agreeing = {first, second};
    of.matches = matches;
    return of;
  };
  const CaptureCells cells{
      {0b11, 0b10},
      {cell(0b11, 0b11, 500), cell(0b11, 0b01, 200), cell(0b10, 0b11, 100), cell(0b01, 0b11, 100)}};
  EXPECT_FALSE(estimate_capture(cells, {}).has_value());
}

/// Five attributes, a rule each for 0 and 1, one for 2 with 3, one for 3 with 4; two classes.
struct Drawn {
  CaptureCells cells;
  double recall = 0.0;
};

Drawn draw(std::uint64_t seed, int matches) {
  constexpr RuleSet kReads[5] = {0b0001, 0b0010, 0b0100, 0b1100, 0b1000};
  std::map<std::vector<RuleSet>, double> cells;
  std::uint64_t state = seed;
  const auto chance = [&](double p) {
    state = mix64(state);
    return static_cast<double>(state >> 11) * 0x1p-53 < p;
  };
  int caught = 0;
  for (int i = 0; i < matches; ++i) {
    const bool poor = chance(0.3);
    CaptureCell cell;
    for (const RuleSet reads : kReads) {
      cell.agreeing.push_back(chance(poor ? 0.35 : 0.85) ? RuleSet{0b1111} : 0b1111 & ~reads);
    }
    if (cell.made_by() != 0) ++caught;
    cells[cell.agreeing] += 1.0;
  }
  Drawn drawn;
  drawn.cells.reads.assign(std::begin(kReads), std::end(kReads));
  for (const auto& [sets, count] : cells) drawn.cells.cells.push_back({sets, count});
  drawn.recall = static_cast<double>(caught) / matches;
  return drawn;
}

// Records that are poor in one attribute are poor in others: one class would promise too much.
TEST(EstimateCapture, TheIntervalHoldsTheRecallOfMixedPopulations) {
  int inside = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Drawn drawn = draw(seed, 4000);
    const auto estimate = estimate_capture(drawn.cells, {.seed = seed});
    ASSERT_TRUE(estimate.has_value());
    EXPECT_NEAR(estimate->recall(), drawn.recall, 0.05) << seed;
    inside += drawn.recall >= estimate->low && drawn.recall <= estimate->high ? 1 : 0;
    EXPECT_LT(estimate->high - estimate->low, 0.4);  // one class bounds it above: wide, yet of use
  }
  EXPECT_GE(inside, 18);
}

TEST(EstimateCapture, GivesTheSameAgain) {
  const Drawn drawn = draw(7, 2000);
  const auto one = estimate_capture(drawn.cells, {.seed = 3});
  const auto other = estimate_capture(drawn.cells, {.seed = 3});
  EXPECT_EQ(one->missed, other->missed);
  EXPECT_EQ(one->low, other->low);
  EXPECT_EQ(one->high, other->high);
}

}  // namespace
}  // namespace tessera
