#include "report/run_charts.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "data/error.hpp"
#include "report/chart_spec.hpp"
#include "report/text_table.hpp"

namespace tessera {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostSizes = 40;

Json parse_run(std::string_view text) {
  Json run = Json::parse(text, nullptr, false);
  if (!run.is_object() || !run.contains("sources") || !run.contains("counts")) {
    throw Error(ErrorCode::kUsage, "run.json",
                "is not as `tessera link` writes it; run the job again");
  }
  return run;
}

std::string text(const Json& text) {
  return text.get<std::string>();
}

std::string bits_text(const Json& bits) {
  return fmt::format("{:.1f} bits", bits.get<double>());
}

std::string count_text(const Json& number) {
  return with_commas(number.get<std::uint64_t>());
}

std::string share_text(double share) {
  return fmt::format("{:.1f} %", 100.0 * share);
}

double share_of(const Json& part, const Json& whole) {
  const auto all = whole.get<double>();
  return all == 0.0 ? 0.0 : part.get<double>() / all;
}

Chart completeness(const Json& run) {
  Chart chart{"completeness",
              "How full the attributes are",
              "The share of each source's records that have a usable value. What is missing is no "
              "evidence: an attribute that one source hardly fills cannot tell its records apart.",
              "",
              {{"attribute"}, {}, 1}};
  ChartRows rows{"fill", {"attribute", "source", "filled"}};
  for (const Json& source : run["sources"]) chart.table.header.push_back(text(source["name"]));
  for (const Json& fill : run["result"]["completeness"]) {
    std::vector<std::string>& row = chart.table.rows.emplace_back();
    row.push_back(text(fill["attribute"]));
    for (std::size_t s = 0; s < fill["records"].size(); ++s) {
      const Json& source = run["sources"][s];
      const double share = share_of(fill["records"][s], source["rows_kept"]);
      row.push_back(share_text(share));
      rows.rows.push_back({text(fill["attribute"]), text(source["name"]), share});
    }
  }
  chart.spec = chart_spec(R"json({
    "data": {"name": "fill"}, "height": {"step": 14}, "mark": "bar",
    "encoding": {
      "y": {"field": "attribute", "type": "nominal", "sort": null, "title": null},
      "yOffset": {"field": "source", "sort": null},
      "x": {"field": "filled", "type": "quantitative", "scale": {"domain": [0, 1]},
            "axis": {"title": "records with a value", "format": ".0%"}},
      "color": {"field": "source", "type": "nominal", "sort": null, "title": "source"}}})json",
                          {rows});
  return chart;
}

Chart unlinkable(const Json& run) {
  Chart chart{
      "unlinkable",
      "Records that say too little",
      "The share of each source's records whose own copy in another source would stay under "
      "the link threshold: too few values, or too common ones. No choice of rules finds "
      "their persons; better data does.",
      "",
      {{"source", "share", "records", "looked at"}, {}, 1}};
  ChartRows rows{"unlinkable", {"source", "share"}};
  for (const Json& of : run["result"]["unlinkable"]) {
    const double share = share_of(of["records"], of["looked_at"]);
    chart.table.rows.push_back({text(of["source"]), share_text(share), count_text(of["records"]),
                                count_text(of["looked_at"])});
    rows.rows.push_back({text(of["source"]), share});
  }
  chart.spec = chart_spec(R"json({
    "data": {"name": "unlinkable"}, "height": {"step": 26}, "mark": "bar",
    "encoding": {
      "y": {"field": "source", "type": "nominal", "sort": null, "title": null},
      "x": {"field": "share", "type": "quantitative",
            "axis": {"title": "records", "format": ".2~%", "tickCount": 4}}}})json",
                          {rows});
  return chart;
}

Chart blocking(const Json& run) {
  Chart chart{
      "blocking",
      "What each blocking rule costs",
      "Pairs compared that a rule made first, in the order of the rules; the scale grows by "
      "powers of ten. A rule that makes many pairs is worth them if it finds matches that no "
      "other rule does (tessera blocking says so).",
      "",
      {{"rule", "pairs", "blocks", "largest block", "blocks split", "records without"}, {}, 1}};
  ChartRows rows{"rules", {"rule", "pairs"}};
  for (const Json& rule : run["rules"]) {
    chart.table.rows.push_back({text(rule["rule"]), count_text(rule["pairs"]),
                                count_text(rule["blocks"]), count_text(rule["largest_block"]),
                                count_text(rule["blocks_split"]),
                                count_text(rule["records_without"])});
    rows.rows.push_back({text(rule["rule"]), rule["pairs"].get<double>()});
  }
  for (const Json& lost : run["not_compared"]) {
    chart.table.rows.push_back(
        {fmt::format("not compared ({}): {}", text(lost["reason"]), text(lost["rule"])),
         count_text(lost["pairs"]), count_text(lost["blocks"]), "", "", ""});
  }
  chart.spec = chart_spec(R"json({
    "data": {"name": "rules"}, "height": {"step": 24}, "mark": "bar",
    "encoding": {
      "y": {"field": "rule", "type": "nominal", "sort": null, "title": null},
      "x": {"field": "pairs", "type": "quantitative", "scale": {"type": "symlog"},
            "axis": {"title": "pairs", "labelExpr": "format(datum.value, '~s')",
                     "values": [0, 10, 1000, 100000, 10000000, 1000000000]}}}})json",
                          {rows});
  return chart;
}

