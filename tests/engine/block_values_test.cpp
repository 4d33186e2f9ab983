#include "engine/block_values.hpp"

#include <gtest/gtest.h>

#include "tests/support/people_job.hpp"

namespace tessera {
namespace {

// Whether a pair reaches the level `swapped`, by definition: it has the level, or would have it
// were its values not alike in another way.
bool is_swapped(const RecordComparer& comparer, std::size_t c, Row a, Row b) {
  if (!comparer.has_swap(c)) return false;
  const Code left = comparer.column(c).codes[a];
  const Code right = comparer.column(c).codes[b];
  if (left == kMissing || right == kMissing) return false;
  const unsigned swapped = comparer.swapped_level(c);
  return comparer.with_swap(c, a, b, left, right, swapped + 1) == swapped;
}

TEST(BlockValues, AreThoseOfTheRecords) {
  const test::PeopleJob people(300, 17, 2, LinkType::kLinkAndDedupe);
  const RecordComparer& comparer = people.comparer;
  const WalkedTable walked(people.table, people.blocking, people.space, compared_columns(comparer));
  GatheredBlock block;
  BlockValues values(comparer);
  std::size_t swapped_pairs = 0;
  for (std::size_t rule = 0; rule < people.blocking.rules.size(); ++rule) {
    const Members members = list_members(people.blocking.rules[rule]);
    for (BlockNumber b = 1; b <= people.blocking.rules[rule].blocks; ++b) {
      block.gather(walked, rule, members, b);
      values.gather(block);
      values.gather_signatures(block);
      for (std::uint32_t i = 0; i < block.size(); ++i) {
        for (std::size_t c = 0; c < comparer.comparisons(); ++c) {
          const Code code = comparer.column(c).codes[block.record(i).row];
          ASSERT_EQ(block.code(i, c), code);
          if (code == kMissing || !comparer.level_bound(c).is_useful()) continue;
          ASSERT_EQ(values.signature(i, c).bag, comparer.level_bound(c).signature(code).bag);
        }
        for (std::uint32_t j = i + 1; j < block.size(); ++j) {
          const std::uint32_t swapped = values.swapped(block, i, j);
          for (std::size_t c = 0; c < comparer.comparisons(); ++c) {
            ASSERT_EQ((swapped >> c & 1) != 0,
                      is_swapped(comparer, c, block.record(i).row, block.record(j).row));
          }
          swapped_pairs += swapped != 0 ? 1 : 0;
        }
      }
    }
  }
  EXPECT_GT(swapped_pairs, 0U);
}

}  // namespace
}  // namespace tessera
