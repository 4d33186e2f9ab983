// Lock-free union-find. The one invariant: parents_[x] <= x, and parents only ever decrease. Hence
// there can be no cycle, whatever the threads do, and a root is the least row of its tree.
//
// Memory order: relaxed throughout. The parents are the only data that threads share, each is one
// atomic word, and a stale parent is still an ancestor-or-self in the final forest; whoever reads
// labels after a parallel loop is ordered by its end.
#include "engine/union_find.hpp"

#include <utility>

namespace tessera {

UnionFind::UnionFind(Row rows) : parents_(rows) {
  for (Row row = 0; row < rows; ++row) parents_[row].store(row, std::memory_order_relaxed);
}

Row UnionFind::find(Row row) {
  for (;;) {
    Row parent = parents_[row].load(std::memory_order_relaxed);
    const Row grandparent = parents_[parent].load(std::memory_order_relaxed);
    if (parent == grandparent) return parent;
    // Path splitting. Losing the race is fine: somebody else has shortened the path.
    parents_[row].compare_exchange_weak(parent, grandparent, std::memory_order_relaxed);
    row = grandparent;
  }
}

void UnionFind::join(Row a, Row b) {
  for (;;) {
    a = find(a);
    b = find(b);
    if (a == b) return;
    if (a < b) std::swap(a, b);
    Row root = a;  // only a root may be linked: if `a` got a parent meanwhile, look again
    if (parents_[a].compare_exchange_strong(root, b, std::memory_order_relaxed)) return;
  }
}

}  // namespace tessera