ChartRows thresholds(const Json& run) {
  ChartRows rows{"thresholds", {"bits", "what"}};
  rows.rows.push_back({run["link_threshold_bits"].get<double>(), "link"});
  if (run["review_threshold_bits"] < run["link_threshold_bits"]) {
    rows.rows.push_back({run["review_threshold_bits"].get<double>(), "review"});
  }
  return rows;
}

Chart weights(const Json& run) {
  Chart chart{
      "weights",
      "Kept pairs by match weight",
      "Pairs at or over the review threshold. Weights are in bits: 0 is even odds, each bit "
      "doubles them. Few pairs at the thresholds are a good sign; a hill upon one is not.",
      "",
      {{"weight from", "to under", "pairs"}, {}, 2}};
  ChartRows rows{"pairs", {"from", "to", "pairs"}};
  for (const Json& bin : run["result"]["weights"]) {
    const int from = bin["from_bits"];
    chart.table.rows.push_back(
        {fmt::format("{} bits", from), fmt::format("{} bits", from + 1), count_text(bin["pairs"])});
    rows.rows.push_back({static_cast<double>(from), from + 1.0, bin["pairs"].get<double>()});
  }
  chart.spec = chart_spec(R"json({
    "height": 240,
    "layer": [
      {"data": {"name": "pairs"}, "mark": {"type": "bar", "binSpacing": 0.5},
       "encoding": {
         "x": {"field": "from", "type": "quantitative", "bin": {"binned": true},
               "title": "match weight, bits", "axis": {"grid": false}},
         "x2": {"field": "to"},
         "y": {"field": "pairs", "type": "quantitative", 
               "axis": {"title": "pairs", "labelExpr": "format(datum.value, '~s')"}}}},
      {"data": {"name": "thresholds"}, "mark": {"type": "rule", "strokeDash": [6, 3],
       "strokeWidth": 2},
       "encoding": {"x": {"field": "bits", "type": "quantitative"}}},
      {"data": {"name": "thresholds"},
       "transform": [{"filter": "datum.what == 'review'"}],
       "mark": {"type": "text", "align": "left", "dx": -2, "dy": -15, "baseline": "bottom"},
       "encoding": {"x": {"field": "bits", "type": "quantitative"}, "y": {"value": 0},
                    "text": {"field": "what"}}},
      {"data": {"name": "thresholds"},
       "transform": [{"filter": "datum.what == 'link'"}],
       "mark": {"type": "text", "align": "left", "dx": -2, "dy": -2, "baseline": "bottom"},
       "encoding": {"x": {"field": "bits", "type": "quantitative"}, "y": {"value": 0},
                    "text": {"field": "what"}}}]})json",
                          {rows, thresholds(run)});
  return chart;
}

Chart source_links(const Json& run) {
  Chart chart{"sources",
              "Links between sources",
              "How many pairs were linked of each two sources, and within one. Many links within a "
              "source are duplicates there; hardly any between two sources that share people is a "
              "fault to look for.",
              "",
              {{"source", "other source", "links", "links cut", "doubtful"}, {}, 2}};
  ChartRows rows{"links", {"left", "right", "links", "text"}};
  for (const Json& pair : run["result"]["source_pairs"]) {
    chart.table.rows.push_back({text(pair["left"]), text(pair["right"]), count_text(pair["links"]),
                                count_text(pair["cut"]), count_text(pair["review"])});
    rows.rows.push_back({text(pair["left"]), text(pair["right"]), pair["links"].get<double>(),
                         count_text(pair["links"])});
  }
  chart.spec = chart_spec(R"json({
    "data": {"name": "links"}, "height": {"step": 44},
    "encoding": {
      "x": {"field": "right", "type": "nominal", "sort": null, "title": null,
            "axis": {"labelAngle": 0, "labelLimit": 100}},
      "y": {"field": "left", "type": "nominal", "sort": null, "title": null}},
    "layer": [
      {"mark": {"type": "rect", "stroke": "#888"},
       "encoding": {"color": {"field": "links", "type": "quantitative", "legend": null,
                              "scale": {"range": ["#ffffff", "#8fc3e3"], "interpolate": "rgb",
                                        "zero": true}}}},
      {"mark": "text", "encoding": {"text": {"field": "text"}}}]})json",
                          {rows});
  return chart;
}

