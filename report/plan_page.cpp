#include "report/plan_page.hpp"

#include <fmt/format.h>

#include <array>
#include <map>

#include "report/chart_spec.hpp"
#include "report/text_table.hpp"

namespace tessera {
namespace {

Chart churn(const Plan& plan) {
  Chart chart{
      "churn",
      "What happens to identifiers",
      "Identifiers that change, by how; the scale grows by powers of ten. Few merged, split "
      "and retired ones among many is how a registry should look; identifiers that split "
      "after each load are a sign of a threshold too low.",
      "",
      {{"identifiers", "count", "share of all"}, {}, 1}};
  ChartRows rows{"churn", {"what", "count"}};
  const std::uint64_t touched = plan.minted + plan.changed + plan.restored.size();
  const std::uint64_t same = plan.identities > touched ? plan.identities - touched : 0;
  const std::array<std::pair<const char*, std::uint64_t>, 7> all = {{
      {"stay as they are", same},
      {"go on with other records", plan.changed},
      {"new", plan.minted},
      {"restored", plan.restored.size()},
      {"merged into another", plan.merged.size()},
      {"split off another", plan.split.size()},
      {"retired, all records gone", plan.retired.size()},
  }};
  for (const auto& [what, count] : all) {
    const double share = plan.identities == 0 ? 0.0
                                              : 100.0 * static_cast<double>(count) /
                                                    static_cast<double>(plan.identities);
    chart.table.rows.push_back({what, with_commas(count), fmt::format("{:.2f} %", share)});
    rows.rows.push_back({what, static_cast<double>(count)});
  }
  chart.spec = chart_spec(R"json({
    "data": {"name": "churn"}, "height": {"step": 26}, "mark": "bar",
    "encoding": {
      "y": {"field": "what", "type": "nominal", "sort": null, "title": null},
      "x": {"field": "count", "type": "quantitative", "scale": {"type": "symlog"},
            "axis": {"title": "identifiers", "labelExpr": "format(datum.value, '~s')",
                     "values": [0, 1, 10, 100, 1000, 10000, 100000, 1000000, 10000000]}}}})json",
                          {rows});
  return chart;
}

Chart queue(const Plan& plan) {
  Chart chart{
      "queue",
      "What waits for review",
      "Pairs that a person should judge, by why: those that come to the queue and those that "
      "leave it (tessera review shows them).",
      "",
      {{"reason", "more", "fewer"}, {}, 1}};
  struct Change {
    std::uint64_t more = 0;
    std::uint64_t fewer = 0;
  };
  std::map<QueueReason, Change> changes;
  for (const QueueItem& item : plan.queue_added) ++changes[item.reason].more;
  for (const QueueItem& item : plan.queue_removed) ++changes[item.reason].fewer;
  for (const auto& [reason, change] : changes) {
    chart.table.rows.push_back({std::string(queue_reason_name(reason)), with_commas(change.more),
                                with_commas(change.fewer)});
  }
  return chart;
}

}  // namespace

Page plan_page(const Plan& plan, bool applied) {
  Page page;
  page.title = applied ? "Tessera: what was applied" : "Tessera: what applying would change";
  page.lead = plan.nothing_to_do
                  ? "Nothing to do: all that was loaded and decided is applied."
                  : "How the registry's identifiers change by what was loaded and decided since.";
  page.figures = {{"records", with_commas(plan.records)},
                  {"came, changed or went", with_commas(plan.pending)},
                  {"identities", with_commas(plan.identities)},
                  {"for review", with_commas(plan.queue_size)},
                  {"pairs compared", with_commas(plan.pairs_compared)},
                  {"pairs not compared", with_commas(plan.pairs_not_compared)}};
  if (!plan.nothing_to_do) page.charts.push_back(churn(plan));
  if (!plan.queue_added.empty() || !plan.queue_removed.empty()) page.charts.push_back(queue(plan));
  if (plan.learned)
    page.notes.push_back("A model is learned from these records and comes into force.");
  return page;
}

}  // namespace tessera
