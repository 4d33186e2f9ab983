#include "registry/assign_groups.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <random>
#include <set>

namespace tessera {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

using Groups = std::vector<GroupOfPersons>;
using Before = std::vector<LastingGroup>;

TEST(AssignGroups, TheFirstAreMintedInTheirOrder) {
  const GroupAssignment assigned = assign_groups({}, Groups{{1, {1, 2}}, {0, {3}}});
  EXPECT_THAT(assigned.of, ElementsAre(-1, -2));
  EXPECT_THAT(assigned.minted, ElementsAre(-1, -2));
}

TEST(AssignGroups, WhoeverComesAndLeavesAGroupStaysItself) {
  const Before before = {{-1, true, 1, {1, 2, 3}}};
  const GroupAssignment assigned = assign_groups(before, Groups{{1, {1, 3, 4, 5}}});
  EXPECT_THAT(assigned.of, ElementsAre(-1));
  EXPECT_THAT(assigned.minted, IsEmpty());
  EXPECT_THAT(assigned.split, IsEmpty());
}

TEST(AssignGroups, TheLargerPartOfASplitKeepsTheIdentifier) {
  const Before before = {{-1, true, 1, {1, 2, 3, 4, 5}}};
  const GroupAssignment assigned = assign_groups(before, Groups{{1, {1, 2}}, {3, {3, 4, 5}}});
  EXPECT_THAT(assigned.of, ElementsAre(-2, -1));
  EXPECT_THAT(assigned.split, ElementsAre(Pair(-1, -2)));
}

TEST(AssignGroups, OfEqualPartsTheOneWithTheHeadKeepsIt) {
  const Before before = {{-1, true, 3, {1, 2, 3, 4}}};
  const GroupAssignment assigned = assign_groups(before, Groups{{1, {1, 2}}, {3, {3, 4}}});
  EXPECT_THAT(assigned.of, ElementsAre(-2, -1));
}

// By persons and heads alike the first would keep it: one of each against two persons.
TEST(AssignGroups, APersonCountsForMoreThanAHead) {
  const Before before = {{-1, true, 1, {1, 2, 3}}};
  const GroupAssignment assigned = assign_groups(before, Groups{{1, {1}}, {2, {2, 3}}});
  EXPECT_THAT(assigned.of, ElementsAre(-2, -1));
}

TEST(AssignGroups, AMergedGroupLeadsToTheOneThatMostOfItIsIn) {
  const Before before = {{-1, true, 1, {1, 2}}, {-2, true, 3, {3, 4, 5}}};
  const GroupAssignment assigned = assign_groups(before, Groups{{3, {1, 2, 3, 4, 5}}});
  EXPECT_THAT(assigned.of, ElementsAre(-2));
  EXPECT_THAT(assigned.merged, ElementsAre(Pair(-1, -2)));
}

TEST(AssignGroups, OfEqualOnesTheOlderSurvives) {
  const Before before = {{-1, true, 0, {1, 2}}, {-2, true, 0, {3, 4}}};
  const GroupAssignment assigned = assign_groups(before, Groups{{0, {1, 2, 3, 4}}});
  EXPECT_THAT(assigned.of, ElementsAre(-1));
  EXPECT_THAT(assigned.merged, ElementsAre(Pair(-2, -1)));
}

TEST(AssignGroups, AGroupWhosePersonsAreGoneIsRetired) {
  const GroupAssignment assigned = assign_groups(Before{{-1, true, 1, {1, 2}}}, Groups{});
  EXPECT_THAT(assigned.retired, ElementsAre(-1));
  EXPECT_THAT(assigned.merged, IsEmpty());
}

TEST(AssignGroups, WhereMostStandTogetherAgainTheRetiredOneLives) {
  const Before before = {{-1, false, 1, {1, 2, 3}}, {-2, true, 4, {4, 5}}};
  const GroupAssignment assigned = assign_groups(before, Groups{{4, {4, 5}}, {2, {2, 3, 6}}});
  EXPECT_THAT(assigned.of, ElementsAre(-2, -1));
  EXPECT_THAT(assigned.restored, ElementsAre(-1));
}

// Who was once of a family that is no more founds another.
TEST(AssignGroups, HalfOfARetiredGroupIsAnotherGroup) {
  const Before before = {{-1, false, 1, {1, 2}}};
  const GroupAssignment assigned = assign_groups(before, Groups{{2, {2, 6}}});
  EXPECT_THAT(assigned.of, ElementsAre(-2));
  EXPECT_THAT(assigned.restored, IsEmpty());
}

// The record of -1's only person is now held to be the person of -2.
TEST(AssignGroups, WhoseRecordBecameAnotherPersonIsStillAmongItsPersons) {
  const Before before = {{-1, true, 1, {1}}, {-2, true, 2, {2}}};
  const GroupAssignment assigned = assign_groups(before, Groups{{2, {2}, {1}}, {2, {2}, {}}});
  EXPECT_THAT(assigned.of, ElementsAre(-1, -2));
}

// One person alone in two groups: each stays what its source says.
TEST(AssignGroups, OfTheSamePersonsTheSourceGroupTells) {
  const Before before = {{-1, true, 1, {1}, {70}}, {-2, true, 1, {1}, {80}}};
  const GroupAssignment assigned =
      assign_groups(before, Groups{{1, {1}, {}, {80}}, {1, {1}, {}, {70}}});
  EXPECT_THAT(assigned.of, ElementsAre(-2, -1));
}

TEST(AssignGroups, APersonInTwoGroupsIsNotSplitOffTheFirst) {
  const Before before = {{-1, true, 1, {1, 2, 3}}};
  const GroupAssignment assigned = assign_groups(before, Groups{{1, {1, 2, 3}}, {3, {3, 4}}});
  EXPECT_THAT(assigned.of, ElementsAre(-1, -2));
  EXPECT_THAT(assigned.split, IsEmpty());
}

// ---- against every assignment there is

struct Problem {
  Before before;
  Groups now;
};

std::vector<EntityNumber> some_persons(std::mt19937& random, std::size_t most) {
  std::set<EntityNumber> persons;
  for (std::size_t i = 1 + random() % most; i > 0; --i) {
    persons.insert(static_cast<EntityNumber>(1 + random() % 8));
  }
  return {persons.begin(), persons.end()};
}

Problem random_problem(std::mt19937& random) {
  Problem problem;
  for (std::size_t i = random() % 5; i > 0; --i) {
    LastingGroup& group = problem.before.emplace_back();
    group.number = -static_cast<GroupNumber>(problem.before.size());
    group.living = random() % 5 > 0;
    group.members = some_persons(random, 4);
    group.head = group.members[random() % group.members.size()];
    if (group.living) group.sources = {static_cast<std::int64_t>(problem.before.size())};
  }
  for (std::size_t i = random() % 5; i > 0; --i) {
    GroupOfPersons& group = problem.now.emplace_back();
    group.members = some_persons(random, 4);
    group.head = random() % 3 == 0 ? 0 : group.members[random() % group.members.size()];
    group.sources = {static_cast<std::int64_t>(1 + random() % 3)};
  }
  return problem;
}

using Kept = std::array<std::size_t, 3>;

// Persons, heads and source groups that stay if `of` says where the living groups go on.
Kept kept(const Problem& problem, const std::vector<GroupNumber>& of) {
  Kept sum{};
  for (std::size_t i = 0; i < of.size(); ++i) {
    for (const LastingGroup& group : problem.before) {
      if (!group.living || group.number != of[i]) continue;
      const std::size_t before = sum[0];
      for (const EntityNumber entity : group.members) {
        const auto& now = problem.now[i].members;
        sum[0] += std::find(now.begin(), now.end(), entity) != now.end() ? 1 : 0;
      }
      if (sum[0] == before) continue;  // without a person shared nothing goes on
      sum[1] += group.head == problem.now[i].head ? 1 : 0;
      const auto& sources = problem.now[i].sources;
      const auto has = [&](std::int64_t one) {
        return std::find(sources.begin(), sources.end(), one) != sources.end();
      };
      sum[2] +=
          static_cast<std::size_t>(std::count_if(group.sources.begin(), group.sources.end(), has));
    }
  }
  return sum;
}

Kept best(const Problem& problem, std::vector<GroupNumber>& of, std::size_t at = 0) {
  if (at == problem.now.size()) return kept(problem, of);
  Kept most = best(problem, of, at + 1);  // none goes on here
  for (const LastingGroup& group : problem.before) {
    if (!group.living || std::find(of.begin(), of.end(), group.number) != of.end()) continue;
    of[at] = group.number;
    const auto found = best(problem, of, at + 1);
    of[at] = 0;
    if (found > most) most = found;
  }
  return most;
}

TEST(AssignGroups, NoOtherAssignmentKeepsMorePersonsThenHeadsThenSourceGroups) {
  std::mt19937 random(20261126);
  for (int round = 0; round < 3000; ++round) {
    const Problem problem = random_problem(random);
    const GroupAssignment assigned = assign_groups(problem.before, problem.now);
    std::vector<GroupNumber> none(problem.now.size(), 0);
    ASSERT_EQ(kept(problem, assigned.of), best(problem, none)) << "round " << round;
  }
}

TEST(AssignGroups, EveryGroupOfBeforeIsAccountedForOnce) {
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    const Problem problem = random_problem(random);
    const GroupAssignment assigned = assign_groups(problem.before, problem.now);
    std::multiset<GroupNumber> told(assigned.of.begin(), assigned.of.end());
    ASSERT_EQ(told.count(0), 0U);
    for (const auto& [from, into] : assigned.merged) {
      told.insert(from);
      ASSERT_EQ(std::count(assigned.of.begin(), assigned.of.end(), into), 1) << "leads to a living";
    }
    for (const GroupNumber group : assigned.retired) told.insert(group);
    for (const LastingGroup& group : problem.before) {
      ASSERT_LE(told.count(group.number), 1U);
      ASSERT_TRUE(!group.living || told.count(group.number) == 1U) << "round " << round;
    }
    for (const GroupNumber group : assigned.minted) {
      ASSERT_LT(group, -static_cast<GroupNumber>(problem.before.size()));
    }
  }
}

}  // namespace
}  // namespace tessera
