#include "report/group_pairs.hpp"

#include <algorithm>
#include <utility>

namespace tessera {

std::size_t PairCounts::place(SourceId a, SourceId b) const {
  const auto [low, high] = std::minmax(a, b);
  return static_cast<std::size_t>(low) * sources_ + static_cast<std::size_t>(high);
}

void PairCounts::add(SourceId a, SourceId b, std::uint64_t pairs) {
  counts_[place(a, b)] += pairs;
}

std::uint64_t PairCounts::of(SourceId a, SourceId b) const {
  return counts_[place(a, b)];
}

std::uint64_t PairCounts::total(PairScope scope) const {
  std::uint64_t sum = 0;
  for (std::size_t a = 0; a < sources_; ++a) {
    for (std::size_t b = a; b < sources_; ++b) {
      const bool counts =
          scope == PairScope::kAnyPair || (a == b) == (scope == PairScope::kWithinSource);
      if (counts) sum += counts_[a * sources_ + b];
    }
  }
  return sum;
}

void sort_groups(std::vector<GroupedRow>& rows) {
  std::sort(rows.begin(), rows.end(), [](const GroupedRow& a, const GroupedRow& b) {
    return std::pair(a.group, a.row) < std::pair(b.group, b.row);
  });
}

PairCounts pairs_in_groups(std::span<const GroupedRow> rows, std::span<const SourceId> row_source,
                           std::size_t sources) {
  PairCounts counts(sources);
  std::vector<std::pair<SourceId, std::uint64_t>> of_group;  // a source, its records in the group
  for (std::size_t i = 0; i < rows.size();) {
    const std::uint64_t group = rows[i].group;
    of_group.clear();
    for (; i < rows.size() && rows[i].group == group; ++i) {
      const SourceId source = row_source[rows[i].row];
      if (of_group.empty() || of_group.back().first != source) of_group.emplace_back(source, 0);
      ++of_group.back().second;
    }
    for (std::size_t a = 0; a < of_group.size(); ++a) {
      const auto [source, records] = of_group[a];
      counts.add(source, source, records * (records - 1) / 2);
      for (std::size_t b = a + 1; b < of_group.size(); ++b) {
        counts.add(source, of_group[b].first, records * of_group[b].second);
      }
    }
  }
  return counts;
}

}  // namespace tessera
