#include "report/blocking_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "data/count_text.hpp"
#include "report/text_table.hpp"

namespace tessera {
namespace {

constexpr std::size_t kRuleColumns = 60;

std::string per_record(std::uint64_t pairs, std::uint64_t records) {
  if (records == 0) return "0";
  return fmt::format("{:.1f}", static_cast<double>(pairs) / static_cast<double>(records));
}

std::string share_of(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return "0";
  return fmt::format("{:.3g}", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

// Of all matches, those found and those that are estimated to be missed.
double all_matches(const RecallMeasure& recall) {
  return recall.found + (recall.estimate ? recall.estimate->missed : recall.through_others);
}

std::string percent(double part, double whole) {
  return whole > 0.0 ? fmt::format("{:.1f} %", 100.0 * part / whole) : "-";
}

std::string recall_lines(const RecallMeasure& recall) {
  std::string text =
      fmt::format("{} expected among the pairs compared",
                  counted(static_cast<std::uint64_t>(recall.found + 0.5), "match", "matches"));
  if (!recall.estimate) {
    return text + "; too few, or too few attributes, to estimate how many are missed\n";
  }
  const CaptureEstimate& of = *recall.estimate;
  return text + fmt::format(
                    ", an estimated {} are missed\nrecall of the rules {:.1f} %; probably between "
                    "{:.1f} and {:.1f} %\n",
                    with_commas(static_cast<std::uint64_t>(of.missed + 0.5)), 100 * of.recall(),
                    100 * of.low, 100 * of.high);
}

std::string notes(const BlockingMeasure& measure, bool with_recall) {
  std::string text =
      "\n  pairs: with the rule's key in common; added: of those compared, made by no earlier "
      "rule.\n";
  const auto any = [&](const auto& holds) { return std::ranges::any_of(measure.rules, holds); };
  if (any([](const RuleMeasure& rule) { return rule.not_compared > 0; })) {
    text += fmt::format(
        "  not compared: in blocks of more than {} records, which are split by a further "
        "attribute.\n",
        with_commas(measure.max_block_records));
  }
  if (any([](const RuleMeasure& rule) { return !rule.exact; })) {
    text += "  <= : some records have very many words; their pairs may be counted twice.\n";
  }
  if (with_recall) {
    text += "  finds: of all matches, missed ones too; alone: of those found, by no other rule.\n";
  }
  return text;
}

}  // namespace

std::string blocking_text(const BlockingMeasure& measure,
                          const std::optional<RecallMeasure>& recall) {
  std::string text = fmt::format(
      "{} compared, {} % of {} possible; {} a record\n{} of {} in no block: "
      "compared with no other\n",
      counted(measure.pairs_compared, "pair"),
      share_of(measure.pairs_compared, measure.pairs_possible), with_commas(measure.pairs_possible),
      per_record(measure.pairs_compared, measure.records), with_commas(measure.records_in_no_block),
      counted(measure.records, "record"));
  if (recall) text += recall_lines(*recall);
  using enum Align;
  TextTable table({kLeft, kRight, kRight, kRight, kRight, kRight, kRight, kRight, kRight});
  std::vector<std::string> header = {"rule",  "without key", "blocks",      "largest",
                                     "pairs", "added",       "not compared"};
  if (recall) header.insert(header.end(), {"finds", "alone"});
  table.add(std::move(header));
  for (std::size_t r = 0; r < measure.rules.size(); ++r) {
    const RuleMeasure& rule = measure.rules[r];
    std::vector<std::string> cells = {
        printable(rule.rule, kRuleColumns),
        with_commas(rule.records_without),
        with_commas(rule.blocks),
        rule.largest.empty() ? "-" : with_commas(rule.largest.front()),
        (rule.exact ? "" : "<= ") + with_commas(rule.pairs),
        with_commas(rule.added),
        rule.not_compared == 0 ? "-" : with_commas(rule.not_compared)};
    if (recall) {
      const bool known = r < recall->rules.size();  // not of the index rule
      cells.push_back(known ? percent(recall->rules[r].found, all_matches(*recall)) : "-");
      cells.push_back(known ? percent(recall->rules[r].alone, recall->found) : "-");
    }
    table.add(std::move(cells));
  }
  return text + "\n" + table.text() + notes(measure, recall.has_value());
}

std::string blocking_json(const BlockingMeasure& measure,
                          const std::optional<RecallMeasure>& recall) {
  using Json = nlohmann::ordered_json;
  Json rules = Json::array();
  for (std::size_t r = 0; r < measure.rules.size(); ++r) {
    const RuleMeasure& rule = measure.rules[r];
    Json& json = rules.emplace_back(Json{{"rule", rule.rule},
                                         {"records_without", rule.records_without},
                                         {"blocks", rule.blocks},
                                         {"largest", rule.largest},
                                         {"pairs", rule.pairs},
                                         {"exact", rule.exact},
                                         {"added", rule.added},
                                         {"not_compared", rule.not_compared}});
    if (!recall || r >= recall->rules.size()) continue;
    json["matches_found"] = recall->rules[r].found;
    json["matches_alone"] = recall->rules[r].alone;
  }
  Json json{{"records", measure.records},
            {"records_in_no_block", measure.records_in_no_block},
            {"pairs_possible", measure.pairs_possible},
            {"pairs_compared", measure.pairs_compared},
            {"max_block_records", measure.max_block_records},
            {"rules", rules}};
  if (recall) {
    Json of{{"matches_found", recall->found},
            {"matches_through_others", recall->through_others},
            {"estimate", nullptr}};
    if (recall->estimate) {
      of["estimate"] = Json{{"recall", recall->estimate->recall()},
                            {"low", recall->estimate->low},
                            {"high", recall->estimate->high},
                            {"matches_missed", recall->estimate->missed},
                            {"classes", recall->estimate->classes}};
    }
    json["recall"] = of;
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace tessera
