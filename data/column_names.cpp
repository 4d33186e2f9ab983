#include "data/column_names.hpp"

#include <algorithm>
#include <map>

#include "data/error.hpp"

namespace tessera {
namespace {

char ascii_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), ascii_lower);
  return out;
}

// Levenshtein distance in bytes, by the row-wise table of Wagner & Fischer (1974).
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

}  // namespace

void check_column_names(std::span<const std::string> columns, const std::string& where) {
  std::map<std::string_view, std::size_t> first_place;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].empty()) continue;
    const auto [at, is_new] = first_place.emplace(columns[i], i);
    if (is_new) continue;
    throw Error(ErrorCode::kUsage, where,
                "column '" + columns[i] + "' stands twice (columns " +
                    std::to_string(at->second + 1) + " and " + std::to_string(i + 1) +
                    "); rename one of them");
  }
}

std::optional<std::size_t> find_column(std::span<const std::string> columns,
                                       std::string_view name) {
  const auto exact = std::find(columns.begin(), columns.end(), name);
  if (exact != columns.end()) return static_cast<std::size_t>(exact - columns.begin());
  const std::string wanted = lower(name);
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (lower(columns[i]) != wanted) continue;
    if (found) return std::nullopt;
    found = i;
  }
  return found;
}

std::string did_you_mean(std::span<const std::string> names, std::string_view name) {
  const std::string wanted = lower(name);
  const std::string* nearest = nullptr;
  std::size_t nearest_distance = std::max<std::size_t>(wanted.size() / 3, 1) + 1;
  for (const std::string& candidate : names) {
    const std::size_t distance = edit_distance(lower(candidate), wanted);
    if (candidate.empty() || distance >= nearest_distance) continue;
    nearest = &candidate;
    nearest_distance = distance;
  }
  return nearest == nullptr ? std::string() : " did you mean '" + *nearest + "'?";
}

}  // namespace tessera
