#include "report/sample_charts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "report/chart_spec.hpp"

namespace tessera {
namespace {

// Numbers stand right of their bars, over whatever is there; the padding has room for the last.
constexpr std::string_view kSpec = R"json({
  "height": {"step": 22},
  "padding": {"left": 5, "top": 5, "right": 40, "bottom": 5},
  "layer": [
    {"data": {"name": "parts"}, "mark": {"type": "bar", "height": {"band": 0.7}},
     "encoding": {
       "y": {"field": "part", "type": "nominal", "sort": null, "title": null},
       "x": {"field": "from", "type": "quantitative", "title": "match weight so far, bits"},
       "x2": {"field": "to"},
       "color": {"field": "kind", "type": "nominal", "title": null,
                 "scale": {"domain": ["for one person", "against", "sum"],
                           "range": ["#0072B2", "#E69F00", "#444444"]}}}},
    {"data": {"name": "threshold"}, "mark": {"type": "rule", "strokeDash": [6, 3],
     "strokeWidth": 2},
     "encoding": {"x": {"field": "bits", "type": "quantitative"}}},
    {"data": {"name": "parts"},
     "encoding": {
       "y": {"field": "part", "type": "nominal", "sort": null, "title": null},
       "x": {"field": "right", "type": "quantitative"},
       "text": {"field": "text"}},
     "layer": [
       {"mark": {"type": "text", "align": "left", "dx": 5, "stroke": "white", "strokeWidth": 4}},
       {"mark": {"type": "text", "align": "left", "dx": 5}}]}]})json";

std::string_view verdict_text(Verdict verdict) {
  switch (verdict) {
    case Verdict::kLink:
      return "a link";
    case Verdict::kReview:
      return "doubtful";
    case Verdict::kNoLink:
      break;
  }
  return "no link";
}

// The parts one after another, each from where the last one ended.
class Waterfall {
 public:
  void add(std::string name, double bits) {
    const double from = sum_;
    sum_ += bits;
    row(std::move(name), from, sum_, bits >= 0 ? "for one person" : "against", bits);
  }
  void close(double weight_bits) { row("match weight", 0.0, weight_bits, "sum", weight_bits); }
  const ChartRows& rows() const { return rows_; }

 private:
  void row(std::string name, double from, double to, const char* kind, double bits) {
    rows_.rows.push_back(
        {std::move(name), from, to, std::max(from, to), kind, fmt::format("{:+.1f}", bits)});
  }

  double sum_ = 0.0;
  ChartRows rows_{"parts", {"part", "from", "to", "right", "kind", "text"}};
};

std::string value_text(const ExplainedValue& value) {
  if (!value.present) return "(missing)";
  return value.as_written.empty() ? value.as_compared : value.as_written;
}

Chart chart_of(const PairChart& of, bool show_values) {
  const Explanation& pair = of.pair;
  Chart chart;
  chart.id = of.id;
  chart.title = fmt::format("{}, {:.1f} bits", of.title, pair.weight_bits);
  chart.says = fmt::format(
      "{}{}A record of {} and one of {}: before anything is compared the odds are against one "
      "person; "
      "then each comparison adds its bits. Dashed: the link threshold. {}",
      of.says, of.says.empty() ? "" : " ", pair.left.source, pair.right.source,
      show_values ? "Read more with tessera why " + pair.left.text() + " " + pair.right.text() + "."
                  : "Names and values are left out; --show-values puts them in.");
  chart.table.labels = show_values ? 4 : 2;
  chart.table.header = {"comparison", "level"};
  if (show_values) {
    chart.table.header.push_back(pair.left.text());
    chart.table.header.push_back(pair.right.text());
  }
  chart.table.header.push_back("bits");
  Waterfall waterfall;
  const auto row = [&](const std::string& name, const std::string& level, const std::string& left,
                       const std::string& right, double bits) {
    std::vector<std::string>& cells = chart.table.rows.emplace_back();
    cells = {name, level};
    if (show_values) cells.insert(cells.end(), {left, right});
    cells.push_back(fmt::format("{:+.2f}", bits));
  };
  const double prior = pair.alternatives.front().prior_bits;
  row("prior", "", "", "", prior);
  waterfall.add("prior", prior);
  for (const ExplainedComparison& comparison : pair.comparisons) {
    const double bits = comparison.bits.front();
    row(comparison.name, comparison.level, value_text(comparison.left),
        value_text(comparison.right), bits);
    waterfall.add(comparison.name + " · " + comparison.level, bits);
  }
  if (pair.alternatives.size() > 1) {
    row("related persons", "", "", "", pair.relations_bits);
    waterfall.add("related persons", pair.relations_bits);
  }
  row("match weight", "", "", "", pair.weight_bits);
  waterfall.close(pair.weight_bits);
  ChartRows threshold{"threshold", {"bits"}};
  threshold.rows.push_back({pair.link_threshold_bits});
  chart.spec = chart_spec(kSpec, {waterfall.rows(), threshold});
  return chart;
}

}  // namespace

std::vector<Chart> pair_charts(std::span<const PairChart> pairs, bool show_values) {
  std::vector<Chart> charts;
  for (const PairChart& of : pairs) charts.push_back(chart_of(of, show_values));
  return charts;
}

std::vector<Chart> sample_charts(std::span<const Explanation> pairs, bool show_values) {
  std::vector<PairChart> examples;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    examples.push_back({fmt::format("pair-{}", i + 1),
                        fmt::format("Example {}: {}", i + 1, verdict_text(pairs[i].verdict)), "",
                        pairs[i]});
  }
  return pair_charts(examples, show_values);
}

}  // namespace tessera
