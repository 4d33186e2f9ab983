#include "engine/expected_times.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::Gt;

constexpr JobWork kMillion{.rows = 1'000'000,
                           .attributes = 11,
                           .rules = 18,
                           .comparisons = 9,
                           .trains = true,
                           .pairs = 12'815'126};

double sum(const std::array<double, kJobStages>& seconds) {
  return std::accumulate(seconds.begin(), seconds.end(), 0.0);
}

TEST(ExpectedTimes, EveryStageTakesItsTimeAndMoreWorkTakesLonger) {
  EXPECT_THAT(expected_stage_s(kMillion), Each(Gt(0.0)));
  JobWork more = kMillion;
  more.pairs = *kMillion.pairs * 2;
  EXPECT_GT(expected_stage_s(more)[4], 1.5 * expected_stage_s(kMillion)[4]);
  JobWork twice = kMillion;
  twice.rows *= 2;
  EXPECT_GT(sum(expected_stage_s(twice)), 1.3 * sum(expected_stage_s(kMillion)));
}

TEST(ExpectedTimes, AGivenModelSparesTraining) {
  JobWork given = kMillion;
  given.trains = false;
  EXPECT_LT(expected_stage_s(given)[3], expected_stage_s(kMillion)[3] / 2);
}

TEST(ExpectedTimes, LayingOutRowsIsAPartOfTraining) {
  EXPECT_GT(layout_share(kMillion), 0.05);
  EXPECT_LT(layout_share(kMillion), 0.5);
  JobWork few = kMillion;
  few.rows = 1'000;
  EXPECT_LT(layout_share(few), 0.01);
  JobWork given = kMillion;
  given.trains = false;
  EXPECT_NEAR(layout_share(given), 1.0, 1e-12);
}

TEST(ExpectedTimes, BeforeBlockingPairsAreGuessed) {
  JobWork early = kMillion;
  early.pairs.reset();
  EXPECT_NEAR(sum(expected_stage_s(early)), sum(expected_stage_s(kMillion)),
              0.3 * sum(expected_stage_s(kMillion)));
}

TEST(ExpectedTimes, RowsFollowFromSizes) {
  const test::TemporaryFolder folder;
  folder.write("a.csv", std::string(9000, 'x'));
  folder.write("b.csv.gz", std::string(9000, 'x'));
  std::vector<SourceSpec> sources(3);
  sources[0].path = folder.path() / "a.csv";
  sources[1].path = folder.path() / "b.csv.gz";
  sources[2].path = folder.path() / "absent.csv";
  EXPECT_EQ(rows_by_size(sources), 500U);
}

// Blocks of 3 and 2 rows make 3 + 1 pairs; where rows are in several, each block makes its own.
TEST(ExpectedTimes, PairsAreCountedWithinBlocks) {
  Blocking blocking;
  RuleBlocks single;
  single.single = {1, 2, 1, 0, 2, 1};
  single.blocks = 2;
  RuleBlocks several;
  several.offsets = {0, 2, 3, 5, 5, 5, 5};
  several.several = {1, 2, 2, 1, 2};
  several.blocks = 2;
  blocking.rules = {single, several};
  EXPECT_THAT(pairs_in_blocks(blocking), ElementsAre(4U, 1U + 3U));
}

}  // namespace
}  // namespace tessera
