// Slow twins of the distances: each written from its definition, with full matrices, sets and
// search, so that it can be checked by eye. For tests.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tessera::reference {

/// Distances of all prefixes: row i, column j is that of a's first i and b's first j.
using Matrix = std::vector<std::vector<std::uint32_t>>;

inline Matrix border(std::u32string_view a, std::u32string_view b) {
  Matrix d(a.size() + 1, std::vector<std::uint32_t>(b.size() + 1, 0));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = static_cast<std::uint32_t>(i);
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = static_cast<std::uint32_t>(j);
  return d;
}

inline std::uint32_t insert_delete_substitute(const Matrix& d, std::u32string_view a,
                                              std::u32string_view b, std::size_t i, std::size_t j) {
  return std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1])});
}

/// Wagner & Fischer (1974).
inline std::uint32_t levenshtein(std::u32string_view a, std::u32string_view b) {
  Matrix d = border(a, b);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) d[i][j] = insert_delete_substitute(d, a, b, i, j);
  }
  return d[a.size()][b.size()];
}

/// As levenshtein, or a swap of the last two.
inline std::uint32_t osa(std::u32string_view a, std::u32string_view b) {
  Matrix d = border(a, b);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      d[i][j] = insert_delete_substitute(d, a, b, i, j);
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }
  return d[a.size()][b.size()];
}

/// Lowrance & Wagner (1975): two letters swap over any gap, what lies between being deleted on one
/// side and inserted on the other. All earlier rows and columns are tried.
inline std::uint32_t damerau_levenshtein(std::u32string_view a, std::u32string_view b) {
  Matrix d = border(a, b);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      d[i][j] = insert_delete_substitute(d, a, b, i, j);
      for (std::size_t k = 1; k < i; ++k) {
        if (a[k - 1] != b[j - 1]) continue;
        for (std::size_t l = 1; l < j; ++l) {
          if (b[l - 1] != a[i - 1]) continue;
          const std::size_t between = (i - k - 1) + (j - l - 1);
          d[i][j] = std::min(d[i][j], d[k - 1][l - 1] + static_cast<std::uint32_t>(between) + 1);
        }
      }
    }
  }
  return d[a.size()][b.size()];
}

/// Jaro (1989), as usually printed.
inline double jaro(std::u32string_view a, std::u32string_view b) {
  if (a.empty() && b.empty()) return 1.0;
  const auto longer = static_cast<std::ptrdiff_t>(std::max(a.size(), b.size()));
  const std::ptrdiff_t window = std::max<std::ptrdiff_t>(0, longer / 2 - 1);
  std::vector<bool> taken(b.size(), false);
  std::u32string from_a;
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::ptrdiff_t apart = static_cast<std::ptrdiff_t>(i) - static_cast<std::ptrdiff_t>(j);
      if (std::abs(apart) > window || taken[j] || a[i] != b[j]) continue;
      taken[j] = true;
      from_a += a[i];
      break;
    }
  }
  if (from_a.empty()) return 0.0;
  std::u32string from_b;
  for (std::size_t j = 0; j < b.size(); ++j) {
    if (taken[j]) from_b += b[j];
  }
  int out_of_order = 0;
  for (std::size_t k = 0; k < from_a.size(); ++k) out_of_order += from_a[k] != from_b[k] ? 1 : 0;
  const double transpositions = out_of_order / 2;
  const auto m = static_cast<double>(from_a.size());
  return (m / static_cast<double>(a.size()) + m / static_cast<double>(b.size()) +
          (m - transpositions) / m) /
         3.0;
}

inline std::size_t common_prefix(std::u32string_view a, std::u32string_view b) {
  std::size_t n = 0;
  while (n < a.size() && n < b.size() && a[n] == b[n]) ++n;
  return n;
}

/// Winkler (1990), in doubles as RapidFuzz sums them: 7/10 may come out on either side of 0.7.
inline double jaro_winkler(std::u32string_view a, std::u32string_view b) {
  const double j = jaro(a, b);
  if (j <= 0.7) return j;
  return j + 0.1 * static_cast<double>(std::min<std::size_t>(4, common_prefix(a, b))) * (1.0 - j);
}

/// How often each run of q stands in the text.
inline std::map<std::u32string, std::size_t> count_grams(std::u32string_view text, std::size_t q) {
  std::map<std::u32string, std::size_t> counts;
  for (std::size_t i = 0; i + q <= text.size(); ++i) ++counts[std::u32string(text.substr(i, q))];
  return counts;
}

/// |A ∩ B| of the multisets of runs of q. With q = 1, the letters in common.
inline std::size_t common_grams(std::u32string_view a, std::u32string_view b, std::size_t q) {
  const auto grams_b = count_grams(b, q);
  std::size_t common = 0;
  for (const auto& [gram, count] : count_grams(a, q)) {
    const auto found = grams_b.find(gram);
    if (found != grams_b.end()) common += std::min(count, found->second);
  }
  return common;
}

/// The most pairs of rows and columns marked true, none used twice: every choice is tried.
inline std::size_t most_pairs(const std::vector<std::vector<bool>>& agrees, std::size_t row,
                              std::vector<bool>& used) {
  if (row == agrees.size()) return 0;
  std::size_t best = most_pairs(agrees, row + 1, used);
  for (std::size_t column = 0; column < used.size(); ++column) {
    if (!agrees[row][column] || used[column]) continue;
    used[column] = true;
    best = std::max(best, 1 + most_pairs(agrees, row + 1, used));
    used[column] = false;
  }
  return best;
}

}  // namespace tessera::reference
