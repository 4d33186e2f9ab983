// Writes model.json; the layout stands at the head of scoring/model_json.cpp, which reads it.
#include <nlohmann/json.hpp>

#include "scoring/model.hpp"

namespace tessera {
namespace {

using Json = nlohmann::ordered_json;

Json level_json(const LevelModel& level) {
  return {{"level", level.text},
          {"m", level.m},
          {"u", level.u},
          {"m_trained", level.m_trained},
          {"term_frequency", level.term_frequency},
          {"tf_weight", level.tf_weight}};
}

Json comparison_json(const ComparisonModel& comparison) {
  Json levels = Json::array();
  for (const LevelModel& level : comparison.levels) levels.push_back(level_json(level));
  Json json = {{"name", comparison.name},
               {"tf_exponent", comparison.tf_exponent},
               {"tf_minimum", comparison.tf_minimum},
               {"levels", std::move(levels)}};
  if (!comparison.h.empty()) json["h"] = comparison.h;
  return json;
}

Json session_json(const TrainingSession& session) {
  Json json = {{"rule", session.rule},           {"pairs", session.pairs},
               {"lambda", session.lambda},       {"iterations", session.iterations},
               {"converged", session.converged}, {"m", session.m}};
  if (!session.lambdas.empty()) json["lambdas"] = session.lambdas;
  if (!session.log_likelihoods.empty()) json["log_likelihoods"] = session.log_likelihoods;
  return json;
}

Json weights_json(const Model& model) {
  Json bins = Json::array();
  for (const WeightBin& bin : model.weights) {
    bins.push_back({{"from_bits", bin.from_bits},
                    {"pairs", bin.pairs},
                    {"expected_matches", bin.expected_matches}});
  }
  return bins;
}

Json relations_json(const Model& model) {
  Json relations = Json::array();
  for (const RelationModel& relation : model.relations) {
    relations.push_back({{"relation", relation.name},
                         {"prior", relation.prior},
                         {"by_chance", relation.by_chance}});
  }
  return relations;
}

Json source_pairs_json(const Model& model) {
  Json pairs = Json::array();
  for (const SourcePairPriors& pair : model.source_pairs) {
    pairs.push_back({{"left", pair.left}, {"right", pair.right}, {"prior", pair.prior}});
    if (!model.relations.empty()) pairs.back()["relation_priors"] = pair.relation_priors;
  }
  return pairs;
}

}  // namespace

std::string model_json(const Model& model) {
  Json json = {{"format", "tessera-model"}, {"version", 1}, {"prior", model.prior}};
  if (!model.relations.empty()) json["relations"] = relations_json(model);
  if (!model.source_pairs.empty()) json["source_pairs"] = source_pairs_json(model);
  json["comparisons"] = Json::array();
  for (const auto& comparison : model.comparisons) {
    json["comparisons"].push_back(comparison_json(comparison));
  }
  json["sessions"] = Json::array();
  for (const auto& session : model.sessions) json["sessions"].push_back(session_json(session));
  if (!model.weights.empty()) json["weights"] = weights_json(model);
  json["warnings"] = model.warnings;
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace tessera
