#include "report/profile_page.hpp"

#include <fmt/format.h>

#include "data/count_text.hpp"
#include "report/chart_spec.hpp"
#include "report/profile_text.hpp"
#include "report/text_table.hpp"

namespace tessera {
namespace {

constexpr std::size_t kMostShown = 3;

double share_of(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

Chart columns(const FileReport& file, std::size_t number) {
  Chart chart{
      fmt::format("columns-{}", number),
      fmt::format("{}: how full its columns are", file.name),
      fmt::format("{} of {} ({}). A column that is mostly empty decides little; one with few "
                  "distinct values tells few people apart.{}",
                  counted(file.rows, "row"), file.path, file.format,
                  file.bad_rows == 0
                      ? std::string()
                      : fmt::format(" {} not well formed, which linking rejects and lists.",
                                    counted(file.bad_rows, "row"))),
      "",
      {{"column", "kind", "what linking makes of it", "most frequent", "filled", "distinct"},
       {},
       4}};
  ChartRows rows{"columns", {"column", "filled"}};
  for (const ColumnReport& column : file.columns) {
    chart.table.rows.push_back(
        {column.name, column.kind, column.use, counted_list(column.most_frequent, kMostShown),
         percent_text(column.filled, file.rows), with_commas(column.distinct)});
    rows.rows.push_back({column.name, share_of(column.filled, file.rows)});
  }
  chart.spec = chart_spec(R"json({
    "data": {"name": "columns"}, "height": {"step": 20}, "mark": "bar",
    "encoding": {
      "y": {"field": "column", "type": "nominal", "sort": null, "title": null},
      "x": {"field": "filled", "type": "quantitative", "scale": {"domain": [0, 1]},
            "axis": {"title": "rows with a text", "format": ".0%"}}}})json",
                          {rows});
  return chart;
}

Chart misleading(const FileReport& file, std::size_t number) {
  Chart chart{
      fmt::format("misleading-{}", number),
      fmt::format("{}: what may mislead", file.name),
      "Rows that hold a value which is no evidence, or was damaged. Linking takes what says "
      "\"no value\", placeholders and heaps for what they are; damage has to be put right at "
      "the source.",
      "",
      {{"column", "the value", "for example", "rows", "share"}, {}, 3}};
  ChartRows rows{"misleading", {"what", "records"}};
  for (const ColumnReport& column : file.columns) {
    for (const SuspiciousValues& of : column.suspicious) {
      chart.table.rows.push_back({column.name, of.what, counted_list(of.most_frequent, kMostShown),
                                  with_commas(of.records), percent_text(of.records, file.rows)});
      rows.rows.push_back({column.name + ": " + of.what, static_cast<double>(of.records)});
    }
  }
  chart.spec = chart_spec(R"json({
    "data": {"name": "misleading"}, "height": {"step": 20}, "mark": "bar",
    "encoding": {
      "y": {"field": "what", "type": "nominal", "sort": "-x", "title": null,
            "axis": {"labelLimit": 360}},
      "x": {"field": "records", "type": "quantitative",
            "axis": {"title": "rows",
                     "labelExpr": "format(datum.value, '~s')", "tickCount": 4}}}})json",
                          {rows});
  return chart;
}

Chart forms(const FileReport& file, std::size_t number) {
  Chart chart{fmt::format("forms-{}", number),
              fmt::format("{}: forms of dates, and scripts", file.name),
              "Several forms of dates in one column are read all the same, but nn/nn/yyyy does not "
              "tell day from month: say which with date_order. Names in other scripts are compared "
              "by their spelling in Latin letters.",
              "",
              {{"column", "what", "shares"}, {}, 3}};
  for (const ColumnReport& column : file.columns) {
    if (!column.date_formats.empty()) {
      chart.table.rows.push_back({column.name, "dates", share_list(column.date_formats)});
    }
    const bool latin_alone = column.scripts.size() == 1 && column.scripts[0].text == "Latin";
    if (!column.scripts.empty() && !latin_alone) {
      chart.table.rows.push_back({column.name, "scripts", share_list(column.scripts)});
    }
  }
  return chart;
}

}  // namespace

Page profile_page(std::span<const FileReport> files, const ProfileOptions& options) {
  Page page;
  page.title = "Tessera: what the files hold";
  page.lead = "Extracts as they are, before anything is linked.";
  for (std::size_t f = 0; f < files.size(); ++f) {
    const FileReport& file = files[f];
    page.figures.emplace_back(file.name + ", rows", with_commas(file.rows));
    for (Chart chart : {columns(file, f + 1), misleading(file, f + 1), forms(file, f + 1)}) {
      if (!chart.table.rows.empty()) page.charts.push_back(std::move(chart));
    }
  }
  page.notes.push_back(
      options.least_holders == 0
          ? std::string("This page holds values of records: make one to be shown with --share.")
          : fmt::format("Values that fewer than {} records hold are withheld.",
                        options.least_holders));
  return page;
}

}  // namespace tessera
