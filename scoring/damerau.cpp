// Unrestricted Damerau–Levenshtein.
//
// The full recurrence looks back, at (i, j), to the last row k where a[k] = b[j] and the last
// column l where b[l] = a[i]: the swap costs what lies between them on both sides plus one. Where
// more than one side has something between, edits do as well, so one row and one column back are
// enough to keep (Zhao & Sahni 2019). "ca" → "abc": swap to "ac", then insert b between: 2.
//
// The bit-parallel OSA distance answers most calls first: swaps whose pieces are edited again only
// pay from three edits on, and levenshtein ≤ 2 · damerau, since a swap is at most two edits.
#include <algorithm>
#include <span>

#include "scoring/distance.hpp"
#include "scoring/edit_kernel.hpp"
#include "scoring/stack_buffer.hpp"

namespace tessera {
namespace {

/// The rows kept of the matrix; each has |b| + 2 entries, D[i][j] at j + 1.
struct Rows {
  explicit Rows(std::size_t columns, std::int32_t far)
      : above(columns + 2, far),
        here(columns + 2, far),
        before_match(columns + 2, far),
        last_match(columns + 2, 0) {}

  StackBuffer<std::int32_t, 66> above;         // row i - 1
  StackBuffer<std::int32_t, 66> here;          // row i
  StackBuffer<std::int32_t, 66> before_match;  // D[k-1][j-2], k the last row where a[k] = b[j]
  StackBuffer<std::int32_t, 66> last_match;    // that k, 0 if none
};

template <class Char>
std::uint32_t damerau_matrix(std::span<const Char> a, std::span<const Char> b) {
  const auto columns = static_cast<std::int32_t>(b.size());
  const std::int32_t far = static_cast<std::int32_t>(std::max(a.size(), b.size())) + 1;
  Rows rows(b.size(), far);
  std::int32_t* above = rows.above.data();
  std::int32_t* here = rows.here.data();
  for (std::int32_t j = 0; j <= columns; ++j) here[j + 1] = j;

  for (std::int32_t i = 1; i <= static_cast<std::int32_t>(a.size()); ++i) {
    std::swap(above, here);
    const Char left = a[static_cast<std::size_t>(i) - 1];
    std::int32_t match_column = 0;     // the last l with b[l] = a[i], 0 if none
    std::int32_t before_column = far;  // D[i-2][l-1]
    std::int32_t two_above = here[1];  // D[i-2][j-1], read before this row overwrites it
    here[1] = i;
    for (std::int32_t j = 1; j <= columns; ++j) {
      const auto column = static_cast<std::size_t>(j) + 1;
      const bool equal = left == b[column - 2];
      std::int32_t best = std::min({above[j] + (equal ? 0 : 1), here[j] + 1, above[j + 1] + 1});
      if (equal) {
        match_column = j;
        rows.before_match[column] = j >= 2 ? above[j - 1] : far;
        before_column = two_above;
        rows.last_match[column] = i;
      } else {
        const std::int32_t match_row = rows.last_match[column];
        if (match_column > 0 && j - match_column == 1) {
          best = std::min(best, rows.before_match[column] + (i - match_row));
        } else if (match_row > 0 && i - match_row == 1) {
          best = std::min(best, before_column + (j - match_column));
        }
      }
      two_above = here[j + 1];
      here[j + 1] = best;
    }
  }
  return static_cast<std::uint32_t>(here[columns + 1]);
}

template <class Char>
std::uint32_t damerau(std::span<const Char> a, std::span<const Char> b, std::uint32_t limit) {
  const std::uint32_t twice = limit > kNoLimit / 2 ? kNoLimit : 2 * limit;
  const std::uint32_t aligned = osa(a, b, std::max(twice, 2U));
  if (aligned > twice) return limit + 1;
  if (aligned <= 2) return std::min(aligned, limit + 1);
  const auto trimmed = trim_common_ends(a, b);
  return std::min(damerau_matrix(trimmed.a, trimmed.b), limit + 1);
}

}  // namespace

std::uint32_t damerau_levenshtein(AsciiText a, AsciiText b, std::uint32_t limit) {
  return damerau(a, b, limit);
}

std::uint32_t damerau_levenshtein(WideText a, WideText b, std::uint32_t limit) {
  return damerau(a, b, limit);
}

}  // namespace tessera
