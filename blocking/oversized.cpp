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

// The rows that have a value of column c, by value.
Split order_by(const Table& table, const std::vector<Row>& rows, std::uint32_t c) {
  const std::vector<Code>& codes = table.columns[c].codes;
  Split split;
  split.column = c;
  for (const Row row : rows) {
    if (codes[row] != kMissing) split.ordered.push_back(row);
  }
  std::sort(split.ordered.begin(), split.ordered.end(),
            [&](Row a, Row b) { return codes[a] != codes[b] ? codes[a] < codes[b] : a < b; });
  std::size_t start = 0;
  for (std::size_t i = 1; i <= split.ordered.size(); ++i) {
    if (i == split.ordered.size() || codes[split.ordered[i]] != codes[split.ordered[start]]) {
      split.pairs_left += pairs_of(i - start);
      start = i;
    }
  }
  return split;
}

std::optional<Split> split_by(const Table& table, const std::vector<Row>& rows, std::uint32_t c) {
  const std::vector<Code>& codes = table.columns[c].codes;
  const auto filled = static_cast<std::size_t>(
      std::count_if(rows.begin(), rows.end(), [&](Row row) { return codes[row] != kMissing; }));
  // A column that half the block lacks would lose more than it sorts.
  if (filled * 2 < rows.size()) return std::nullopt;
  Split split = order_by(table, rows, c);
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

// Calls part(rows, value) for each run of one value.
template <class Part>
void for_each_part(const Table& table, const Split& split, const Part& part) {
  const Column& column = table.columns[split.column];
  const std::vector<Row>& ordered = split.ordered;
  std::size_t start = 0;
  for (std::size_t i = 1; i <= ordered.size(); ++i) {
    const Code code = column.codes[ordered[start]];
    if (i < ordered.size() && column.codes[ordered[i]] == code) continue;
    part(std::vector<Row>(ordered.begin() + static_cast<std::ptrdiff_t>(start),
                          ordered.begin() + static_cast<std::ptrdiff_t>(i)),
         column.values[code]);
    start = i;
  }
}

void take_whole(std::vector<Row> rows, SplitBlock& out) {
  if (rows.size() < 2) return;
  std::sort(rows.begin(), rows.end());
  out.parts.push_back(std::move(rows));
}

void note_use(std::uint32_t column, SplitBlock& out) {
  if (std::find(out.by.begin(), out.by.end(), column) == out.by.end()) out.by.push_back(column);
}

struct SplitLimits {
  std::uint64_t max_records = 0;
  int depth = 0;
};

void split_into(const Table& table, std::vector<Row> rows, std::vector<std::uint32_t> used,
                SplitLimits limits, std::uint64_t node, SplitBlock& out) {
  if (rows.size() <= limits.max_records) {
    take_whole(std::move(rows), out);
    return;
  }
  std::optional<Split> split;
  if (limits.depth < kMaxDepth) split = best_split(table, rows, used);
  out.nodes.push_back({node, split ? split->column : kNotSplit});
  if (!split) {
    out.pairs_not_compared += pairs_of(rows.size());
    return;
  }
  out.pairs_not_compared += pairs_of(rows.size()) - split->pairs_left;
  note_use(split->column, out);
  used.push_back(split->column);
  ++limits.depth;
  for_each_part(table, *split, [&](std::vector<Row> part, std::string_view value) {
    split_into(table, std::move(part), used, limits, split_child(node, value), out);
  });
}

void split_again(const Table& table, std::vector<Row> rows, std::uint64_t node,
                 std::span<const SplitNode> nodes, SplitBlock& out) {
  const SplitNode* known = find_split(nodes, node);
  if (known == nullptr) {
    take_whole(std::move(rows), out);
    return;
  }
  if (known->column == kNotSplit) {
    out.pairs_not_compared += pairs_of(rows.size());
    return;
  }
  const Split split = order_by(table, rows, known->column);
  out.pairs_not_compared += pairs_of(rows.size()) - split.pairs_left;
  note_use(split.column, out);
  for_each_part(table, split, [&](std::vector<Row> part, std::string_view value) {
    split_again(table, std::move(part), split_child(node, value), nodes, out);
  });
}

}  // namespace

std::uint64_t split_root(std::size_t rule, std::uint64_t key) {
  return mix64(key ^ mix64(rule + 1));
}

std::uint64_t split_child(std::uint64_t node, std::string_view value) {
  return mix64(node ^ hash_bytes(value));
}

const SplitNode* find_split(std::span<const SplitNode> nodes, std::uint64_t node) {
  const auto found = std::lower_bound(
      nodes.begin(), nodes.end(), node,
      [](const SplitNode& have, std::uint64_t wanted) { return have.node < wanted; });
  return found != nodes.end() && found->node == node ? &*found : nullptr;
}

SplitBlock split_block(const Table& table, std::vector<Row> rows, std::vector<std::uint32_t> used,
                       std::uint64_t max_records, std::uint64_t root) {
  SplitBlock out;
  split_into(table, std::move(rows), std::move(used), {max_records, 0}, root, out);
  return out;
}

SplitBlock split_as_before(const Table& table, std::vector<Row> rows, std::uint64_t root,
                           std::span<const SplitNode> nodes) {
  SplitBlock out;
  split_again(table, std::move(rows), root, nodes, out);
  return out;
}

}  // namespace tessera
