#include "blocking/oversized.hpp"

#include <algorithm>
#include <optional>

namespace tessera {
namespace {

constexpr int kMaxDepth = 3;

struct Split {
  std::uint32_t column = 0;
  std::uint64_t pairs_left = 0;  // pairs that agree on the column
  std::vector<Row> ordered;      // rows with a value, by (code, row)
};

std::optional<Split> split_by(const Table& table, const std::vector<Row>& rows, std::uint32_t c) {
  const std::vector<Code>& codes = table.columns[c].codes;
  Split split;
  split.column = c;
  for (const Row row : rows) {
    if (codes[row] != kMissing) split.ordered.push_back(row);
  }
  // A column that half the block lacks would lose more than it sorts.
  if (split.ordered.size() * 2 < rows.size()) return std::nullopt;
  std::sort(split.ordered.begin(), split.ordered.end(),
            [&](Row a, Row b) { return codes[a] != codes[b] ? codes[a] < codes[b] : a < b; });
  std::size_t start = 0;
  for (std::size_t i = 1; i <= split.ordered.size(); ++i) {
    if (i == split.ordered.size() || codes[split.ordered[i]] != codes[split.ordered[start]]) {
      split.pairs_left += pairs_of(i - start);
      start = i;
    }
  }
  if (split.pairs_left == 0) return std::nullopt;  // all differ: nothing would be compared
  return split;
}

// The column that a person's records agree on most often is not known here. The most selective one
// stands for it: the fewest pairs left, yet some.
std::optional<Split> best_split(const Table& table, const std::vector<Row>& rows,
                                const std::vector<std::uint32_t>& used) {
  std::optional<Split> best;
  for (std::uint32_t c = 0; c < table.columns.size(); ++c) {
    if (std::find(used.begin(), used.end(), c) != used.end()) continue;
    std::optional<Split> split = split_by(table, rows, c);
    if (split && (!best || split->pairs_left < best->pairs_left)) best = std::move(split);
  }
  return best;
}

void split_into(const Table& table, std::vector<Row> rows, std::vector<std::uint32_t> used,
                std::uint64_t max_records, int depth, SplitBlock& out) {
  if (rows.size() <= max_records) {
    if (rows.size() > 1) {
      std::sort(rows.begin(), rows.end());
      out.parts.push_back(std::move(rows));
    }
    return;
  }
  std::optional<Split> split;
  if (depth < kMaxDepth) split = best_split(table, rows, used);
  if (!split) {
    out.pairs_not_compared += pairs_of(rows.size());
    return;
  }
  out.pairs_not_compared += pairs_of(rows.size()) - split->pairs_left;
  if (std::find(out.by.begin(), out.by.end(), split->column) == out.by.end()) {
    out.by.push_back(split->column);
  }
  used.push_back(split->column);
  const std::vector<Code>& codes = table.columns[split->column].codes;
  const std::vector<Row>& ordered = split->ordered;
  std::size_t start = 0;
  for (std::size_t i = 1; i <= ordered.size(); ++i) {
    if (i < ordered.size() && codes[ordered[i]] == codes[ordered[start]]) continue;
    std::vector<Row> part(ordered.begin() + static_cast<std::ptrdiff_t>(start),
                          ordered.begin() + static_cast<std::ptrdiff_t>(i));
    split_into(table, std::move(part), used, max_records, depth + 1, out);
    start = i;
  }
}

}  // namespace

SplitBlock split_block(const Table& table, std::vector<Row> rows, std::vector<std::uint32_t> used,
                       std::uint64_t max_records) {
  SplitBlock out;
  split_into(table, std::move(rows), std::move(used), max_records, 0, out);
  return out;
}

}  // namespace tessera
