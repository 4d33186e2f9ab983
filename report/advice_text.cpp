#include "report/advice_text.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "data/count_text.hpp"
#include "report/text_table.hpp"

namespace tessera {
namespace {

using Json = nlohmann::ordered_json;

std::string whole(double matches) {
  return with_commas(static_cast<std::uint64_t>(std::llround(matches)));
}

// `a + prefix(b,3)` → `["a", "prefix(b,3)"]`. Names of attributes hold neither quotes nor ` + `.
std::string toml_rule(const std::string& text) {
  std::string out = "[\"";
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text.compare(at, 3, " + ") == 0) {
      out += "\", \"";
      at += 2;
    } else {
      out += text[at];
    }
  }
  return out + "\"]";
}

std::string recall_line(const RuleAdvice& advice) {
  if (!advice.recall.estimate) {
    return "Too few matches, or too few attributes, to estimate how many these rules miss\n";
  }
  const CaptureEstimate& of = *advice.recall.estimate;
  return fmt::format(
      "They miss an estimated {} matches: recall {:.1f} %, probably between {:.1f} and {:.1f} %\n",
      whole(of.missed), 100 * of.recall(), 100 * of.low, 100 * of.high);
}

}  // namespace

std::string advice_text(const RuleAdvice& advice) {
  if (advice.rules.empty()) {
    return fmt::format("No rule finds a match within {} pairs; allow more with --budget\n",
                       with_commas(advice.budget));
  }
  std::string text = fmt::format(
      "{} of {} considered make {} of {} allowed and find {} of {} known\n{}\n",
      counted(advice.rules.size(), "rule"), with_commas(advice.considered),
      with_commas(advice.pairs), counted(advice.budget, "pair"), whole(advice.recall.found),
      counted(static_cast<std::uint64_t>(std::llround(advice.known)), "match", "matches"),
      recall_line(advice));
  using enum Align;
  TextTable table({kLeft, kRight, kRight, kRight});
  table.add({"rule", "new pairs", "new matches", "pairs a match"});
  for (const AdvisedRule& rule : advice.rules) {
    table.add({printable(rule.rule.text, 60), with_commas(rule.pairs), whole(rule.new_matches),
               fmt::format("{:.1f}", static_cast<double>(rule.pairs) / rule.new_matches)});
  }
  text += table.text() + "\nFor job.toml:\n\n[blocking]\nrules = [\n";
  for (const AdvisedRule& rule : advice.rules) text += "  " + toml_rule(rule.rule.text) + ",\n";
  return text + "]\n";
}

std::string advice_json(const RuleAdvice& advice) {
  Json rules = Json::array();
  for (const AdvisedRule& rule : advice.rules) {
    rules.push_back(
        {{"rule", rule.rule.text}, {"pairs", rule.pairs}, {"new_matches", rule.new_matches}});
  }
  Json json{{"budget", advice.budget},
            {"pairs", advice.pairs},
            {"considered", advice.considered},
            {"matches_known", advice.known},
            {"matches_found", advice.recall.found},
            {"rules", rules},
            {"estimate", nullptr}};
  if (advice.recall.estimate) {
    const CaptureEstimate& of = *advice.recall.estimate;
    json["estimate"] = Json{{"recall", of.recall()},
                            {"low", of.low},
                            {"high", of.high},
                            {"matches_missed", of.missed},
                            {"classes", of.classes}};
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace tessera
