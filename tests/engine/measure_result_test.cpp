#include "engine/measure_result.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "tests/engine/explained_people.hpp"

namespace tessera {
namespace {

using testing::ElementsAre;

class MeasureResult : public testing::Test {
 protected:
  MeasureResult() {
    clusters_.label = people_.label;
    facts_ = measure_result({.table = people_.people.table,
                             .attributes = 3,
                             .links = people_.scored.links,
                             .clusters = clusters_,
                             .space = people_.people.space,
                             .weigher = people_.weigher,
                             .link_bits = link_bits()});
  }
  double link_bits() const { return people_.people.job.link_threshold.bits(); }
  const Table& table() const { return people_.people.table; }

  test::ExplainedPeople people_{3000};
  Clusters clusters_;
  ResultFacts facts_;
};

TEST_F(MeasureResult, FilledRecordsAddUpToTheColumnsCounts) {
  ASSERT_EQ(facts_.completeness.size(), 3U);
  for (std::size_t a = 0; a < 3; ++a) {
    std::map<SourceId, std::uint64_t> filled;
    for (Row row = 0; row < table().size(); ++row) {
      if (table().columns[a].codes[row] != kMissing) ++filled[table().row_source[row]];
    }
    for (std::size_t s = 0; s < table().sources.size(); ++s) {
      EXPECT_EQ(facts_.completeness[a].records[s], filled[static_cast<SourceId>(s)]);
    }
  }
}

TEST_F(MeasureResult, EveryKeptPairIsInOneBinAndOneCell) {
  std::uint64_t binned = 0;
  for (const ResultFacts::Bin& bin : facts_.weights) binned += bin.pairs;
  std::uint64_t placed = 0;
  for (const ResultFacts::SourcePair& of : facts_.source_pairs)
    placed += of.links + of.cut + of.review;
  EXPECT_GT(binned, 100U);
  EXPECT_EQ(binned, people_.scored.links.size());
  EXPECT_EQ(placed, people_.scored.links.size());
}

// The slow twin: the weakest link that an entity cannot do without is the greatest weight at which
// its links still connect all of its records.
double bottleneck(const std::vector<Row>& rows, std::vector<Link> links) {
  std::ranges::sort(links, std::greater(), &Link::weight_bits);
  std::map<Row, Row> part;
  for (const Row row : rows) part[row] = row;
  for (const Link& link : links) {
    const Row from = part[link.left];
    const Row to = part[link.right];
    for (auto& [row, of] : part) of = of == from ? to : of;
    if (std::ranges::all_of(part, [&](const auto& of) { return of.second == to; })) {
      return link.weight_bits;
    }
  }
  return 1e9;
}

TEST_F(MeasureResult, WeakestLinksAreThoseOfTheSlowTwin) {
  std::map<Row, std::vector<Row>> members;
  for (Row row = 0; row < table().size(); ++row) members[people_.label[row]].push_back(row);
  std::map<std::size_t, std::vector<double>> weakest;
  std::map<std::size_t, std::uint64_t> entities;
  for (const auto& [label, rows] : members) {
    ++entities[rows.size()];
    std::vector<Link> within;
    for (const Link& link : people_.scored.links) {
      if (people_.label[link.left] == label && people_.label[link.right] == label) {
        within.push_back(link);
      }
    }
    const double bits = rows.size() == 1 ? 1e9 : bottleneck(rows, within);
    if (bits < 1e9) weakest[rows.size()].push_back(bits);
  }
  ASSERT_GT(weakest.size(), 1U);
  for (const ResultFacts::Size& size : facts_.sizes) {
    EXPECT_EQ(size.entities, entities[size.records]);
    if (size.records == 1) continue;
    EXPECT_EQ(size.unlinked, size.entities - weakest[size.records].size());
    if (weakest[size.records].empty()) continue;
    // Weights within 1/16 bit are not told apart.
    EXPECT_NEAR(size.weakest_bits, std::ranges::min(weakest[size.records]), 0.0626);
    EXPECT_GE(size.median_bits + 0.0626, size.weakest_bits);
  }
}

TEST_F(MeasureResult, UnlinkableRecordsAreThoseWhoseCopyIsNoLink) {
  const RecordComparer& comparer = people_.people.comparer;
  for (std::size_t s = 0; s < table().sources.size(); ++s) {
    std::uint64_t weak = 0;
    std::uint64_t records = 0;
    for (Row row = 0; row < table().size(); ++row) {
      if (table().row_source[row] != static_cast<SourceId>(s)) continue;
      ++records;
      // The two sources have a prior of their own, twice that within one: the likelier partner.
      std::vector<Code> codes;
      for (std::size_t c = 0; c < comparer.comparisons(); ++c) {
        codes.push_back(comparer.column(c).codes[row]);
      }
      weak += people_.weigher.weight_bits(comparer.pattern(row, row), codes.data(), codes.data(),
                                          SourceId{0}, SourceId{1}) < link_bits();
    }
    EXPECT_EQ(facts_.unlinkable[s].records, weak);
    EXPECT_EQ(facts_.unlinkable[s].looked_at, records);
  }
}

TEST(SampleLinks, AreAUsualTheWeakestAndTheDoubtfulOnes) {
  const std::vector<Link> links = {{0, 1, 0, 3.5, 0},  {0, 2, 0, 20.2, 0}, {1, 2, 0, 20.7, 0},
                                   {3, 4, 0, 1.25, 0}, {5, 6, 0, 9.0, 0},  {7, 8, 0, 0.5, 0},
                                   {7, 9, 0, 5.0, 0},  {8, 9, 0, 30.0, 0}, {9, 10, 0, 20.9, 0}};
  EXPECT_THAT(sample_links(links, 4.0), ElementsAre(1, 6, 0, 5));
}

TEST(SampleLinks, NoneIsShownTwice) {
  const std::vector<Link> one = {{0, 1, 0, 9.0, 0}};
  EXPECT_THAT(sample_links(one, 4.0), ElementsAre(0));
  EXPECT_TRUE(sample_links({}, 4.0).empty());
}

}  // namespace
}  // namespace tessera
