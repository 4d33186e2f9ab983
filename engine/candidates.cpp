#include "engine/candidates.hpp"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <algorithm>

#include "blocking/oversized.hpp"

namespace tessera {
namespace {

constexpr Row kRowsPerTask = 1 << 14;

std::uint64_t block_size(const Members& members, BlockNumber block) {
  return members.starts[block] - members.starts[block - 1];
}

void slice_block(BlockNumber block, std::uint64_t size, std::uint64_t pairs_per_task,
                 std::vector<PairTask>& tasks) {
  std::uint64_t pairs = 0;
  std::uint32_t from = 0;
  for (std::uint32_t left = 0; left + 1 < size; ++left) {
    pairs += size - 1 - left;
    if (pairs >= pairs_per_task || left + 2 == size) {
      tasks.push_back({block, block, from, left + 1});
      from = left + 1;
      pairs = 0;
    }
  }
}

// The first block that two rows share under a rule with several blocks a row; 0 if none.
BlockNumber first_shared(std::span<const BlockNumber> a, std::span<const BlockNumber> b) {
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) return a[i];
    if (a[i] < b[j]) {
      ++i;
    } else {
      ++j;
    }
  }
  return 0;
}

}  // namespace

std::vector<PairTask> plan_tasks(const Members& members, std::uint64_t pairs_per_task) {
  std::vector<PairTask> tasks;
  const auto blocks = static_cast<BlockNumber>(members.starts.size() - 1);
  BlockNumber first = 1;
  std::uint64_t pairs = 0;
  for (BlockNumber block = 1; block <= blocks; ++block) {
    const std::uint64_t size = block_size(members, block);
    if (pairs_of(size) > pairs_per_task) {
      if (first < block) tasks.push_back({first, block - 1, 0, 0});
      slice_block(block, size, pairs_per_task, tasks);
      first = block + 1;
      pairs = 0;
      continue;
    }
    pairs += pairs_of(size) + size;
    if (pairs >= pairs_per_task) {
      tasks.push_back({first, block, 0, 0});
      first = block + 1;
      pairs = 0;
    }
  }
  if (first <= blocks) tasks.push_back({first, blocks, 0, 0});
  return tasks;
}

bool may_be_linked(const Table& table, const PairSpace& space, Row left, Row right) {
  const auto a = static_cast<std::size_t>(table.row_source[left]);
  if (table.row_source[left] != table.row_source[right]) {
    return space.scope != PairScope::kWithinSource;
  }
  return space.scope != PairScope::kAcrossSources && (space.closed.empty() || !space.closed[a]);
}

bool made_earlier(const Blocking& blocking, std::size_t rule, Row left, Row right) {
  for (std::size_t r = 0; r < rule; ++r) {
    const RuleBlocks& earlier = blocking.rules[r];
    if (earlier.is_single()) {
      if (earlier.single[left] != 0 && earlier.single[left] == earlier.single[right]) return true;
    } else if (first_shared(earlier.of(left), earlier.of(right)) != 0) {
      return true;
    }
  }
  return false;
}

bool is_first_shared(const RuleBlocks& rule, BlockNumber block, Row left, Row right) {
  return rule.is_single() || first_shared(rule.of(left), rule.of(right)) == block;
}

WalkedTable::WalkedTable(const Table& table, const Blocking& blocking, const PairSpace& space,
                         std::span<const Column* const> columns)
    : table_(table), blocking_(blocking), space_(space), columns_(columns.size()) {
  std::vector<const std::vector<BlockNumber>*> singles;
  for (const RuleBlocks& rule : blocking.rules) {
    earlier_rules_.push_back(singles.size());
    if (rule.is_single()) singles.push_back(&rule.single);
  }
  singles_ = singles.size();
  codes_.resize(std::size_t{table.size()} * columns_);
  blocks_.resize(std::size_t{table.size()} * singles_);
  tbb::parallel_for(tbb::blocked_range<Row>(0, table.size(), kRowsPerTask), [&](const auto& rows) {
    for (Row row = rows.begin(); row < rows.end(); ++row) {
      for (std::size_t c = 0; c < columns_; ++c) {
        codes_[std::size_t{row} * columns_ + c] = columns[c]->codes[row];
      }
      for (std::size_t r = 0; r < singles_; ++r) {
        blocks_[std::size_t{row} * singles_ + r] = (*singles[r])[row];
      }
    }
  });
}

