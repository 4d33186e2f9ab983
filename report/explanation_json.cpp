#include "report/explanation_json.hpp"

#include <nlohmann/json.hpp>

namespace tessera {
namespace {

using Json = nlohmann::ordered_json;

template <typename Item, typename ToJson>
Json list(const std::vector<Item>& items, const ToJson& to_json) {
  Json all = Json::array();
  for (const Item& item : items) all.push_back(to_json(item));
  return all;
}

Json name_json(const RecordName& name) {
  return Json{{"source", name.source}, {"record_id", name.id}};
}

Json value_json(const ExplainedValue& value, bool show_values) {
  Json json{{"present", value.present}};
  if (show_values) {
    json["as_written"] = value.as_written;
    json["as_compared"] = value.as_compared;
  }
  return json;
}

Json comparison_json(const ExplainedComparison& of, bool show_values) {
  Json json{{"name", of.name},
            {"attribute", of.attribute},
            {"left", value_json(of.left, show_values)},
            {"right", value_json(of.right, show_values)},
            {"level", of.level}};
  const bool null = of.m == 0.0;
  json["m"] = null ? Json() : Json(of.m);
  json["u"] = null ? Json() : Json(of.u);
  json["m_trained"] = of.m_trained;
  json["level_bits"] = of.level_bits;
  json["tf_bits"] = of.tf_bits;
  json["frequency"] = of.frequency ? Json(*of.frequency) : Json();
  json["bits"] = of.bits;
  return json;
}

Json alternative_json(const ExplainedAlternative& of) {
  return Json{{"name", of.name},
              {"prior_bits", of.prior_bits},
              {"weight_bits", of.weight_bits},
              {"share", of.share}};
}

const char* verdict_name(Verdict verdict) {
  switch (verdict) {
    case Verdict::kLink:
      return "link";
    case Verdict::kReview:
      return "review";
    case Verdict::kNoLink:
      return "no_link";
  }
  return "";
}

const char* state_name(KeyState state) {
  switch (state) {
    case KeyState::kAgree:
      return "agree";
    case KeyState::kDiffer:
      return "differ";
    case KeyState::kMissingLeft:
      return "missing_left";
    case KeyState::kMissingRight:
      return "missing_right";
    case KeyState::kMissingBoth:
      return "missing_both";
  }
  return "";
}

Json rule_json(const ExplainedRule& of) {
  return Json{{"rule", of.rule},
              {"agrees", of.agrees},
              {"shares_block", of.shares_block},
              {"keys", list(of.keys, [](const ExplainedKey& key) {
                 return Json{{"key", key.key}, {"state", state_name(key.state)}};
               })}};
}

Json blocking_json(const ExplainedBlocking& of) {
  return Json{{"found_by", of.found_by.empty() ? Json() : Json(of.found_by)},
              {"rules", list(of.rules, rule_json)},
              {"would_find", list(of.would_find, [](const AgreeingKey& key) {
                 return Json{{"key", key.key}, {"records", key.records}};
               })}};
}

Json link_json(const ExplainedLink& link) {
  return Json{{"left", name_json(link.left)},
              {"right", name_json(link.right)},
              {"weight_bits", link.weight_bits}};
}

const char* reason_name(CutReason reason) {
  switch (reason) {
    case CutReason::kDuplicateFree:
      return "duplicate_free";
    case CutReason::kCannotLink:
      return "cannot_link";
    case CutReason::kTwins:
      return "twins";
    case CutReason::kEvidence:
      return "evidence";
    case CutReason::kUnknown:
      return "unknown";
  }
  return "";
}

Json cut_json(const ExplainedCut& cut) {
  Json json{{"link", link_json(cut.link)},      {"reason", reason_name(cut.reason)},
            {"left_records", cut.left_records}, {"right_records", cut.right_records},
            {"mean_bits", cut.mean_bits},       {"best_bits", cut.best_bits}};
  if (!cut.source.empty()) json["source"] = cut.source;
  if (cut.conflict) {
    json["conflict"] = {name_json(cut.conflict->first), name_json(cut.conflict->second)};
  }
  return json;
}

const char* outcome_name(Outcome outcome) {
  switch (outcome) {
    case Outcome::kUndecided:
      return "undecided";
    case Outcome::kSameEntity:
      return "same_entity";
    case Outcome::kApart:
      return "apart";
    case Outcome::kCut:
      return "cut";
  }
  return "";
}

Json cluster_json(const ExplainedCluster& of) {
  return Json{{"outcome", outcome_name(of.outcome)},
              {"left_records", of.left_records},
              {"right_records", of.right_records},
              {"chain", list(of.chain, link_json)},
              {"cuts", list(of.cuts, cut_json)}};
}

Json flip_json(const ExplainedFlip& flip) {
  return Json{{"verdict", verdict_name(flip.verdict)},
              {"weight_bits", flip.weight_bits},
              {"changes", list(flip.changes, [](const LevelChange& change) {
                 return Json{{"comparison", change.comparison},
                             {"from", change.from},
                             {"to", change.to},
                             {"change_bits", change.change_bits}};
               })}};
}

}  // namespace

std::string explanation_json(const Explanation& of, bool show_values,
                             std::span<const std::string> notes) {
  const Json json{
      {"left", name_json(of.left)},
      {"right", name_json(of.right)},
      {"verdict", verdict_name(of.verdict)},
      {"weight_bits", of.weight_bits},
      {"probability", of.probability},
      {"link_threshold_bits", of.link_threshold_bits},
      {"review_threshold_bits", of.review_threshold_bits},
      {"may_not_be_linked", of.may_not_be_linked.empty() ? Json() : Json(of.may_not_be_linked)},
      {"decided_weight_bits", of.decided_weight_bits ? Json(*of.decided_weight_bits) : Json()},
      {"prior", of.prior},
      {"prior_bits", of.alternatives.front().prior_bits},
      {"comparisons", list(of.comparisons,
                           [&](const ExplainedComparison& comparison) {
                             return comparison_json(comparison, show_values);
                           })},
      {"relations_bits", of.relations_bits},
      {"alternatives", list(of.alternatives, alternative_json)},
      {"blocking", blocking_json(of.blocking)},
      {"cluster", cluster_json(of.cluster)},
      {"flips", list(of.flips, flip_json)},
      {"notes", Json(std::vector<std::string>(notes.begin(), notes.end()))}};
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace tessera
