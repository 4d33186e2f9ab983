// Names of blocks that are the same in every table: what an index from keys to records holds.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <vector>

#include "blocking/oversized.hpp"
#include "blocking/row_keys.hpp"
#include "blocking/rule.hpp"
#include "data/table.hpp"

namespace tessera {

/// Where a row of the block `root` falls by `splits` (ascending): the node of its part, `root`
/// itself where that was never split; 0 if the row is in no part, for it lacks the splitting value
/// or what is in the part is not compared. Cost: a look-up in `splits` per depth.
std::uint64_t split_leaf(const Table& table, Row row, std::uint64_t root,
                         std::span<const SplitNode> splits);

/// The names of the blocks that rows are in, rule by rule.
class RuleNames {
 public:
  /// REQUIRES: all outlive this.
  RuleNames(const Table& table, std::span<const BlockingRule> rules,
            std::span<const SplitNode> splits)
      : table_(table), rules_(rules), splits_(splits) {}

  /// The names of the blocks that each row is in under a rule, ordered by row, as RowKey::key. Two
  /// rows, of one table or two, share a name exactly when block_rows with `splits`
  /// (KeyNumbers::kByText) puts them into one block of the rule in a table that holds both; but two
  /// names meet by chance once in 2^64. Blocks of one row are named too. Cost: as evaluating the
  /// rule's keys, those of a part once for all rules; memory 16 bytes a name.
  std::vector<RowKey> of(std::size_t rule);

 private:
  const Table& table_;
  std::span<const BlockingRule> rules_;
  std::span<const SplitNode> splits_;
  std::map<KeyPart, PartColumns> evaluated_;
};

/// Calls visit(rule, names) for each rule in order: RuleNames.
void for_each_rule_names(
    const Table& table, std::span<const BlockingRule> rules, std::span<const SplitNode> splits,
    const std::function<void(std::size_t rule, std::vector<RowKey> names)>& visit);

}  // namespace tessera
