// Walks the candidate pairs of blocking rules, every pair once, in tasks of about equal size.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "blocking/blocks.hpp"
#include "data/load_ahead.hpp"
#include "data/table.hpp"
#include "engine/record_comparer.hpp"
#include "scoring/pair_space.hpp"
#include "scoring/pattern.hpp"

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

/// Whether two rows, or rows of two sources, may be linked at all.
bool may_be_linked(const PairSpace& space, SourceId a, SourceId b);
bool may_be_linked(const Table& table, const PairSpace& space, Row left, Row right);

/// Whether some rule before `rule` that gives rows several blocks makes the pair.
bool several_made_earlier(const Blocking& blocking, std::size_t rule, Row left, Row right);

/// Whether `block` is the first block of `rule` that holds both rows, both being in it.
bool is_first_shared(const RuleBlocks& rule, BlockNumber block, Row left, Row right);

/// The columns that the comparisons read, in their order.
std::vector<const Column*> compared_columns(const RecordComparer& comparer);

/// What every walk over a table's blocks reads, laid out by row: its codes, its source and its
/// blocks lie in one place, so that a row costs one cache miss where eight columns and eight rules
/// are walked, not one per column and rule. Memory: 4 bytes a row, column and rule with one block a
/// row, 12 more where a rule gives rows several blocks, filled up to 16.
class WalkedTable {
 public:
  /// `table` and `space` must outlive the object. `columns`: the code columns that a walk gathers,
  /// at most kMaxComparisons.
  WalkedTable(const Table& table, Blocking blocking, const PairSpace& space,
              std::span<const Column* const> columns);

  const Table& table() const { return table_; }
  const PairSpace& space() const { return space_; }
  const Blocking& blocking() const { return blocking_; }

  /// The members of every block of a rule.
  Members list_members(std::size_t rule) const;

  /// Frees the blocks of rules with one block a row (RuleBlocks::single) but the last rule's: the
  /// rows have them too, and list_members then reads those, which takes longer. 4 bytes a row and
  /// rule.
  void drop_numbers();

  /// Forgets the rules after the first `rules`.
  void keep_rules(std::size_t rules) { blocking_.rules.resize(rules); }

  /// Vectors that hold a row's codes, and those of its blocks under the rules before `rule`.
  std::size_t code_lanes() const { return (columns_ + 3) / 4; }
  std::size_t earlier_lanes(std::size_t rule) const { return (earlier_rules_[rule] + 3) / 4; }

  /// What stands beside a row's codes.
  struct Head {
    std::uint16_t present = 0;  ///< Bit c: the code of column c is not missing.
    SourceId source{};
  };
  static_assert(sizeof(Head) == sizeof(Code));

  Head head(Row row) const { return std::bit_cast<Head>(codes(row)[columns_]); }
  const Code* codes(Row row) const { return words(row) + singles_; }
  /// The row's blocks under the rules before `rule` with one block a row, the nearest rule's first:
  /// earlier_rules(rule) of them. Where a row is in none, a number that no other row has.
  const BlockNumber* earlier(Row row, std::size_t rule) const {
    return codes(row) - earlier_rules_[rule];
  }
  std::size_t earlier_rules(std::size_t rule) const { return earlier_rules_[rule]; }

  /// False where no rule with several blocks a row gives the two rows one in common.
  bool may_share_several(Row a, Row b) const {
    return any_several_ && (several_bits(a) & several_bits(b)) != 0;
  }

  /// Asks the processor to fetch what will soon be read of a row: its codes, its head and its last
  /// `blocks` blocks.
  void prefetch(Row row, std::size_t blocks) const {
    constexpr std::size_t kLine = 64 / sizeof(Code);
    const Code* from = codes(row) - blocks;
    const Code* last = codes(row) + columns_;
    for (; from < last; from += kLine) load_ahead(from);
    load_ahead(last);
  }

 private:
  using Singles =
      std::vector<const std::vector<BlockNumber>*>;  // of the rules with one block a row
  void fill(Row row, std::span<const Column* const> columns, const Singles& singles);
  const Code* words(Row row) const { return words_.get() + std::size_t{row} * stride_; }
  /// Bits of the row's blocks under the rules with several blocks a row: rows without a bit in
  /// common share none. REQUIRES: any_several_.
  std::uint64_t several_bits(Row row) const {
    std::uint64_t bits = 0;
    std::memcpy(&bits, codes(row) + columns_ + 1, sizeof bits);
    return bits;
  }

  const Table& table_;
  Blocking blocking_;
  const PairSpace& space_;
  std::size_t columns_ = 0;
  std::size_t singles_ = 0;  // rules with one block a row, the last rule aside: earlier than none
  std::size_t stride_ = 0;
  bool any_several_ = false;
  std::unique_ptr<Code[]>
      words_;  // by row, stride_ each: blocks, latest rule first, codes, head, several_bits
  std::vector<std::size_t> earlier_rules_;  // per rule: rules before it with one block a row
};

/// Calls visit(rule, members) for each rule in order. The next rule's members are listed meanwhile.
void for_each_rule(const WalkedTable& walked,
                   const std::function<void(std::size_t rule, const Members& members)>& visit);

/// One record of a gathered block.
struct GatheredRecord {
  Row row = 0;
  WalkedTable::Head head;
  const BlockNumber* earlier = nullptr;  ///< Its blocks, as of WalkedTable::earlier.
};

/// The records of one block, gathered so that a scan over its pairs reads memory in order.
class GatheredBlock {
 public:
  /// Takes block `block` of rule `rule`. The object may be reused from block to block without
  /// allocating.
  void gather(const WalkedTable& walked, std::size_t rule, const Members& members,
              BlockNumber block);

  std::uint32_t size() const { return static_cast<std::uint32_t>(records_.size()); }
  const GatheredRecord& record(std::uint32_t i) const { return records_[i]; }
  /// Of all columns, in order.
  const Code* codes(std::uint32_t i) const {
    return codes_.data() + std::size_t{i} * kMaxComparisons;
  }
  Code code(std::uint32_t i, std::size_t c) const { return codes(i)[c]; }

  /// The columns in which two records hold one code, missing or not: bit c.
  std::uint32_t equal_columns(std::uint32_t i, std::uint32_t j) const;

  /// Whether the pair may be linked and belongs to this block of this rule: no earlier rule makes
  /// it, nor an earlier block of this rule. REQUIRES: i < j.
  bool owns(std::uint32_t i, std::uint32_t j) const;

 private:
  bool made_before(std::uint32_t i, std::uint32_t j) const;

  const WalkedTable* walked_ = nullptr;
  std::vector<GatheredRecord> records_;
  std::vector<Code> codes_;  // kMaxComparisons a record; behind its codes anything
  std::size_t earlier_lanes_ = 0;
  std::uint32_t earlier_in_last_ = 0;  // which of the last vector's blocks are of earlier rules
  std::size_t column_lanes_ = 0;
  std::size_t rule_ = 0;
  BlockNumber block_ = 0;
  bool any_linkable_ = true;  // all pairs of this block may be linked
  bool slow_ = false;         // some rule up to this one gives rows several blocks
};

}  // namespace tessera
