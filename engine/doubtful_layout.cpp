#include "engine/doubtful_layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string_view>

namespace tessera {
namespace {

constexpr std::size_t kOftenAgain = 2;  // rows; once may be a stray

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
  return doubts;
}

}  // namespace tessera
