// Groups rows by the keys of each rule; splits blocks that are too large; says what is not
// compared.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "blocking/key_values.hpp"
#include "blocking/oversized.hpp"
#include "blocking/rule.hpp"
#include "data/table.hpp"

namespace tessera {

/// Names a block of one rule, from 1; 0 = the row is in no block of the rule. Blocks of one row are
/// not numbered.
using BlockNumber = std::uint32_t;

/// Which blocks of one rule each row is in.
struct RuleBlocks {
  std::vector<BlockNumber> single;     ///< size n, if no row is in more than one block
  std::vector<std::uint32_t> offsets;  ///< else size n + 1, into several
  std::vector<BlockNumber> several;    ///< sorted per row
  BlockNumber blocks = 0;              ///< numbered 1 … blocks
  std::uint64_t rows_without_key = 0;  ///< A part was missing.
  std::uint64_t largest_block = 0;     ///< Records, before splitting.
  std::uint64_t blocks_split = 0;      ///< Oversized.

  bool is_single() const { return offsets.empty(); }

  /// The blocks of a row: none, one or several.
  std::span<const BlockNumber> of(Row row) const {
    if (is_single()) return {&single[row], single[row] == 0 ? std::size_t{0} : std::size_t{1}};
    return {several.data() + offsets[row], offsets[row + 1] - offsets[row]};
  }
};

/// Pairs that share a key but are not compared under their rule, with the reason in the user's
/// words.
struct UncomparedPairs {
  std::string rule;
  std::string reason;
  std::uint64_t blocks = 0;
  std::uint64_t pairs = 0;
};

/// All rules' blocks.
struct Blocking {
  std::vector<RuleBlocks> rules;
  std::vector<UncomparedPairs> not_compared;
  std::uint64_t rows_in_no_block = 0;  ///< Rows that no rule pairs with any other.
  /// How oversized blocks were split, ascending; only where keys are numbered by text.
  std::vector<SplitNode> splits;
};

/// The members of one rule's blocks, laid end to end.
struct Members {
  std::vector<Row> rows;  ///< ascending within a block
  /// Size blocks + 1: block b is rows[starts[b-1] … starts[b]). Of 32 bits as RuleBlocks::offsets.
  std::vector<std::uint32_t> starts;
};

struct BlockingOptions {
  /// Larger blocks are split by a further attribute's value.
  std::uint64_t max_block_records = 2000;
  /// Of all rules, each counting what it makes; where there are more, the blocks of the rules that
  /// make most are split further. 0: pair_budget of the table.
  std::uint64_t max_pairs = 0;
  KeyNumbers numbers = KeyNumbers::kByOrder;
  /// If given (ascending; numbers must be kByText): blocks are split as these say and not by size.
  const std::vector<SplitNode>* splits = nullptr;
};

/// Blocks every row under every rule. Block numbers follow the rows' keys, not threads. A row with
/// a missing part is in no block of the rule. Throws nothing on data. Cost: per rule one sort of
/// the rows' 64-bit keys; memory 4 bytes a row and rule. Two keys whose 64-bit hashes collide share
/// a block: extra candidates, never lost ones.
Blocking block_rows(const Table& table, std::span<const BlockingRule> rules,
                    const BlockingOptions& options);

/// Whether two rows share a block under a rule, or under any, so that they are compared. Cost: a
/// few look-ups a rule.
bool shares_block(const RuleBlocks& rule, Row left, Row right);
bool shares_block(const Blocking& blocking, Row left, Row right);

/// Lists the members of every block of a rule.
Members list_members(const RuleBlocks& blocks);

}  // namespace tessera