Chart sizes(const Json& run) {
  Chart chart{"sizes",
              "Records to an entity",
              "How many entities have one record, two, three, …; the scale grows by powers of ten. "
              "Persons with very many records deserve a look.",
              "",
              {{"records", "entities", "weakest link, least", "weakest link, median",
                "without a chain of links"},
               {},
               0}};
  ChartRows rows{"sizes", {"records", "entities"}};
  for (const Json& size : run["result"]["sizes"]) {
    const bool linked = size["records"] > 1;
    chart.table.rows.push_back({count_text(size["records"]), count_text(size["entities"]),
                                linked ? bits_text(size["weakest_bits"]) : "",
                                linked ? bits_text(size["median_bits"]) : "",
                                linked ? count_text(size["unlinked"]) : ""});
    if (rows.rows.size() == kMostSizes) continue;
    rows.rows.push_back({size["records"].get<double>(), size["entities"].get<double>()});
  }
  chart.spec = chart_spec(R"json({
    "data": {"name": "sizes"}, "height": 200, "mark": "bar",
    "encoding": {
      "x": {"field": "records", "type": "ordinal", "title": "records", "axis": {"labelAngle": 0}},
      "y": {"field": "entities", "type": "quantitative", "scale": {"type": "symlog"},
            "axis": {"title": "entities", "labelExpr": "format(datum.value, '~s')",
                     "values": [0, 1, 10, 100, 1000, 10000, 100000, 1000000, 10000000]}}}})json",
                          {rows});
  return chart;
}

Chart weakest_links(const Json& run) {
  Chart chart{
      "weakest",
      "The weakest link that holds entities together",
      "An entity is a chain of links, and would part first at the weakest that it cannot do "
      "without. Half of the entities of a size hold better than the circle; the triangle is "
      "the weakest of all. Triangles near the threshold (dashed): read some with tessera "
      "why.",
      "",
      {{"records", "least", "median"}, {}, 0}};
  ChartRows rows{"weakest", {"records", "bits", "which"}};
  for (const Json& size : run["result"]["sizes"]) {
    if (size["records"] < 2 || size["entities"] == size["unlinked"]) continue;
    chart.table.rows.push_back({count_text(size["records"]), bits_text(size["weakest_bits"]),
                                bits_text(size["median_bits"])});
    if (rows.rows.size() == 2 * kMostSizes) continue;
    const double records = size["records"];
    rows.rows.push_back({records, size["weakest_bits"].get<double>(), "the weakest"});
    rows.rows.push_back({records, size["median_bits"].get<double>(), "the median"});
  }
  ChartRows link = thresholds(run);
  link.rows.resize(1);
  chart.spec = chart_spec(R"json({
    "height": 220,
    "layer": [
      {"data": {"name": "weakest"}, "mark": {"type": "point", "filled": true, "size": 80,
       "opacity": 1},
       "encoding": {
         "x": {"field": "records", "type": "ordinal", "title": "records",
               "axis": {"labelAngle": 0, "grid": false}},
         "y": {"field": "bits", "type": "quantitative", "title": "match weight, bits"},
         "shape": {"field": "which", "type": "nominal", "title": null,
                   "scale": {"domain": ["the median", "the weakest"],
                             "range": ["circle", "triangle-up"]}},
         "color": {"field": "which", "type": "nominal", "title": null,
                   "scale": {"domain": ["the median", "the weakest"]}}}},
      {"data": {"name": "thresholds"}, "mark": {"type": "rule", "strokeDash": [6, 3],
       "strokeWidth": 2},
       "encoding": {"y": {"field": "bits", "type": "quantitative"}}}]})json",
                          {rows, link});
  return chart;
}

}  // namespace

std::vector<Chart> run_charts(std::string_view run_json) {
  const Json run = parse_run(run_json);
  std::vector<Chart> charts;
  const bool measured = run.contains("result");
  if (measured) {
    charts.push_back(completeness(run));
    charts.push_back(unlinkable(run));
  }
  charts.push_back(blocking(run));
  if (measured) {
    charts.push_back(weights(run));
    charts.push_back(source_links(run));
    charts.push_back(sizes(run));
    charts.push_back(weakest_links(run));
  }
  std::erase_if(charts, [](const Chart& chart) { return chart.table.rows.empty(); });
  return charts;
}

std::vector<std::pair<std::string, std::string>> run_figures(std::string_view run_json) {
  const Json run = parse_run(run_json);
  const Json& counts = run["counts"];
  std::vector<std::pair<std::string, std::string>> figures = {
      {"records", count_text(counts["rows_kept"])},
      {"rejected rows", count_text(counts["rows_rejected"])},
      {"pairs compared", count_text(counts["pairs_compared"])},
      {"links", count_text(counts["links"])},
      {"doubtful pairs", count_text(counts["review_pairs"])},
      {"entities", count_text(counts["entities"])},
      {"largest entity, records", count_text(counts["largest_entity"])},
      {"records in no block", count_text(counts["records_in_no_block"])}};
  std::uint64_t lost = 0;
  for (const Json& one : run["not_compared"]) lost += one["pairs"].get<std::uint64_t>();
  figures.emplace_back("pairs not compared", with_commas(lost));
  return figures;
}

}  // namespace tessera
