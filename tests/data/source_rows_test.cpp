#include "data/source_rows.hpp"

#include <gtest/gtest.h>

namespace tessera {
namespace {

TEST(SourceRows, AreGivenForSourcesThatHaveAny) {
  const std::vector<SourceId> sources{SourceId{0}, SourceId{0}, SourceId{2}};
  const std::vector<SourceRows> blocks = rows_by_source(sources);
  ASSERT_EQ(blocks.size(), 2U);
  EXPECT_EQ(blocks[0].begin, 0U);
  EXPECT_EQ(blocks[0].end, 2U);
  EXPECT_EQ(blocks[0].source, 0U);
  EXPECT_EQ(blocks[1].begin, 2U);
  EXPECT_EQ(blocks[1].end, 3U);
  EXPECT_EQ(blocks[1].source, 2U);
}

TEST(SourceRows, NoRowsGiveNone) {
  EXPECT_TRUE(rows_by_source({}).empty());
}

}  // namespace
}  // namespace tessera
