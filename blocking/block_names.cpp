#include "blocking/block_names.hpp"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <algorithm>

namespace tessera {
namespace {

// Puts the row's leaf in the place of each key.
void name_by_leaves(const Table& table, std::size_t rule, std::span<const SplitNode> splits,
                    std::vector<RowKey>& keys) {
  using Range = tbb::blocked_range<std::size_t>;
  tbb::parallel_for(Range(0, keys.size(), 4096), [&](const Range& range) {
    for (std::size_t i = range.begin(); i < range.end(); ++i) {
      keys[i].key = split_leaf(table, keys[i].row, split_root(rule + 1, keys[i].key), splits);
    }
  });
  std::erase_if(keys, [](const RowKey& key) { return key.key == 0; });
}

}  // namespace

std::uint64_t split_leaf(const Table& table, Row row, std::uint64_t root,
                         std::span<const SplitNode> splits) {
  std::uint64_t node = root;
  if (splits.empty()) return node;
  for (const SplitNode* known = find_split(splits, node); known != nullptr;
       known = find_split(splits, node)) {
    if (known->column == kNotSplit) return 0;
    const Column& column = table.columns[known->column];
    const Code code = column.codes[row];
    if (code == kMissing) return 0;
    node = split_child(node, column.values[code]);
  }
  return node;
}

std::vector<RowKey> RuleNames::of(std::size_t rule) {
  std::vector<BoundPart> bound;
  for (const KeyPart& part : rules_[rule].parts) {
    auto found = evaluated_.find(part);
    if (found == evaluated_.end()) {
      found = evaluated_.emplace(part, evaluate_part(part, table_, KeyNumbers::kByText)).first;
    }
    bound.push_back(bind_part(part, table_, found->second));
  }
  std::vector<RowKey> keys = row_keys(table_.size(), bound);
  name_by_leaves(table_, rule, splits_, keys);
  return keys;
}

void for_each_rule_names(
    const Table& table, std::span<const BlockingRule> rules, std::span<const SplitNode> splits,
    const std::function<void(std::size_t rule, std::vector<RowKey> names)>& visit) {
  RuleNames names(table, rules, splits);
  for (std::size_t rule = 0; rule < rules.size(); ++rule) visit(rule, names.of(rule));
}

}  // namespace tessera
