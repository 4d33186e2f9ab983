#include "engine/explain_blocking.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "blocking/blocks.hpp"
#include "tests/support/people_job.hpp"

namespace tessera {
namespace {

using testing::ElementsAre;

// Names by prefix and year; a village in another script.
struct Villagers {
  Table table = test::make_table({{"name"}, {"birth_date", Kind::kDate}, {"village", Kind::kPlace}},
                                 {{"anna", "1990-01-02", "ram"},
                                  {"anne", "1990-05-02", "ram"},
                                  {"bert", "", "राम"},
                                  {"berta", "1990-01-02", ""}});
  JobSpec job;
  Villagers() {
    for (const Column& column : table.columns) {
      AttributeSpec attribute;
      attribute.name = column.name;
      attribute.kind = column.kind;
      job.attributes.push_back(attribute);
    }
    for (Column& column : table.columns) {
      if (has_script(column.kind)) column.romanised = romanise_values(column.values);
    }
    job.rules = {{"birth_date", {{KeyFunction::kValue, 1}}},
                 {"prefix(name,3) + year(birth_date)",
                  {{KeyFunction::kPrefix, 0, 3}, {KeyFunction::kYear, 1}}}};
  }
  ExplainedBlocking explain(Row left, Row right, bool kept = false) const {
    return explain_blocking(job, table, left, right, kept);
  }
};

TEST(ExplainBlocking, NamesTheFirstRuleThatMakesThePair) {
  const ExplainedBlocking of = Villagers().explain(0, 1);
  EXPECT_EQ(of.found_by, "prefix(name,3) + year(birth_date)");
  EXPECT_FALSE(of.rules[0].agrees);
  EXPECT_EQ(of.rules[0].keys[0].state, KeyState::kDiffer);
  EXPECT_TRUE(of.rules[1].shares_block);
  EXPECT_TRUE(of.would_find.empty());
}

TEST(ExplainBlocking, SaysWhichKeysKeepThemApart) {
  const ExplainedBlocking of = Villagers().explain(2, 3);
  EXPECT_EQ(of.found_by, "");
  EXPECT_EQ(of.rules[0].keys[0].state, KeyState::kMissingLeft);
  EXPECT_EQ(of.rules[1].keys[0].key, "prefix(name,3)");
  EXPECT_EQ(of.rules[1].keys[0].state, KeyState::kAgree);
  EXPECT_EQ(of.rules[1].keys[1].state, KeyState::kMissingLeft);
}

TEST(ExplainBlocking, ListsTheKeysThatWouldFindThemSharpestFirst) {
  const ExplainedBlocking of = Villagers().explain(2, 3);
  ASSERT_FALSE(of.would_find.empty());
  EXPECT_TRUE(std::ranges::is_sorted(of.would_find, {}, &AgreeingKey::records));
  const auto initials = std::ranges::find(of.would_find, "initials(name)", &AgreeingKey::key);
  ASSERT_NE(initials, of.would_find.end());
  EXPECT_EQ(initials->records, 2U);  // bert and berta
}

TEST(ExplainBlocking, KeysOfTwoScriptsMeetAsTheyDoInBlocks) {
  const ExplainedBlocking of = Villagers().explain(0, 2);
  const auto sound = std::ranges::find(of.would_find, "soundex(village)", &AgreeingKey::key);
  ASSERT_NE(sound, of.would_find.end());
  EXPECT_EQ(sound->records, 3U);
}

TEST(ExplainBlocking, AKeptPairThatNoRuleMakesHasCommonNeighbours) {
  EXPECT_EQ(Villagers().explain(2, 3, true).found_by, "common_neighbours");
  EXPECT_TRUE(Villagers().explain(2, 3, true).would_find.empty());
}

TEST(ExplainBlocking, ASplitBlockIsToldFromDifferentKeys) {
  Villagers villagers;
  villagers.job.max_block_records = 1;  // every block is too large
  const ExplainedBlocking of = villagers.explain(0, 3);
  EXPECT_TRUE(of.rules[0].agrees);
  EXPECT_FALSE(of.rules[0].shares_block);
  EXPECT_EQ(of.found_by, "");
  EXPECT_TRUE(of.would_find.empty());  // all their keys make blocks that are too large
}

// The same answer as blocking the whole table, for every pair and rule.
TEST(ExplainBlocking, AgreesWithTheBlocksOfTheWholeTable) {
  const test::PeopleJob people(60, 9, 2, LinkType::kLinkAndDedupe);
  for (Row left = 0; left < 60; ++left) {
    for (Row right = left + 1; right < 60; right += 3) {
      const ExplainedBlocking of = explain_blocking(people.job, people.table, left, right, true);
      std::string first;
      for (std::size_t r = 0; r < people.job.rules.size(); ++r) {
        const RuleBlocks& blocks = people.blocking.rules[r];
        const std::span<const BlockNumber> of_left = blocks.of(left);
        const std::span<const BlockNumber> of_right = blocks.of(right);
        const bool meet = std::ranges::find_first_of(of_left, of_right) != of_left.end() &&
                          blocks.blocks > 0 && (!blocks.is_single() || blocks.single[left] != 0);
        EXPECT_EQ(of.rules[r].agrees, meet);
        EXPECT_EQ(of.rules[r].shares_block, meet);
        if (meet && first.empty()) first = people.job.rules[r].text;
      }
      EXPECT_EQ(of.found_by, first.empty() ? "common_neighbours" : first);
    }
  }
}

}  // namespace
}  // namespace tessera
