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

/// The rows of one block, gathered so that a scan over its pairs reads memory in order.
class GatheredBlock {
 public:
  /// Gathers block `block` of rule `rule`. `space` says which sources are closed and which pairs
  /// may be linked; `columns` the code columns to gather. The object may be reused from block to
  /// block without allocating.
  void gather(const Blocking& blocking, std::size_t rule, const Members& members, BlockNumber block,
              const Table& table, const PairSpace& space, std::span<const Column* const> columns);

  std::uint32_t size() const { return static_cast<std::uint32_t>(rows_.size()); }
  Row row(std::uint32_t i) const { return rows_[i]; }
  /// Codes of column `c` of all members, size size().
  const Code* codes(std::size_t c) const { return codes_.data() + c * rows_.size(); }

  /// For the left member i: marks[j] = 1 for each j in (i, size()) whose pair may be linked and
  /// belongs to this block of this rule — no earlier rule makes it, nor an earlier block of this
  /// rule — else 0. Returns how many are marked.
  std::uint32_t mark_owned(std::uint32_t i, std::vector<std::uint8_t>& marks) const;

  /// As mark_owned, but marks every pair that may be linked, whichever rule owns it (still one
  /// block of this rule only).
  std::uint32_t mark_linkable(std::uint32_t i, std::vector<std::uint8_t>& marks) const;

 private:
  bool earlier_shared(std::uint32_t i, std::uint32_t j) const;

  std::vector<Row> rows_;
  std::vector<Code> codes_;
  std::vector<std::uint16_t> sources_;
  std::vector<BlockNumber> earlier_;  // earlier single-block rules, rule-major
  std::size_t earlier_rules_ = 0;
  const Blocking* blocking_ = nullptr;
  const PairSpace* space_ = nullptr;
  std::size_t rule_ = 0;
  BlockNumber block_ = 0;
  bool one_source_ = true;
  bool earlier_several_ = false;  // some earlier rule has rows in several blocks
};

}  // namespace tessera
