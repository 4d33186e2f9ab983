// Counts pairs inside groups of records, by the two sources that a pair joins, without listing any
// pair.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "data/table.hpp"
#include "scoring/pair_space.hpp"  // PairScope

namespace tessera {

/// Pairs by their two sources: size sources², of which the upper triangle (left source <= right
/// source) is used.
class PairCounts {
 public:
  explicit PairCounts(std::size_t sources) : sources_(sources), counts_(sources * sources) {}

  void add(SourceId a, SourceId b, std::uint64_t pairs);
  std::uint64_t of(SourceId a, SourceId b) const;
  std::uint64_t total(PairScope scope) const;
  std::size_t sources() const { return sources_; }

 private:
  std::size_t place(SourceId a, SourceId b) const;

  std::size_t sources_;
  std::vector<std::uint64_t> counts_;
};

/// A record that takes part in a count.
struct GroupedRow {
  std::uint64_t group = 0;
  Row row = 0;
};

/// Sorts by group, then row. Rows are ordered by source, so a group's rows of one source stand
/// together.
void sort_groups(std::vector<GroupedRow>& rows);

/// The pairs of records that share a group. REQUIRES: `rows` sorted by sort_groups. Cost: linear,
/// and per group the square of its sources.
PairCounts pairs_in_groups(std::span<const GroupedRow> rows, std::span<const SourceId> row_source,
                           std::size_t sources);

}  // namespace tessera
