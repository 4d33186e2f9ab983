#include "report/quality_charts.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "data/error.hpp"
#include "report/chart_spec.hpp"
#include "report/sampling_plan.hpp"
#include "report/text_table.hpp"

namespace tessera {
namespace {

using Json = nlohmann::ordered_json;

constexpr double kHalfWidth = 0.02;
constexpr std::uint64_t kLeastShown = 11;  // fewer say nothing in a chart; the table has them

std::string percent(const Json& share) {
  return fmt::format("{:.2f} %", 100.0 * share.get<double>());
}

Chart expected(const Json& quality) {
  Chart chart{
      "quality",
      "How right the links should be, without labels",
      fmt::format(
          "Expected from the pairs' probabilities. The intervals held on nearly all labelled data "
          "sets of persons; where sources have no names and birth dates, expectations are too "
          "good. Circles: the share of links that is right (precision). "
          "{} Groups far below the others deserve a look first.",
          quality["below_counted"].get<bool>()
              ? "Recall is of the matches among all pairs compared; what blocking did not "
                "bring together is not in it (tessera blocking --recall)."
              : "Recall is of the matches among the pairs kept."),
      "",
      {{"links", "", "number", "precision", "from", "to", "recall", "from", "to"}, {}, 2}};
  ChartRows rows{"groups", {"group", "expected", "low", "high"}};
  const auto add = [&](const std::string& by, const std::string& name, const Json& of) {
    const Json& precision = of["precision"];
    const Json& recall = of["recall"];
    chart.table.rows.push_back({by, name, with_commas(of["links"].get<std::uint64_t>()),
                                percent(precision["expected"]), percent(precision["low"]),
                                percent(precision["high"]), percent(recall["expected"]),
                                percent(recall["low"]), percent(recall["high"])});
    if (of["links"].get<std::uint64_t>() < kLeastShown) return;
    rows.rows.push_back({name.empty() ? by : by + ": " + name, precision["expected"].get<double>(),
                         precision["low"].get<double>(), precision["high"].get<double>()});
  };
  add("all", "", quality);
  for (const Json& group : quality["groups"]) add(group["by"], group["name"], group);
  chart.spec = chart_spec(R"json({
    "data": {"name": "groups"}, "height": {"step": 20},
    "encoding": {
      "y": {"field": "group", "type": "nominal", "sort": null, "title": null},
      "x": {"field": "low", "type": "quantitative", "scale": {"zero": false, "domainMax": 1},
            "axis": {"title": "expected precision", "format": ".1%"}}},
    "layer": [
      {"mark": {"type": "rule", "strokeWidth": 2, "color": "#555"},
       "encoding": {"x2": {"field": "high"}}},
      {"mark": {"type": "point", "filled": true, "size": 70, "opacity": 1, "color": "#0072B2"},
       "encoding": {"x": {"field": "expected", "type": "quantitative"}}}]})json",
                          {rows});
  return chart;
}

Chart check(const Json& run) {
  std::vector<LinkBin> links;
  const double link_bits = run["link_threshold_bits"];
  for (const Json& bin : run["result"]["weights"]) {
    if (bin["from_bits"].get<int>() + 1 > link_bits) {
      links.push_back({bin["from_bits"], bin["pairs"].get<std::uint64_t>()});
    }
  }
  const SamplingPlan plan = plan_sample(links, link_bits, kHalfWidth);
  Chart chart{
      "check",
      "What a person should judge to be sure",
      fmt::format("To know the precision of the links to ±2 % (with 95 % confidence), draw so "
                  "many pairs at random from each range of weights in links.csv, {} in all, "
                  "and judge them. Then weigh each range's share of right pairs by its "
                  "number of pairs. Where more of a range are wrong than the table allows, draw "
                  "more from it; the last column says how many in all if a quarter are wrong.",
                  with_commas(plan.to_judge)),
      "",
      {{"weight from", "to under", "pairs", "may be wrong", "to judge", "wrong, at most",
        "in all, if a quarter are"},
       {},
       2}};
  for (const Stratum& of : plan.strata) {
    chart.table.rows.push_back(
        {fmt::format("{:.1f} bits", of.from_bits),
         of.to_bits > 1e6 ? std::string("any") : fmt::format("{:.1f} bits", of.to_bits),
         with_commas(of.pairs), fmt::format("{:.1f} %", 100 * of.error_share),
         with_commas(of.to_judge), with_commas(allowed_wrong(of)),
         with_commas(judge_in_all(of, (of.to_judge + 3) / 4))});
  }
  return chart;
}

}  // namespace

std::vector<Chart> quality_charts(std::string_view run_json) {
  const Json run = Json::parse(run_json, nullptr, false);
  if (!run.is_object()) {
    throw Error(ErrorCode::kUsage, "run.json",
                "is not as `tessera link` writes it; run the job again");
  }
  if (!run.contains("result") || !run["result"].contains("quality")) return {};
  const Json& quality = run["result"]["quality"];
  if (quality["links"] == 0) return {};
  return {expected(quality), check(run)};
}

}  // namespace tessera
