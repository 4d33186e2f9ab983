#include "scoring/model_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace tessera {
namespace {

constexpr double kSumTolerance = 0.01;

std::string place(const ComparisonModel& comparison, std::size_t level) {
  return fmt::format("comparison {}, level {} ({})", comparison.name, level + 1,
                     comparison.levels[level].text);
}

double bits(const LevelModel& level) {
  return std::log2(level.m / level.u);
}

void check_levels(const ComparisonModel& comparison, std::vector<std::string>& warnings) {
  const auto& levels = comparison.levels;
  if (levels.size() > 1 && levels[0].m < levels[0].u) {
    warnings.push_back(fmt::format(
        "{}: it is likelier between different persons (u {:.3g}) than within one (m {:.3g}); "
        "the classes may have changed places: train on other rules or give a better start",
        place(comparison, 0), levels[0].u, levels[0].m));
  }
  for (std::size_t i = 1; i < levels.size(); ++i) {
    if (bits(levels[i]) <= bits(levels[i - 1]) + kOrderToleranceBits) continue;
    warnings.push_back(fmt::format(
        "{}: it weighs {:.2f} bits, more than the stronger level before it ({:.2f} bits)",
        place(comparison, i), bits(levels[i]), bits(levels[i - 1])));
  }
}

void check_sums(const ComparisonModel& comparison, std::vector<std::string>& warnings) {
  double m = 0.0;
  double u = 0.0;
  for (const LevelModel& level : comparison.levels) {
    m += level.m;
    u += level.u;
  }
  for (const auto& [name, sum] : {std::pair{"m", m}, std::pair{"u", u}}) {
    if (std::abs(sum - 1.0) <= kSumTolerance) continue;
    warnings.push_back(
        fmt::format("comparison {}: its {} sum to {:.3f}, not to 1; its weights "
                    "are not those of probabilities",
                    comparison.name, name, sum));
  }
}

/// "no pair reached it", once a comparison however many levels.
void check_observed(const ComparisonModel& comparison, std::vector<std::string>& warnings) {
  std::string untrained;
  std::size_t count = 0;
  for (const LevelModel& level : comparison.levels) {
    if (level.m_trained) continue;
    untrained += (count++ == 0 ? "" : ", ") + level.text;
  }
  if (count == 0) return;
  if (count == comparison.levels.size()) {
    warnings.push_back(fmt::format(
        "comparison {}: no session trained it, so its m are starting values; add a blocking rule "
        "without its attribute",
        comparison.name));
    return;
  }
  warnings.push_back(
      fmt::format("comparison {}: no training pair reached {} ({}), whose m "
                  "stays a starting value",
                  comparison.name, count == 1 ? "level" : "levels", untrained));
}

bool disagree(double least, double most) {
  if (most - least > kSessionDifference) return true;
  return most >= kSessionFactorFloor && most > least * kSessionFactor;
}

void check_sessions_agree(const Model& model, std::size_t c, std::vector<std::string>& warnings) {
  for (std::size_t i = 0; i < model.comparisons[c].levels.size(); ++i) {
    const TrainingSession* least = nullptr;
    const TrainingSession* most = nullptr;
    for (const TrainingSession& session : model.sessions) {
      if (c >= session.m.size() || i >= session.m[c].size()) continue;
      if (least == nullptr || session.m[c][i] < least->m[c][i]) least = &session;
      if (most == nullptr || session.m[c][i] > most->m[c][i]) most = &session;
    }
    if (least == nullptr || !disagree(least->m[c][i], most->m[c][i])) continue;
    warnings.push_back(fmt::format(
        "{}: sessions disagree on m: {:.3g} on rule {}, {:.3g} on rule {}; the attributes may "
        "depend on each other",
        place(model.comparisons[c], i), least->m[c][i], least->rule, most->m[c][i], most->rule));
  }
}

void check_session(const TrainingSession& session, std::vector<std::string>& warnings) {
  if (session.pairs == 0) {
    warnings.push_back(fmt::format("session on rule {}: it had no pairs", session.rule));
  } else if (!session.converged) {
    warnings.push_back(fmt::format(
        "session on rule {}: no convergence in {} iterations; allow more, or drop the rule",
        session.rule, session.iterations));
  }
}

}  // namespace

std::vector<std::string> check_model(const Model& model) {
  std::vector<std::string> warnings;
  for (std::size_t c = 0; c < model.comparisons.size(); ++c) {
    check_levels(model.comparisons[c], warnings);
    check_sums(model.comparisons[c], warnings);
    check_observed(model.comparisons[c], warnings);
    check_sessions_agree(model, c, warnings);
  }
  for (const TrainingSession& session : model.sessions) check_session(session, warnings);
  return warnings;
}

}  // namespace tessera
