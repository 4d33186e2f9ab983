#include "report/profile_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "data/count_text.hpp"
#include "report/text_table.hpp"

namespace tessera {
namespace {

constexpr std::size_t kNameColumns = 28;
constexpr std::size_t kValueColumns = 20;
constexpr std::size_t kMostShown = 3;

std::string columns_table(const FileReport& file) {
  using enum Align;
  TextTable table({kLeft, kLeft, kRight, kRight, kLeft, kLeft});
  table.add({"column", "kind", "filled", "distinct", "zero config", "most frequent"});
  for (const ColumnReport& column : file.columns) {
    table.add({printable(column.name, kNameColumns), column.kind,
               percent_text(column.filled, file.rows), with_commas(column.distinct),
               printable(column.use, 60), counted_list(column.most_frequent, kMostShown)});
  }
  return table.text();
}

std::string suspicious_lines(const FileReport& file) {
  TextTable table({Align::kLeft, Align::kRight, Align::kLeft});
  for (const ColumnReport& column : file.columns) {
    for (const SuspiciousValues& of : column.suspicious) {
      const std::string examples = counted_list(of.most_frequent, kMostShown);
      table.add({printable(column.name, kNameColumns), with_commas(of.records),
                 fmt::format("hold{} a value that {}{}{}", of.records == 1 ? "s" : "", of.what,
                             examples.empty() ? "" : ": ", examples)});
    }
  }
  const std::string text = table.text();
  return text.empty() ? text : "\n  What may mislead (records)\n" + text;
}

template <typename Member>
std::string lines_of(const FileReport& file, const char* title, Member member,
                     const auto& is_worth_telling) {
  TextTable table({Align::kLeft, Align::kLeft});
  for (const ColumnReport& column : file.columns) {
    if (!is_worth_telling(column.*member)) continue;
    table.add({printable(column.name, kNameColumns), share_list(column.*member)});
  }
  const std::string text = table.text();
  return text.empty() ? text : fmt::format("\n  {}\n{}", title, text);
}

}  // namespace

std::string percent_text(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return "-";
  const double share = 100.0 * static_cast<double>(part) / static_cast<double>(whole);
  // Neither all nor nothing is what only rounds to it.
  if (part != 0 && share < 0.05) return "<0.1 %";
  if (part != whole && share > 99.95) return ">99.9 %";
  return fmt::format("{:.1f} %", share);
}

std::string counted_list(const std::vector<CountedText>& values, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < std::min(most, values.size()); ++i) {
    text += (i == 0 ? "" : ", ") + printable(values[i].text, kValueColumns) + " (" +
            with_commas(values[i].records) + ")";
  }
  return text;
}

std::string share_list(const std::vector<CountedText>& names) {
  std::uint64_t all = 0;
  for (const CountedText& name : names) all += name.records;
  std::string text;
  for (const CountedText& name : names) {
    text += (text.empty() ? "" : ", ") + printable(name.text, kNameColumns) + " " +
            percent_text(name.records, all);
  }
  return text;
}

std::string profile_text(std::span<const FileReport> files, const ProfileOptions& options) {
  std::string text;
  for (const FileReport& file : files) {
    text += fmt::format("{}{}: {}, {} ({})\n", text.empty() ? "" : "\n",
                        printable(file.name, kNameColumns), printable(file.path, 120),
                        counted(file.rows, "row"), file.format);
    if (file.bad_rows > 0) {
      text += fmt::format("  {} not well formed, which tessera link rejects and lists\n",
                          counted(file.bad_rows, "row"));
    }
    text += columns_table(file) + suspicious_lines(file);
    text += lines_of(file, "Forms of dates", &ColumnReport::date_formats,
                     [](const auto& formats) { return !formats.empty(); });
    text += lines_of(file, "Scripts", &ColumnReport::scripts, [](const auto& scripts) {
      return scripts.size() > 1 || (scripts.size() == 1 && scripts[0].text != "Latin");
    });
  }
  if (options.least_holders > 0) {
    text += fmt::format("\nValues that fewer than {} records hold are withheld.\n",
                        options.least_holders);
  }
  return text;
}

}  // namespace tessera
