#include "report/model_charts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/chart_spec.hpp"
#include "report/text_table.hpp"

namespace tessera {
namespace {

std::string level_name(const ComparisonModel& comparison, const LevelModel& level) {
  return comparison.name + " · " + level.text;
}

Chart probabilities(const Model& model) {
  Chart chart{"model",
              "What agreement looks like",
              "For each level of each comparison: how often two records of one person reach it (m, "
              "circles) and how often two strangers do (u, diamonds). The further apart the two, "
              "the more the level says.",
              "",
              {{"comparison", "level", "m", "u", "trained"}, {}, 2}};
  ChartRows rows{"levels", {"level", "probability", "which"}};
  for (const ComparisonModel& comparison : model.comparisons) {
    for (const LevelModel& level : comparison.levels) {
      chart.table.rows.push_back({comparison.name, level.text, fmt::format("{:.4g}", level.m),
                                  fmt::format("{:.4g}", level.u), level.m_trained ? "yes" : "no"});
      const std::string name = level_name(comparison, level);
      rows.rows.push_back({name, level.m, "m: one person"});
      rows.rows.push_back({name, level.u, "u: strangers"});
    }
  }
  chart.spec = chart_spec(R"json({
    "data": {"name": "levels"}, "height": {"step": 17},
    "mark": {"type": "point", "filled": true, "size": 70, "opacity": 1},
    "encoding": {
      "y": {"field": "level", "type": "nominal", "sort": null, "title": null,
       "axis": {"grid": true}},
      "x": {"field": "probability", "type": "quantitative", "scale": {"domain": [0, 1]},
            "title": "probability"},
      "color": {"field": "which", "type": "nominal", "title": null},
      "shape": {"field": "which", "type": "nominal", "title": null,
                "scale": {"range": ["circle", "diamond"]}}}})json",
                          {rows});
  return chart;
}

Chart level_weights(const Model& model) {
  Chart chart{"levels",
              "What each level is worth",
              "The evidence in bits, log2(m / u), before rare values add theirs. Bars to the right "
              "speak for one person, bars to the left against; a missing value says nothing.",
              "",
              {{"comparison", "level", "bits"}, {}, 2}};
  ChartRows rows{"levels", {"level", "bits", "for"}};
  for (std::size_t c = 0; c < model.comparisons.size(); ++c) {
    const ComparisonModel& comparison = model.comparisons[c];
    for (unsigned l = 1; l <= comparison.levels.size(); ++l) {
      const double bits = model.level_bits(c, l);
      chart.table.rows.push_back(
          {comparison.name, comparison.levels[l - 1].text, fmt::format("{:+.2f}", bits)});
      rows.rows.push_back({level_name(comparison, comparison.levels[l - 1]), bits,
                           bits >= 0 ? "for one person" : "against"});
    }
  }
  chart.spec = chart_spec(R"json({
    "data": {"name": "levels"}, "height": {"step": 17}, "mark": "bar",
    "encoding": {
      "y": {"field": "level", "type": "nominal", "sort": null, "title": null},
      "x": {"field": "bits", "type": "quantitative", "title": "bits"},
      "color": {"field": "for", "type": "nominal", "title": null,
                "scale": {"domain": ["for one person", "against"]}}}})json",
                          {rows});
  return chart;
}

