// Finds the counts that stand out of a column: values held by far more records than is usual there.
#pragma once

#include <cstdint>
#include <span>

namespace tessera {

struct OutlierRule {
  double ratio = 10.0;                ///< Over this many times the usual count.
  std::uint32_t never_suspect = 20;   ///< Counts up to this are never outliers.
  std::uint64_t least_records = 100;  ///< With fewer records below a count, nothing is usual yet.
  double most_usual =
      20.0;  ///< No outliers if the values below have more records each, on average.
};

/// The least count that is an outlier; UINT32_MAX if none is. counts: records per distinct value,
/// any order (zeros are ignored).
///
/// Going up through the counts, the first that is over `ratio` times the usual count, and all above
/// it, are outliers. Usual is the count within which nine in ten of the *records* below lie: one
/// value per person says nothing of how much is repeated, and the outlier itself cannot raise what
/// is usual. So 400 stands out of 1, 1, 2, 3, … but not at the end of an even tail 1, 2, 4, …, 200,
/// 400 (surnames), and 20 does not where each person has 10 records. Cost: sorts the counts.
std::uint32_t least_outlier(std::span<const std::uint32_t> counts, const OutlierRule& rule);

}  // namespace tessera
