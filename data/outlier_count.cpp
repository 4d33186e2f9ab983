#include "data/outlier_count.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <vector>

namespace tessera {

std::uint32_t least_outlier(std::span<const std::uint32_t> counts, const OutlierRule& rule) {
  std::vector<std::uint32_t> ascending;
  ascending.reserve(counts.size());
  std::copy_if(counts.begin(), counts.end(), std::back_inserter(ascending),
               [](std::uint32_t count) { return count > 0; });
  std::sort(ascending.begin(), ascending.end());

  std::uint64_t below = 0;        // records of the values before i
  std::uint64_t below_usual = 0;  // records of the values up to and including `usual`
  std::size_t usual = 0;          // nine in ten of the records below are of values up to this one
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    const std::uint32_t count = ascending[i];
    const bool enough = i > 0 && below >= rule.least_records && count > rule.never_suspect;
    if (enough && count > rule.ratio * ascending[usual] &&
        static_cast<double>(below) <= rule.most_usual * static_cast<double>(i)) {
      return count;
    }
    below += count;
    if (i == 0) below_usual = count;
    while (below_usual * 10 < below * 9) below_usual += ascending[++usual];
  }
  return std::numeric_limits<std::uint32_t>::max();
}

}  // namespace tessera
