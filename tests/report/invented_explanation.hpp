// An explanation made by hand: prior −10, +8 for a name of which −1 is its frequency, a missing
// date; against strangers −2, a household takes another bit: weight −3.
#pragma once

#include "engine/explanation.hpp"

namespace tessera::test {

inline Explanation invented_explanation() {
  Explanation of;
  of.left = {"client", "C1"};
  of.right = {"crvs", "R7"};
  of.prior = 1.0 / 1025;
  of.alternatives = {{"strangers", -10, -2, 0.25}, {"household", -4, -1, 0.75}};
  ExplainedComparison name;
  name.name = "given_name";
  name.attribute = "given_name";
  name.left = {true, "Amina", "amina"};
  name.right = {true, "AMINA", "amina"};
  name.level = "exact";
  name.m = 0.768;
  name.u = 0.0015;
  name.m_trained = false;
  name.level_bits = 9;
  name.tf_bits = -1;
  name.frequency = 0.003;
  name.bits = {8, 3};
  ExplainedComparison date;
  date.name = "birth_date";
  date.attribute = "birth_date";
  date.left = {false, "0000-00-00", ""};
  date.right = {true, "1990-02-03", "1990-02-03"};
  date.level = "null";
  date.bits = {0, 0};
  of.comparisons = {name, date};
  of.relations_bits = -1;
  of.weight_bits = -3;
  of.probability = 1.0 / 9;
  of.link_threshold_bits = 4.25;
  of.review_threshold_bits = 0;
  of.verdict = Verdict::kNoLink;
  of.blocking.rules = {{"birth_date", {{"birth_date", KeyState::kMissingLeft}}, false, false},
                       {"given_name + sex",
                        {{"given_name", KeyState::kAgree}, {"sex", KeyState::kDiffer}},
                        false,
                        false}};
  of.blocking.would_find = {{"given_name", 12}};
  of.cluster.outcome = Outcome::kCut;
  of.cluster.left_records = 1;
  of.cluster.right_records = 2;
  of.cluster.chain = {{of.left, {"social", "S2"}, 5.5}, {{"social", "S2"}, of.right, 9}};
  ExplainedCut cut;
  cut.link = of.cluster.chain[0];
  cut.reason = CutReason::kDuplicateFree;
  cut.source = "client";
  cut.conflict = {{"client", "C1"}, {"client", "C9"}};
  cut.left_records = 1;
  cut.right_records = 2;
  cut.mean_bits = -4;
  cut.best_bits = 5.5;
  of.cluster.cuts = {cut};
  of.flips = {{Verdict::kReview, 1.25, {{"birth_date", "null", "exact", 9.5}}}};
  return of;
}

}  // namespace tessera::test
