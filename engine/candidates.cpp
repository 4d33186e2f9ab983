#include "engine/candidates.hpp"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_invoke.h>

#include <algorithm>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "blocking/oversized.hpp"
#include "data/free_memory.hpp"
#include "data/huge_pages.hpp"

namespace tessera {
namespace {

constexpr Row kRowsPerTask = 1 << 14;
constexpr std::size_t kSlack = 32;  // words behind the last row: rows are read in whole vectors

std::uint64_t block_size(const Members& members, BlockNumber block) {
  return std::uint64_t{members.starts[block]} - members.starts[block - 1];
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

// Four codes or blocks. They begin anywhere: a vector in memory would have to begin where vectors
// do.
using Lanes = std::uint32_t __attribute__((vector_size(16)));

Lanes lanes_at(const std::uint32_t* from, std::size_t l) {
  Lanes lanes;
  std::memcpy(&lanes, from + 4 * l, sizeof(lanes));
  return lanes;
}

// The lanes in which two vectors are equal, bit by bit.
std::uint32_t equal_lanes(const Lanes& a, const Lanes& b) {
  const auto equal = a == b;
#ifdef __SSE2__
  return static_cast<std::uint32_t>(_mm_movemask_ps(reinterpret_cast<__m128>(equal)));
#else
  std::uint32_t bits = 0;
  for (unsigned l = 0; l < 4; ++l) bits |= (equal[l] != 0 ? 1U : 0U) << l;
  return bits;
#endif
}

std::uint64_t bits_of_several(const Blocking& blocking, Row row) {
  std::uint64_t bits = 0;
  for (std::size_t r = 0; r < blocking.rules.size(); ++r) {
    if (blocking.rules[r].is_single()) continue;
    for (const BlockNumber block : blocking.rules[r].of(row)) {
      bits |= std::uint64_t{1} << (mix64((std::uint64_t{r} << 32) | block) & 63);
    }
  }
  return bits;
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

bool may_be_linked(const PairSpace& space, SourceId a, SourceId b) {
  if (a != b) return space.scope != PairScope::kWithinSource;
  return space.scope != PairScope::kAcrossSources &&
         (space.closed.empty() || !space.closed[static_cast<std::size_t>(a)]);
}

bool may_be_linked(const Table& table, const PairSpace& space, Row left, Row right) {
  return may_be_linked(space, table.row_source[left], table.row_source[right]);
}

bool several_made_earlier(const Blocking& blocking, std::size_t rule, Row left, Row right) {
  for (std::size_t r = 0; r < rule; ++r) {
    const RuleBlocks& earlier = blocking.rules[r];
    if (!earlier.is_single() && first_shared(earlier.of(left), earlier.of(right)) != 0) return true;
  }
  return false;
}

bool is_first_shared(const RuleBlocks& rule, BlockNumber block, Row left, Row right) {
  return rule.is_single() || first_shared(rule.of(left), rule.of(right)) == block;
}

std::vector<const Column*> compared_columns(const RecordComparer& comparer) {
  std::vector<const Column*> columns;
  for (std::size_t c = 0; c < comparer.comparisons(); ++c) columns.push_back(&comparer.column(c));
  return columns;
}

WalkedTable::WalkedTable(const Table& table, Blocking blocking, const PairSpace& space,
                         std::span<const Column* const> columns)
    : table_(table), blocking_(std::move(blocking)), space_(space) {
  Singles singles;
  for (const RuleBlocks& rule : blocking_.rules) {
    earlier_rules_.push_back(singles.size());
    if (rule.is_single()) {
      singles.push_back(&rule.single);
    } else {
      any_several_ = true;
    }
  }
  if (!blocking_.rules.empty() && blocking_.rules.back().is_single()) singles.pop_back();
  columns_ = columns.size();
  singles_ = singles.size();
  stride_ = (1 + columns_ + singles_ + (any_several_ ? 2 : 0) + 3) / 4 * 4;
  words_ = new_in_huge_pages<Code>(std::size_t{table.size()} * stride_ + kSlack);
  std::fill_n(words_.get() + std::size_t{table.size()} * stride_, kSlack, Code{0});
  tbb::parallel_for(tbb::blocked_range<Row>(0, table.size(), kRowsPerTask), [&](const auto& rows) {
    for (Row row = rows.begin(); row < rows.end(); ++row) fill(row, columns, singles);
  });
}

void WalkedTable::fill(Row row, std::span<const Column* const> columns, const Singles& singles) {
  Code* const first = words_.get() + std::size_t{row} * stride_;
  Code* to = first + singles_;
  for (const std::vector<BlockNumber>* single : singles) {
    const BlockNumber block = (*single)[row];
    *--to = block != 0 ? block : BlockNumber{0x8000'0000U | row};
  }
  to = first + singles_;
  Head head{0, table_.row_source[row]};
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const Code code = columns[c]->codes[row];
    *to++ = code;
    head.present |= static_cast<std::uint16_t>((code != kMissing ? 1U : 0U) << c);
  }
  *to++ = std::bit_cast<Code>(head);
  if (any_several_) {
    const std::uint64_t bits = bits_of_several(blocking_, row);
    std::memcpy(to, &bits, sizeof bits);
    to += sizeof bits / sizeof *to;
  }
  std::fill(to, first + stride_, Code{0});
}

void WalkedTable::drop_numbers() {
  for (std::size_t r = 0; r < blocking_.rules.size(); ++r) {
    if (earlier_rules_[r] < singles_) give_back(blocking_.rules[r].single);
  }
}

Members WalkedTable::list_members(std::size_t rule) const {
  const RuleBlocks& blocks = blocking_.rules[rule];
  if (!blocks.is_single() || !blocks.single.empty()) return tessera::list_members(blocks);
  RuleBlocks listed;
  listed.blocks = blocks.blocks;
  listed.single.resize(table_.size());
  const std::size_t place = singles_ - 1 - earlier_rules_[rule];
  tbb::parallel_for(tbb::blocked_range<Row>(0, table_.size(), kRowsPerTask), [&](const auto& rows) {
    for (Row row = rows.begin(); row < rows.end(); ++row) {
      const BlockNumber block = words(row)[place];
      listed.single[row] = block <= blocks.blocks ? block : 0;
    }
  });
  return tessera::list_members(listed);
}

void for_each_rule(const WalkedTable& walked,
                   const std::function<void(std::size_t rule, const Members& members)>& visit) {
  const std::size_t rules = walked.blocking().rules.size();
  Members next;
  const auto list = [&](std::size_t rule) {
    if (rule < rules) next = walked.list_members(rule);
  };
  list(0);
  for (std::size_t rule = 0; rule < rules; ++rule) {
    const Members members = std::move(next);
    tbb::parallel_invoke([&] { visit(rule, members); }, [&] { list(rule + 1); });
  }
}

void GatheredBlock::gather(const WalkedTable& walked, std::size_t rule, const Members& members,
                           BlockNumber block) {
  constexpr std::size_t kAhead = 24;  // rows: about the time that one takes to arrive
  walked_ = &walked;
  rule_ = rule;
  block_ = block;
  const std::uint64_t begin = members.starts[block - 1];
  const std::size_t size = members.starts[block] - begin;
  column_lanes_ = walked.code_lanes();
  earlier_lanes_ = walked.earlier_lanes(rule);
  earlier_in_last_ = (1U << (walked.earlier_rules(rule) + 4 - 4 * earlier_lanes_)) - 1;
  records_.resize(size);
  codes_.resize(size * kMaxComparisons);
  bool one_source = true;
  for (std::size_t k = 0; k < size; ++k) {
    if (begin + k + kAhead < members.rows.size()) {
      walked.prefetch(members.rows[begin + k + kAhead], walked.earlier_rules(rule));
    }
    const Row row = members.rows[begin + k];
    records_[k] = {row, walked.head(row), walked.earlier(row, rule)};
    one_source = one_source && records_[k].head.source == records_[0].head.source;
    const auto* codes = walked.codes(row);
    auto* to = codes_.data() + k * kMaxComparisons;
    for (std::size_t l = 0; l < column_lanes_; ++l) {
      std::memcpy(to + 4 * l, codes + 4 * l, sizeof(Lanes));
    }
  }
  const PairSpace& space = walked.space();
  any_linkable_ = space.scope == PairScope::kAnyPair &&
                  std::find(space.closed.begin(), space.closed.end(), true) == space.closed.end();
  any_linkable_ = any_linkable_ || (one_source && space.scope == PairScope::kWithinSource);
  slow_ = walked.earlier_rules(rule) < rule || !walked.blocking().rules[rule].is_single();
}

std::uint32_t GatheredBlock::equal_columns(std::uint32_t i, std::uint32_t j) const {
  const auto* a = codes(i);
  const auto* b = codes(j);
  std::uint32_t equal = 0;
  for (std::size_t l = 0; l < column_lanes_; ++l) {
    equal |= equal_lanes(lanes_at(a, l), lanes_at(b, l)) << (4 * l);
  }
  return equal;
}

bool GatheredBlock::made_before(std::uint32_t i, std::uint32_t j) const {
  const auto* a = records_[i].earlier;
  const auto* b = records_[j].earlier;
  if (earlier_lanes_ == 0) return false;
  const std::size_t last = earlier_lanes_ - 1;
  std::uint32_t shared = equal_lanes(lanes_at(a, last), lanes_at(b, last)) & earlier_in_last_;
  for (std::size_t l = 0; l < last; ++l) {
    shared |= equal_lanes(lanes_at(a, l), lanes_at(b, l));
  }
  return shared != 0;
}

bool GatheredBlock::owns(std::uint32_t i, std::uint32_t j) const {
  const GatheredRecord& a = records_[i];
  const GatheredRecord& b = records_[j];
  if (!any_linkable_ && !may_be_linked(walked_->space(), a.head.source, b.head.source))
    return false;
  if (made_before(i, j)) return false;
  if (!slow_) return true;
  const Blocking& blocking = walked_->blocking();
  return is_first_shared(blocking.rules[rule_], block_, a.row, b.row) &&
         (!walked_->may_share_several(a.row, b.row) ||
          !several_made_earlier(blocking, rule_, a.row, b.row));
}

}  // namespace tessera
