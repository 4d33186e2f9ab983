// Disjoint sets of rows that many threads may join at once; a set's label is its least row.
#pragma once

#include <atomic>
#include <vector>

#include "data/table.hpp"

namespace tessera {

/// A forest over rows 0 … n-1 in which every parent is less than its child, so that the root of a
/// set is its least row. `join` and `find` may be called from any number of threads at once,
/// without locks.
///
/// Source: Anderson & Woll (1991), STOC '91, p. 370, wait-free parallel union-find; the linking by
/// order of the elements and the splitting of paths are those of Jayanti & Tarjan (2016), PODC '16,
/// p. 75, with the rows' own order in place of a random one: the label is then the least row
/// without a second pass, and depth is kept low by path splitting alone.
class UnionFind {
 public:
  explicit UnionFind(Row rows);

  /// Puts both rows into one set. REQUIRES: both < rows.
  /// Cost: amortised logarithmic; a lost race costs another turn.
  void join(Row a, Row b);

  /// The least row of the set that holds `row`. While others join, an answer may be out of date
  /// when it arrives.
  Row find(Row row);

  Row size() const { return static_cast<Row>(parents_.size()); }

 private:
  std::vector<std::atomic<Row>> parents_;  // size rows
};

}  // namespace tessera
