// A list as a set: in order, each value once.
#pragma once

#include <algorithm>
#include <vector>

namespace tessera {

/// Sorts `values` by < and leaves each of them once.
template <typename T>
void sort_unique(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

}  // namespace tessera
