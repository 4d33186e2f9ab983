#include "blocking/blocks.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <map>

#include "blocking/oversized.hpp"
#include "blocking/row_keys.hpp"

namespace tessera {
namespace {

using PartTable = std::map<KeyPart, PartColumns>;

// Every distinct part of the rules, evaluated once.
PartTable evaluate_parts(const Table& table, std::span<const BlockingRule> rules) {
  PartTable parts;
  std::vector<KeyPart> distinct;
  for (const BlockingRule& rule : rules) {
    for (const KeyPart& part : rule.parts) {
      if (parts.try_emplace(part).second) distinct.push_back(part);
    }
  }
  tbb::parallel_for(std::size_t{0}, distinct.size(), [&](std::size_t i) {
    const KeyPart& part = distinct[i];
    parts.find(part)->second = evaluate_part(part, table);
  });
  return parts;
}

// Numbered rows of one rule, by (block, row); a row may appear in several blocks.
struct Numbered {
  std::vector<std::pair<BlockNumber, Row>> entries;
  BlockNumber blocks = 0;
};

struct Oversized {
  std::uint64_t largest = 0;  // block of the rule, oversized or not
  std::uint64_t blocks = 0;
  std::uint64_t pairs_not_compared = 0;
  std::vector<std::uint32_t> by;
};

Numbered number_blocks(const Table& table, const BlockingRule& rule,
                       const std::vector<RowKey>& keys, std::uint64_t max_records,
                       Oversized& oversized) {
  Numbered out;
  std::vector<std::uint32_t> used;
  for (const KeyPart& part : rule.parts) {
    used.push_back(part.attribute);
    if (part.with) used.push_back(*part.with);
  }
  std::size_t start = 0;
  for (std::size_t i = 1; i <= keys.size(); ++i) {
    if (i < keys.size() && keys[i].key == keys[start].key) continue;
    const std::size_t size = i - start;
    oversized.largest = std::max<std::uint64_t>(oversized.largest, size);
    if (size > max_records) {
      std::vector<Row> rows;
      for (std::size_t k = start; k < i; ++k) rows.push_back(keys[k].row);
      const SplitBlock split = split_block(table, std::move(rows), used, max_records);
      ++oversized.blocks;
      oversized.pairs_not_compared += split.pairs_not_compared;
      for (const std::uint32_t c : split.by) {
        if (std::find(oversized.by.begin(), oversized.by.end(), c) == oversized.by.end()) {
          oversized.by.push_back(c);
        }
      }
      for (const std::vector<Row>& part : split.parts) {
        ++out.blocks;
        for (const Row row : part) out.entries.emplace_back(out.blocks, row);
      }
    } else if (size > 1) {
      ++out.blocks;
      for (std::size_t k = start; k < i; ++k) out.entries.emplace_back(out.blocks, keys[k].row);
    }
    start = i;
  }
  return out;
}

RuleBlocks index_by_row(Row rows, const Numbered& numbered, bool several) {
  RuleBlocks out;
  out.blocks = numbered.blocks;
  if (!several) {
    out.single.assign(rows, 0);
    for (const auto& [block, row] : numbered.entries) out.single[row] = block;
    return out;
  }
  out.offsets.assign(std::size_t{rows} + 1, 0);
  for (const auto& [block, row] : numbered.entries) ++out.offsets[row + 1];
  for (Row row = 0; row < rows; ++row) out.offsets[row + 1] += out.offsets[row];
  out.several.resize(numbered.entries.size());
  std::vector<std::uint32_t> next(out.offsets.begin(), out.offsets.end() - 1);
  for (const auto& [block, row] : numbered.entries) out.several[next[row]++] = block;
  return out;
}

std::string oversized_reason(const Table& table, const Oversized& oversized, std::uint64_t limit) {
  std::string reason = "block over " + std::to_string(limit) + " records";
  if (oversized.by.empty()) return reason + ", no attribute splits it";
  reason += ", split by ";
  for (std::size_t i = 0; i < oversized.by.size(); ++i) {
    reason += (i == 0 ? "" : ", ") + table.columns[oversized.by[i]].name;
  }
  return reason;
}

}  // namespace

Blocking block_rows(const Table& table, std::span<const BlockingRule> rules,
                    const BlockingOptions& options) {
  const PartTable parts = evaluate_parts(table, rules);
  Blocking blocking;
  for (const BlockingRule& rule : rules) {
    std::vector<BoundPart> bound;
    bool several = false;
    for (const KeyPart& part : rule.parts) {
      bound.push_back(bind_part(part, table, parts.at(part)));
      several = several || bound.back().several();
    }
    std::vector<RowKey> keys = row_keys(table.size(), bound);
    std::uint64_t rows_with_key = 0;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (i == 0 || keys[i].row != keys[i - 1].row) ++rows_with_key;
    }
    sort_row_keys(keys);
    Oversized oversized;
    const Numbered numbered =
        number_blocks(table, rule, keys, options.max_block_records, oversized);
    keys = {};
    blocking.rules.push_back(index_by_row(table.size(), numbered, several));
    blocking.rules.back().rows_without_key = table.size() - rows_with_key;
    blocking.rules.back().largest_block = oversized.largest;
    blocking.rules.back().blocks_split = oversized.blocks;
    if (oversized.pairs_not_compared > 0) {
      blocking.not_compared.push_back(
          {rule.text, oversized_reason(table, oversized, options.max_block_records),
           oversized.blocks, oversized.pairs_not_compared});
    }
  }
  for (Row row = 0; row < table.size(); ++row) {
    const bool blocked =
        std::any_of(blocking.rules.begin(), blocking.rules.end(),
                    [row](const RuleBlocks& rule) { return !rule.of(row).empty(); });
    if (!blocked) ++blocking.rows_in_no_block;
  }
  return blocking;
}

bool shares_block(const Blocking& blocking, Row left, Row right) {
  return std::any_of(blocking.rules.begin(), blocking.rules.end(), [&](const RuleBlocks& rule) {
    const std::span<const BlockNumber> of_right = rule.of(right);
    return std::ranges::any_of(rule.of(left), [&](BlockNumber block) {
      return std::ranges::find(of_right, block) != of_right.end();
    });
  });
}

Members list_members(const RuleBlocks& blocks) {
  Members members;
  const Row rows =
      static_cast<Row>(blocks.is_single() ? blocks.single.size() : blocks.offsets.size() - 1);
  members.starts.assign(std::size_t{blocks.blocks} + 1, 0);
  for (Row row = 0; row < rows; ++row) {
    for (const BlockNumber block : blocks.of(row)) ++members.starts[block];
  }
  for (std::size_t b = 1; b < members.starts.size(); ++b)
    members.starts[b] += members.starts[b - 1];
  members.rows.resize(members.starts.back());
  std::vector<std::uint64_t> next(members.starts.begin(), members.starts.end());
  for (Row row = 0; row < rows; ++row) {
    for (const BlockNumber block : blocks.of(row)) members.rows[next[block - 1]++] = row;
  }
  return members;
}

}  // namespace tessera
