#include "engine/doubtful_layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <span>
#include <string_view>
#include <utility>

namespace tessera {
namespace {

constexpr std::size_t kOftenAgain = 2;       // rows; once may be a stray
constexpr std::size_t kFewestPairs = 4;      // of columns that say one thing of two records
constexpr double kMostColumns = 0.8;         // that stand so in pairs
constexpr std::string_view kMarks = "_. -";  // part a column's mark (a_, _2) from its name

bool is_surely_a_value(std::string_view name) {
  const ColumnProfile profile = profile_values(std::span(&name, 1));
  return profile.whole_dates > 0.0 || profile.emails > 0.0;
}

// The places, from 1, of the columns whose name looks like a value of theirs.
std::vector<std::size_t> named_by_values(const FileSample& sample) {
  std::vector<std::size_t> places;
  std::size_t again = 0;
  for (std::size_t c = 0; c < sample.columns.size(); ++c) {
    const std::string& name = sample.columns[c];
    if (name.empty()) continue;
    const auto is_name = [&](const std::vector<std::string>& row) { return row[c] == name; };
    const auto rows = static_cast<std::size_t>(std::ranges::count_if(sample.rows, is_name));
    again += rows >= kOftenAgain ? 1 : 0;
    if (rows >= kOftenAgain || is_surely_a_value(name)) places.push_back(c + 1);
  }
  if (again == sample.columns.size()) places.clear();
  return places;
}

bool is_of_several_pieces(std::string_view name) {
  return name.find_first_of(" \t;,|:^~#") != std::string_view::npos;
}

/// The names under each mark: `a_` of a_dob, `_2` of dob_2.
using MarkedNames = std::map<std::string, std::set<std::string_view>>;

MarkedNames names_by_mark(std::span<const std::string> columns) {
  MarkedNames names;
  for (const std::string_view column : columns) {
    const std::size_t first = column.find_first_of(kMarks);
    if (first == std::string_view::npos) continue;
    const std::size_t last = column.find_last_of(kMarks);
    names[std::string(column.substr(0, first + 1)) + "…"].insert(column.substr(first + 1));
    names["…" + std::string(column.substr(last))].insert(column.substr(0, last));
  }
  return names;
}

// Two marks under which nearly all columns stand, each name once under either; empty: none.
std::pair<std::string, std::string> paired_columns(std::span<const std::string> columns) {
  const MarkedNames names = names_by_mark(columns);
  for (auto one = names.begin(); one != names.end(); ++one) {
    for (auto other = std::next(one); other != names.end(); ++other) {
      const auto is_there = [&](std::string_view name) { return other->second.contains(name); };
      const auto pairs = static_cast<std::size_t>(std::ranges::count_if(one->second, is_there));
      if (pairs >= kFewestPairs &&
          2.0 * static_cast<double>(pairs) >= kMostColumns * static_cast<double>(columns.size())) {
        return {one->first, other->first};
      }
    }
  }
  return {};
}

}  // namespace

std::vector<std::string> doubtful_layout(const SampledFile& file) {
  std::vector<std::string> doubts;
  const FileSample& sample = file.sample;
  if (!sample.format.starts_with("csv")) return doubts;
  const std::vector<std::size_t> places = named_by_values(sample);
  if (!places.empty()) {
    std::string listed;
    for (const std::size_t place : places) {
      listed += fmt::format("{}{}", listed.empty() ? "" : ", ", place);
    }
    doubts.push_back(
        fmt::format("{}: the first row looks like a record, not like the names of columns (see "
                    "column {}); of a "
                    "file without names it is lost: put a row of names before it",
                    file.source.name, listed));
  }
  if (sample.columns.size() == 1 && is_of_several_pieces(sample.columns.front())) {
    doubts.push_back(fmt::format(
        "{}: is read as one column; if it has more, say in a config what parts them (delimiter)",
        file.source.name));
  }
  if (const auto [one, other] = paired_columns(sample.columns); !one.empty()) {
    doubts.push_back(
        fmt::format("{}: its columns stand in pairs, {} and {}, as if each row held two records; "
                    "make a row of each record before linking",
                    file.source.name, one, other));
  }
  return doubts;
}

}  // namespace tessera
