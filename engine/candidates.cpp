#include "engine/candidates.hpp"

#include <algorithm>

#include "blocking/oversized.hpp"

namespace tessera {
namespace {

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

void GatheredBlock::gather(const Blocking& blocking, std::size_t rule, const Members& members,
                           BlockNumber block, const Table& table, const PairSpace& space,
                           std::span<const Column* const> columns) {
  blocking_ = &blocking;
  space_ = &space;
  rule_ = rule;
  block_ = block;
  rows_.assign(members.rows.begin() + static_cast<std::ptrdiff_t>(members.starts[block - 1]),
               members.rows.begin() + static_cast<std::ptrdiff_t>(members.starts[block]));
  const std::size_t size = rows_.size();
  sources_.resize(size);
  for (std::size_t k = 0; k < size; ++k) {
    sources_[k] = static_cast<std::uint16_t>(table.row_source[rows_[k]]);
  }
  one_source_ = std::all_of(sources_.begin(), sources_.end(),
                            [this](std::uint16_t source) { return source == sources_[0]; });
  codes_.resize(size * columns.size());
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const std::vector<Code>& codes = columns[c]->codes;
    for (std::size_t k = 0; k < size; ++k) codes_[c * size + k] = codes[rows_[k]];
  }
  earlier_rules_ = 0;
  earlier_several_ = false;
  earlier_.clear();
  for (std::size_t r = 0; r < rule; ++r) {
    if (!blocking.rules[r].is_single()) {
      earlier_several_ = true;
      continue;
    }
    ++earlier_rules_;
    const std::vector<BlockNumber>& single = blocking.rules[r].single;
    for (const Row row : rows_) earlier_.push_back(single[row]);
  }
}

std::uint32_t GatheredBlock::mark_linkable(std::uint32_t i,
                                           std::vector<std::uint8_t>& marks) const {
  const std::uint32_t size = this->size();
  marks.resize(size);
  const std::uint16_t source = sources_[i];
  const bool same_allowed = space_->scope != PairScope::kAcrossSources &&
                            (space_->closed.empty() || !space_->closed[source]);
  const bool other_allowed = space_->scope != PairScope::kWithinSource;
  if (one_source_) {
    std::fill(marks.begin() + i + 1, marks.end(), same_allowed ? 1 : 0);
  } else {
    for (std::uint32_t j = i + 1; j < size; ++j) {
      marks[j] = (sources_[j] == source ? same_allowed : other_allowed) ? 1 : 0;
    }
  }
  if (!blocking_->rules[rule_].is_single()) {
    const std::span<const BlockNumber> mine = blocking_->rules[rule_].of(rows_[i]);
    for (std::uint32_t j = i + 1; j < size; ++j) {
      if (marks[j] != 0 && first_shared(mine, blocking_->rules[rule_].of(rows_[j])) != block_) {
        marks[j] = 0;
      }
    }
  }
  std::uint32_t marked = 0;
  for (std::uint32_t j = i + 1; j < size; ++j) marked += marks[j];
  return marked;
}

bool GatheredBlock::earlier_shared(std::uint32_t i, std::uint32_t j) const {
  for (std::size_t r = 0; r < rule_; ++r) {
    const RuleBlocks& rule = blocking_->rules[r];
    if (!rule.is_single() && first_shared(rule.of(rows_[i]), rule.of(rows_[j])) != 0) return true;
  }
  return false;
}

std::uint32_t GatheredBlock::mark_owned(std::uint32_t i, std::vector<std::uint8_t>& marks) const {
  if (mark_linkable(i, marks) == 0) return 0;
  const std::uint32_t size = this->size();
  for (std::size_t r = 0; r < earlier_rules_; ++r) {
    const BlockNumber* blocks = earlier_.data() + r * size;
    const BlockNumber mine = blocks[i];
    if (mine == 0) continue;
    for (std::uint32_t j = i + 1; j < size; ++j) marks[j] &= blocks[j] != mine ? 1 : 0;
  }
  if (earlier_several_) {
    for (std::uint32_t j = i + 1; j < size; ++j) {
      if (marks[j] != 0 && earlier_shared(i, j)) marks[j] = 0;
    }
  }
  std::uint32_t marked = 0;
  for (std::uint32_t j = i + 1; j < size; ++j) marked += marks[j];
  return marked;
}

}  // namespace tessera
