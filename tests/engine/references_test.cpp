#include "engine/references.hpp"

#include <gtest/gtest.h>

#include "scoring/frequencies.hpp"
#include "tests/support/tables.hpp"

namespace tessera {
namespace {

Model model_with_frequencies(bool adjusted) {
  Model model;
  model.comparisons.resize(1);
  model.comparisons[0].levels.resize(2);
  model.comparisons[0].levels[0].term_frequency = adjusted;
  return model;
}

TEST(References, GiveTheTableThatTaughtThemItsOwnFrequencies) {
  Table table = test::random_people(500, 1);
  const std::vector<std::uint32_t> compared = {1};
  const auto learned = learn_frequencies(table, model_with_frequencies(true), compared);
  const std::vector<double> own = term_frequencies(table.columns[1]);
  set_frequencies(table, learned);
  EXPECT_EQ(term_frequencies(table.columns[1]), own);
  EXPECT_TRUE(table.columns[0].frequencies.empty());
}

// 3 of 6 records hold x, y and z one each; w was not seen.
TEST(References, AnUnseenValueCountsAsOneRecords) {
  const Table taught = test::make_table({{"name"}}, {{"x"}, {"x"}, {"x"}, {"y"}, {"z"}, {"v"}});
  const std::vector<std::uint32_t> compared = {0};
  const auto learned = learn_frequencies(taught, model_with_frequencies(true), compared);
  Table other = test::make_table({{"name"}}, {{"w"}, {"x"}, {"y"}});
  set_frequencies(other, learned);
  EXPECT_EQ(other.columns[0].frequencies,
            (std::vector<double>{0.0, 1.0 / 6.0, 3.0 / 6.0, 1.0 / 6.0}));
}

TEST(References, AreNotLearnedWhereNoLevelAsks) {
  const Table table = test::random_people(50, 1);
  const std::vector<std::uint32_t> compared = {1};
  for (const auto& column : learn_frequencies(table, model_with_frequencies(false), compared)) {
    EXPECT_EQ(column, ColumnFrequencies{});
  }
}

}  // namespace
}  // namespace tessera
