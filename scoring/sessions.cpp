#include "scoring/sessions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "data/check.hpp"
#include "scoring/model_checks.hpp"

namespace tessera {
namespace {

bool trained_by(const SessionResult& session, std::size_t c) {
  return session.fixed.empty() || !session.fixed[c];
}

bool switched(const SessionResult& session, std::size_t c) {
  const auto& levels = session.result.comparisons[c].levels;
  return levels.size() > 1 && levels[0].m < levels[0].u;
}

/// The sessions whose m count for comparison c, and a warning for each that is left out.
std::vector<const SessionResult*> sessions_for(std::span<const SessionResult> sessions,
                                               std::size_t c, const std::string& name,
                                               std::vector<std::string>& warnings) {
  std::vector<const SessionResult*> all;
  std::vector<const SessionResult*> sound;
  for (const SessionResult& session : sessions) {
    if (!trained_by(session, c) || session.pairs == 0) continue;
    all.push_back(&session);
    if (!switched(session, c)) sound.push_back(&session);
  }
  if (sound.empty()) return all;
  for (const SessionResult* session : all) {
    if (!switched(*session, c)) continue;
    warnings.push_back(
        fmt::format("session on rule {}: left out of comparison {}, where its strongest level is "
                    "likelier between different persons; other sessions train it",
                    session->rule, name));
  }
  return sound;
}

struct Weighted {
  double value = 0.0;
  double weight = 0.0;
};

double mean(const std::vector<Weighted>& values) {
  double weight = 0.0;
  double sum = 0.0;
  double plain = 0.0;
  for (const Weighted& v : values) {
    weight += v.weight;
    sum += v.weight * v.value;
    plain += v.value;
  }
  return weight > 0.0 ? sum / weight : plain / static_cast<double>(values.size());
}

double median(std::vector<Weighted> values) {
  std::sort(values.begin(), values.end(),
            [](const Weighted& a, const Weighted& b) { return a.value < b.value; });
  const std::size_t middle = values.size() / 2;
  if (values.size() % 2 == 1) return values[middle].value;
  return (values[middle - 1].value + values[middle].value) / 2.0;
}

/// Joins one comparison's m; a level that none of `sessions` trained keeps its m, the others share
/// the rest.
void join_comparison(ComparisonModel& comparison, std::size_t c,
                     const std::vector<const SessionResult*>& sessions, SessionAverage average) {
  std::vector<double> joined;
  double rest = 1.0;
  for (std::size_t i = 0; i < comparison.levels.size(); ++i) {
    std::vector<Weighted> values;
    for (const SessionResult* session : sessions) {
      const LevelModel& level = session->result.comparisons[c].levels[i];
      if (level.m_trained) values.push_back({level.m, session->result.expected_matches[c]});
    }
    LevelModel& level = comparison.levels[i];
    level.m_trained = !values.empty();
    if (values.empty()) {
      rest -= level.m;
    } else {
      joined.push_back(average == SessionAverage::kMedian ? median(values) : mean(values));
    }
  }
  if (joined.empty() || !(rest > 0.0)) return;
  const std::vector<double> scaled = to_probabilities(joined, rest);
  auto next = scaled.begin();
  for (LevelModel& level : comparison.levels) {
    if (level.m_trained) level.m = *next++;
  }
}

TrainingSession record_of(const SessionResult& session) {
  TrainingSession record;
  record.rule = session.rule;
  record.pairs = session.pairs;
  record.lambda = session.result.lambda;
  record.iterations = session.result.iterations;
  record.converged = session.result.converged;
  for (const EmStep& step : session.result.history) record.lambdas.push_back(step.lambda);
  record.log_likelihoods = session.result.log_likelihood;
  for (std::size_t c = 0; c < session.result.comparisons.size(); ++c) {
    std::vector<double>& m = record.m.emplace_back();
    if (!trained_by(session, c)) continue;
    for (const LevelModel& level : session.result.comparisons[c].levels) m.push_back(level.m);
  }
  return record;
}

}  // namespace

Model combine_sessions(const std::vector<ComparisonModel>& start, double prior,
                       std::span<const SessionResult> sessions, SessionAverage average) {
  Model model;
  model.prior = prior;
  model.comparisons = start;
  for (const SessionResult& session : sessions) {
    TESSERA_CHECK(session.result.comparisons.size() == start.size());
    TESSERA_CHECK(session.result.expected_matches.size() == start.size());
    TESSERA_CHECK(session.fixed.empty() || session.fixed.size() == start.size());
    model.sessions.push_back(record_of(session));
  }
  for (std::size_t c = 0; c < start.size(); ++c) {
    join_comparison(model.comparisons[c], c,
                    sessions_for(sessions, c, start[c].name, model.warnings), average);
  }
  const std::vector<std::string> found = check_model(model);
  model.warnings.insert(model.warnings.end(), found.begin(), found.end());
  return model;
}

}  // namespace tessera
