#include "report/plan_page.hpp"

#include <fmt/format.h>

#include <array>
#include <map>

#include "report/chart_spec.hpp"
#include "report/text_table.hpp"

namespace tessera {
namespace {

/// Of persons or families: how many identifiers stay, come, go or change.
struct Fates {
  std::uint64_t living = 0;
  std::uint64_t changed = 0;
  std::uint64_t minted = 0;
  std::uint64_t restored = 0;
  std::uint64_t merged = 0;
  std::uint64_t split = 0;
  std::uint64_t retired = 0;
};

/// The words of a chart of fates.
struct FateWords {
  const char* name;
  const char* title;
  const char* explanation;
  const char* unit;
  const char* changed;
  const char* retired;
};

Chart churn(const FateWords& words, const Fates& fates) {
  Chart chart{words.name,
              words.title,
              words.explanation,
              "",
              {{words.unit, "count", "share of all"}, {}, 1}};
  ChartRows rows{words.name, {"what", "count"}};
  const std::uint64_t touched = fates.minted + fates.changed + fates.restored;
  const std::uint64_t same = fates.living > touched ? fates.living - touched : 0;
  const std::array<std::pair<const char*, std::uint64_t>, 7> all = {{
      {"stay as they are", same},
      {words.changed, fates.changed},
      {"new", fates.minted},
      {"restored", fates.restored},
      {"merged into another", fates.merged},
      {"split off another", fates.split},
      {words.retired, fates.retired},
  }};
  for (const auto& [what, count] : all) {
    const double share =
        fates.living == 0 ? 0.0
                          : 100.0 * static_cast<double>(count) / static_cast<double>(fates.living);
    chart.table.rows.push_back({what, with_commas(count), fmt::format("{:.2f} %", share)});
    rows.rows.push_back({what, static_cast<double>(count)});
  }
  chart.spec = chart_spec(fmt::format(R"json({{
    "data": {{"name": "{}"}}, "height": {{"step": 26}}, "mark": "bar",
    "encoding": {{
      "y": {{"field": "what", "type": "nominal", "sort": null, "title": null}},
      "x": {{"field": "count", "type": "quantitative", "scale": {{"type": "symlog"}},
            "axis": {{"title": "{}", "labelExpr": "format(datum.value, '~s')",
                     "values": [0, 1, 10, 100, 1000, 10000, 100000, 1000000, 10000000]}}}}
    }}}})json",
                                      words.name, words.unit),
                          {rows});
  return chart;
}

Chart identifiers(const Plan& plan) {
  return churn({"churn", "What happens to identifiers",
                "Identifiers that change, by how; the scale grows by powers of ten. Few merged, "
                "split and retired ones among many is how a registry should look; identifiers "
                "that split after each load are a sign of a threshold too low.",
                "identifiers", "go on with other records", "retired, all records gone"},
               {plan.identities, plan.changed, plan.minted, plan.restored.size(),
                plan.merged.size(), plan.split.size(), plan.retired.size()});
}

Chart families_chart(const GroupChanges& facts) {
  return churn(
      {"families", "What happens to families",
       "Identifiers of families that change, by how. A family goes on in the one that "
       "most of its persons are in; one that is retired has nobody left in any family.",
       "families", "go on with other persons or another head", "retired, nobody left in a family"},
      {facts.groups, facts.changed, facts.minted, facts.restored, facts.merged, facts.split,
       facts.retired});
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

Page plan_page(const Plan& plan, const GroupPlan& families, bool applied) {
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
  if (!plan.nothing_to_do) page.charts.push_back(identifiers(plan));
  if (!families.digest.empty()) {
    page.figures.push_back({"families", with_commas(families.facts.groups)});
    page.charts.push_back(families_chart(families.facts));
  }
  if (!plan.queue_added.empty() || !plan.queue_removed.empty()) page.charts.push_back(queue(plan));
  if (plan.learned)
    page.notes.push_back("A model is learned from these records and comes into force.");
  return page;
}

}  // namespace tessera