Chart all_weights(const Model& model, double link_bits, double review_bits) {
  Chart chart{
      "compared",
      "All compared pairs by match weight",
      "As counted in training, before rare values add their bits; the scale grows by powers "
      "of ten. Strangers stand on the left, persons on the right; pairs between the dashed "
      "lines are doubtful.",
      "",
      {{"weight from", "to under", "pairs", "expected matches"}, {}, 2}};
  ChartRows rows{"bins", {"from", "to", "pairs"}};
  for (const WeightBin& bin : model.weights) {
    chart.table.rows.push_back({fmt::format("{} bits", bin.from_bits),
                                fmt::format("{} bits", bin.from_bits + 1), with_commas(bin.pairs),
                                fmt::format("{:.1f}", bin.expected_matches)});
    rows.rows.push_back(
        {static_cast<double>(bin.from_bits), bin.from_bits + 1.0, static_cast<double>(bin.pairs)});
  }
  ChartRows thresholds{"thresholds", {"bits", "what"}};
  thresholds.rows.push_back({link_bits, "link"});
  if (review_bits < link_bits) thresholds.rows.push_back({review_bits, "review"});
  chart.spec = chart_spec(R"json({
    "height": 220,
    "layer": [
      {"data": {"name": "bins"}, "mark": {"type": "bar", "binSpacing": 0.5},
       "encoding": {
         "x": {"field": "from", "type": "quantitative", "bin": {"binned": true},
               "title": "match weight, bits", "axis": {"grid": false}},
         "x2": {"field": "to"},
         "y": {"field": "pairs", "type": "quantitative", "scale": {"type": "symlog"},
               "axis": {"title": "pairs", "labelExpr": "format(datum.value, '~s')",
                        "values": [0, 10, 100, 1000, 10000, 100000, 1000000, 100000000]}}}},
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
                          {rows, thresholds});
  return chart;
}

Chart history(const Model& model) {
  Chart chart{"training",
              "How training settled",
              "Each line is a training session, on the pairs of one blocking rule: the share of "
              "matches that it believes in, step by step. A line that still moves at its end has "
              "not converged.",
              "",
              {{"session", "pairs", "steps", "converged", "share at the start", "share at the end",
                "gain in likelihood, bits a pair"},
               {},
               1}};
  ChartRows rows{"steps", {"session", "step", "share"}};
  for (const TrainingSession& session : model.sessions) {
    if (session.lambdas.empty() || session.pairs == 0) continue;
    const double gain = session.log_likelihoods.empty()
                            ? 0.0
                            : (session.log_likelihoods.back() - session.log_likelihoods.front()) /
                                  (std::log(2.0) * static_cast<double>(session.pairs));
    chart.table.rows.push_back(
        {session.rule, with_commas(session.pairs), std::to_string(session.iterations),
         session.converged ? "yes" : "no", fmt::format("{:.3f}", session.lambdas.front()),
         fmt::format("{:.3f}", session.lambdas.back()), fmt::format("{:.3f}", gain)});
    for (std::size_t i = 0; i < session.lambdas.size(); ++i) {
      rows.rows.push_back({session.rule, static_cast<double>(i), session.lambdas[i]});
    }
  }
  chart.spec = chart_spec(R"json({
    "data": {"name": "steps"}, "height": 240,
    "mark": {"type": "line", "strokeWidth": 2},
    "encoding": {
      "x": {"field": "step", "type": "quantitative", "title": "step", "axis": {"grid": false}},
      "y": {"field": "share", "type": "quantitative", "scale": {"domain": [0, 1]},
            "axis": {"title": "matches among the session's pairs", "format": ".0%"}},
      "color": {"field": "session", "type": "nominal", "sort": null, "title": null,
                "legend": {"columns": 2, "labelLimit": 300}},
      "strokeDash": {"field": "session", "type": "nominal", "sort": null, "title": null}}})json",
                          {rows});
  return chart;
}

Chart agreement(const Model& model) {
  Chart chart{"agreement",
              "Whether the sessions agree",
              "m of each comparison's first level: grey circles as each session learned it, the "
              "blue tick as the model has it. Circles far apart say that the rules see different "
              "pairs; the model weighs all of them together.",
              "",
              {{"comparison", "sessions", "least", "greatest", "model"}, {}, 1}};
  ChartRows sessions{"sessions", {"level", "m"}};
  ChartRows joined{"model", {"level", "m"}};
  for (std::size_t c = 0; c < model.comparisons.size(); ++c) {
    const ComparisonModel& comparison = model.comparisons[c];
    std::vector<double> learned;
    for (const TrainingSession& session : model.sessions) {
      if (c < session.m.size() && !session.m[c].empty()) learned.push_back(session.m[c].front());
    }
    if (learned.empty()) continue;
    const std::string name = level_name(comparison, comparison.levels.front());
    const auto [least, greatest] = std::ranges::minmax(learned);
    const double m = comparison.levels.front().m;
    chart.table.rows.push_back({name, std::to_string(learned.size()), fmt::format("{:.3f}", least),
                                fmt::format("{:.3f}", greatest), fmt::format("{:.3f}", m)});
    for (const double one : learned) sessions.rows.push_back({name, one});
    joined.rows.push_back({name, m});
  }
  chart.spec = chart_spec(R"json({
    "height": {"step": 24},
    "encoding": {
      "y": {"field": "level", "type": "nominal", "sort": null, "title": null},
      "x": {"field": "m", "type": "quantitative", "scale": {"domain": [0, 1]}, "title": "m"}},
    "layer": [
      {"data": {"name": "sessions"},
       "mark": {"type": "point", "size": 60, "color": "#777", "strokeWidth": 1.5}},
      {"data": {"name": "model"},
       "mark": {"type": "tick", "thickness": 4, "color": "#0072B2", "size": 20,
                "opacity": 1}}]})json",
                          {sessions, joined});
  return chart;
}

}  // namespace

std::vector<Chart> model_charts(const Model& model, double link_bits, double review_bits) {
  std::vector<Chart> charts = {all_weights(model, link_bits, review_bits), probabilities(model),
                               level_weights(model), history(model), agreement(model)};
  std::erase_if(charts, [](const Chart& chart) { return chart.table.rows.empty(); });
  return charts;
}

}  // namespace tessera
