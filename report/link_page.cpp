#include "report/link_page.hpp"

#include <nlohmann/json.hpp>

#include "report/evaluation_charts.hpp"
#include "report/model_charts.hpp"
#include "report/quality_charts.hpp"
#include "report/run_charts.hpp"

namespace tessera {

Page link_page(const LinkPageInput& input) {
  Page page;
  page.title =
      input.evaluation == nullptr ? "Tessera: what was linked" : "Tessera: how right a result is";
  page.lead =
      "Every chart has its numbers as a table below it. Weights are in bits of evidence: each bit "
      "doubles the odds that two records are one person.";
  page.figures = run_figures(input.run_json);
  const auto add = [&](std::vector<Chart> charts) {
    for (Chart& chart : charts) page.charts.push_back(std::move(chart));
  };
  if (input.evaluation != nullptr) add(evaluation_charts(*input.evaluation));
  add(pair_charts(input.wrong_pairs, input.show_values));
  add(quality_charts(input.run_json));
  add(run_charts(input.run_json));
  const auto run = nlohmann::json::parse(input.run_json);
  const double link_bits = run.value("link_threshold_bits", 0.0);
  const double review_bits = run.value("review_threshold_bits", link_bits);
  add(model_charts(input.model, link_bits, review_bits));
  add(sample_charts(input.samples, input.show_values));
  page.notes = run.value("warnings", input.model.warnings);
  return page;
}

}  // namespace tessera
