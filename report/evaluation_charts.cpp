#include "report/evaluation_charts.hpp"

#include <fmt/format.h>

#include <optional>

#include "report/chart_spec.hpp"
#include "report/text_table.hpp"

namespace tessera {
namespace {

std::string share_text(const std::optional<double>& share) {
  return share ? fmt::format("{:.4f}", *share) : std::string("–");
}

std::vector<std::string> score_row(std::string name, const PairScore& score) {
  return {std::move(name),        share_text(score.precision()), share_text(score.recall()),
          share_text(score.f1()), with_commas(score.found),      with_commas(score.actual)};
}

Chart scores(const Evaluation& evaluation) {
  Chart chart{"scores",
              "How right the result is",
              "Pairs of records found against pairs that are true: precision is the share of the "
              "pairs found that is true, recall the share of the true pairs that is found.",
              "",
              {{"measure", "precision", "recall", "F1", "found", "true"}, {}, 1}};
  chart.table.rows.push_back(score_row("entities", evaluation.clusters));
  chart.table.rows.push_back(
      score_row(fmt::format("links at {:.1f} bits", evaluation.at_link_threshold.threshold_bits),
                evaluation.at_link_threshold.score));
  if (evaluation.best) {
    chart.table.rows.push_back(score_row(
        fmt::format("links at the best threshold, {:.1f} bits", evaluation.best->threshold_bits),
        evaluation.best->score));
  }
  const BCubedScore& b = evaluation.b_cubed;
  chart.table.rows.push_back({"B-cubed, over records", share_text(b.precision),
                              share_text(b.recall), share_text(b.f1()), "", ""});
  chart.table.rows.push_back({"blocking (pairs completeness)", "",
                              share_text(evaluation.blocking.pairs_completeness()), "", "",
                              with_commas(evaluation.blocking.true_pairs)});
  return chart;
}

Chart sweep(const Evaluation& evaluation) {
  Chart chart{"thresholds",
              "What another threshold would give",
              "Precision, recall and their mean F1 of the pairs at or over each threshold. Dashed: "
              "the job's link threshold. No pair under the review threshold is known, so the lines "
              "begin there.",
              "",
              {{"threshold, bits", "precision", "recall", "F1", "found"}, {}, 0}};
  ChartRows rows{"sweep", {"bits", "share", "which"}};
  for (const ThresholdScore& at : evaluation.sweep) {
    chart.table.rows.push_back({fmt::format("{:.0f}", at.threshold_bits),
                                share_text(at.score.precision()), share_text(at.score.recall()),
                                share_text(at.score.f1()), with_commas(at.score.found)});
    const auto point = [&](const std::optional<double>& share, const char* which) {
      if (share) rows.rows.push_back({at.threshold_bits, *share, which});
    };
    point(at.score.precision(), "precision");
    point(at.score.recall(), "recall");
    point(at.score.f1(), "F1");
  }
  ChartRows link{"link", {"bits"}};
  link.rows.push_back({evaluation.at_link_threshold.threshold_bits});
  chart.spec = chart_spec(R"json({
    "height": 280,
    "layer": [
      {"data": {"name": "sweep"}, "mark": {"type": "line", "strokeWidth": 2.5},
       "encoding": {
         "x": {"field": "bits", "type": "quantitative", "title": "threshold, bits",
               "axis": {"grid": false}},
         "y": {"field": "share", "type": "quantitative", "scale": {"domain": [0, 1]},
               "axis": {"title": null, "format": ".0%"}},
         "color": {"field": "which", "type": "nominal", "title": null,
                   "scale": {"domain": ["precision", "recall", "F1"]}},
         "strokeDash": {"field": "which", "type": "nominal", "title": null,
                        "scale": {"domain": ["precision", "recall", "F1"],
                                  "range": [[1, 0], [7, 4], [2, 3]]}}}},
      {"data": {"name": "link"}, "mark": {"type": "rule", "strokeDash": [6, 3], "strokeWidth": 2},
       "encoding": {"x": {"field": "bits", "type": "quantitative"}}}]})json",
                          {rows, link});
  return chart;
}

Chart by_source(const Evaluation& evaluation) {
  Chart chart{"scores-by-source",
              "How right the result is, by source",
              "F1 of the entities for each two sources: where one pair of sources is far lower, "
              "look at its attributes first.",
              "",
              {{"source", "other source", "precision", "recall", "F1", "found", "true"}, {}, 2}};
  ChartRows rows{"sources", {"sources", "f1"}};
  for (const SourcePairScore& of : evaluation.by_source) {
    std::vector<std::string> row = score_row(of.left, of.clusters);
    row.insert(row.begin() + 1, of.right);
    chart.table.rows.push_back(std::move(row));
    if (of.clusters.f1()) rows.rows.push_back({of.left + " – " + of.right, *of.clusters.f1()});
  }
  chart.spec = chart_spec(R"json({
    "data": {"name": "sources"}, "height": {"step": 26}, "mark": "bar",
    "encoding": {
      "y": {"field": "sources", "type": "nominal", "sort": null, "title": null},
      "x": {"field": "f1", "type": "quantitative", "scale": {"domain": [0, 1]},
       "title": "F1"}}})json",
                          {rows});
  return chart;
}

}  // namespace

std::vector<Chart> evaluation_charts(const Evaluation& evaluation) {
  std::vector<Chart> charts = {scores(evaluation), sweep(evaluation)};
  if (!evaluation.by_source.empty()) charts.push_back(by_source(evaluation));
  return charts;
}

}  // namespace tessera