void GatheredBlock::gather(const WalkedTable& walked, std::size_t rule, const Members& members,
                           BlockNumber block) {
  walked_ = &walked;
  rule_ = rule;
  block_ = block;
  has_codes_ = false;
  rows_.assign(members.rows.begin() + static_cast<std::ptrdiff_t>(members.starts[block - 1]),
               members.rows.begin() + static_cast<std::ptrdiff_t>(members.starts[block]));
  const std::size_t size = rows_.size();
  const std::size_t earlier_rules = walked.earlier_rules(rule);
  sources_.resize(size);
  earlier_.resize(size * earlier_rules);
  one_source_ = true;
  for (std::size_t k = 0; k < size; ++k) {
    sources_[k] = static_cast<std::uint16_t>(walked.table().row_source[rows_[k]]);
    one_source_ = one_source_ && sources_[k] == sources_[0];
    const BlockNumber* blocks = walked.earlier(rows_[k]);
    for (std::size_t r = 0; r < earlier_rules; ++r) earlier_[r * size + k] = blocks[r];
  }
}

void GatheredBlock::gather_codes() {
  if (has_codes_) return;
  has_codes_ = true;
  const std::size_t size = rows_.size();
  const std::size_t columns = walked_->columns();
  codes_.resize(size * columns);
  for (std::size_t k = 0; k < size; ++k) {
    const Code* codes = walked_->codes(rows_[k]);
    for (std::size_t c = 0; c < columns; ++c) codes_[c * size + k] = codes[c];
  }
}

void GatheredBlock::mark_linkable(std::uint32_t i, std::vector<std::uint8_t>& marks) const {
  const std::uint32_t size = this->size();
  const PairSpace& space = walked_->space();
  marks.resize(size);
  const std::uint16_t source = sources_[i];
  const bool same_allowed =
      space.scope != PairScope::kAcrossSources && (space.closed.empty() || !space.closed[source]);
  const bool other_allowed = space.scope != PairScope::kWithinSource;
  if (one_source_) {
    std::fill(marks.begin() + i + 1, marks.end(), same_allowed ? 1 : 0);
    return;
  }
  for (std::uint32_t j = i + 1; j < size; ++j) {
    marks[j] = (sources_[j] == source ? same_allowed : other_allowed) ? 1 : 0;
  }
}

std::uint32_t GatheredBlock::mark_owned(std::uint32_t i, std::vector<std::uint8_t>& marks) const {
  mark_linkable(i, marks);
  const std::uint32_t size = this->size();
  const std::size_t earlier_rules = walked_->earlier_rules(rule_);
  for (std::size_t r = 0; r < earlier_rules; ++r) {
    const BlockNumber* blocks = earlier_.data() + r * size;
    const BlockNumber mine = blocks[i];
    if (mine == 0) continue;
    for (std::uint32_t j = i + 1; j < size; ++j) marks[j] &= blocks[j] != mine ? 1 : 0;
  }
  const Blocking& blocking = walked_->blocking();
  const bool slow = earlier_rules < rule_ || !blocking.rules[rule_].is_single();
  std::uint32_t marked = 0;
  for (std::uint32_t j = i + 1; j < size; ++j) {
    if (slow && marks[j] != 0 &&
        (!is_first_shared(blocking.rules[rule_], block_, rows_[i], rows_[j]) ||
         (earlier_rules < rule_ && made_earlier(blocking, rule_, rows_[i], rows_[j])))) {
      marks[j] = 0;
    }
    marked += marks[j];
  }
  return marked;
}

}  // namespace tessera
