// Walks the candidate pairs of blocking rules, every pair once, in tasks of about equal size.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "blocking/blocks.hpp"
#include "data/table.hpp"
#include "scoring/pair_space.hpp"

namespace tessera {

/// A run of whole blocks, or a run of left members of one large block.
struct PairTask {
  BlockNumber first_block = 0;
  BlockNumber last_block = 0;   ///< inclusive
  std::uint32_t left_from = 0;  ///< Left members of the block; only when first_block == last_block.
  std::uint32_t left_to = 0;
};

/// Splits a rule's blocks into tasks of about `pairs_per_task` pairs, in block order.
/// Deterministic.
std::vector<PairTask> plan_tasks(const Members& members, std::uint64_t pairs_per_task);

/// Whether two rows may be linked at all.
bool may_be_linked(const Table& table, const PairSpace& space, Row left, Row right);

/// Whether some rule before `rule` makes the pair.
bool made_earlier(const Blocking& blocking, std::size_t rule, Row left, Row right);

/// Whether `block` is the first block of `rule` that holds both rows, both being in it.
bool is_first_shared(const RuleBlocks& rule, BlockNumber block, Row left, Row right);

/// What every walk over a table's blocks reads, laid out by row: a row's codes and its blocks each
/// lie together, so that a row costs two cache misses, not one per column and rule. Memory: 4 bytes
/// a row, column and rule with one block a row.
class WalkedTable {
 public:
  /// All must outlive the object. `columns`: the code columns that a walk gathers.
  WalkedTable(const Table& table, const Blocking& blocking, const PairSpace& space,
              std::span<const Column* const> columns);

  const Table& table() const { return table_; }
  const Blocking& blocking() const { return blocking_; }
  const PairSpace& space() const { return space_; }
  std::size_t columns() const { return columns_; }
  const Code* codes(Row row) const { return codes_.data() + std::size_t{row} * columns_; }
  /// The row's blocks under the rules before `rule` that have one block a row, earlier_rules(rule)
  /// of them.
  const BlockNumber* earlier(Row row) const { return blocks_.data() + std::size_t{row} * singles_; }
  std::size_t earlier_rules(std::size_t rule) const { return earlier_rules_[rule]; }

 private:
  const Table& table_;
  const Blocking& blocking_;
  const PairSpace& space_;
  std::size_t columns_ = 0;
  std::size_t singles_ = 0;
  std::vector<Code> codes_;                 // by row, then column
  std::vector<BlockNumber> blocks_;         // by row, then rule
  std::vector<std::size_t> earlier_rules_;  // per rule: rules before it with one block a row
};

/// The rows of one block, gathered so that a scan over its pairs reads memory in order.
class GatheredBlock {
 public:
  /// Takes block `block` of rule `rule`: rows, sources and the blocks of earlier rules. The object
  /// may be reused from block to block without allocating.
  void gather(const WalkedTable& walked, std::size_t rule, const Members& members,
              BlockNumber block);

  /// Gathers the codes of all columns, unless that was done since `gather`.
  void gather_codes();

  std::uint32_t size() const { return static_cast<std::uint32_t>(rows_.size()); }
  Row row(std::uint32_t i) const { return rows_[i]; }
  /// Codes of column `c` of all members, size size(). REQUIRES: gather_codes was called.
  const Code* codes(std::size_t c) const { return codes_.data() + c * rows_.size(); }

  /// For the left member i: marks[j] = 1 for each j in (i, size()) whose pair may be linked and
  /// belongs to this block of this rule — no earlier rule makes it, nor an earlier block of this
  /// rule — else 0. Returns how many are marked.
  std::uint32_t mark_owned(std::uint32_t i, std::vector<std::uint8_t>& marks) const;

 private:
  void mark_linkable(std::uint32_t i, std::vector<std::uint8_t>& marks) const;

  const WalkedTable* walked_ = nullptr;
  std::vector<Row> rows_;
  std::vector<Code> codes_;  // column-major
  std::vector<std::uint16_t> sources_;
  std::vector<BlockNumber> earlier_;  // rule-major
  std::size_t rule_ = 0;
  BlockNumber block_ = 0;
  bool one_source_ = true;
  bool has_codes_ = false;
};

}  // namespace tessera
