#include "engine/candidates.hpp"

#include <gtest/gtest.h>

#include <set>

#include "blocking/oversized.hpp"
#include "tests/support/people_job.hpp"

namespace tessera {
namespace {

Members members_of_sizes(const std::vector<std::uint32_t>& sizes) {
  Members members;
  members.starts = {0};
  for (const std::uint32_t size : sizes) {
    for (std::uint32_t i = 0; i < size; ++i)
      members.rows.push_back(static_cast<Row>(members.rows.size()));
    members.starts.push_back(static_cast<std::uint32_t>(members.rows.size()));
  }
  return members;
}

TEST(PlanTasks, EveryPairIsInExactlyOneTask) {
  const Members members = members_of_sizes({2, 3, 100, 2, 2, 50, 7});
  for (const std::uint64_t per_task : {1ULL, 10ULL, 100ULL, 100000ULL}) {
    std::multiset<std::pair<Row, Row>> pairs;
    for (const PairTask& task : plan_tasks(members, per_task)) {
      for (BlockNumber b = task.first_block; b <= task.last_block; ++b) {
        const std::uint64_t from = members.starts[b - 1];
        const auto size = static_cast<std::uint32_t>(members.starts[b] - from);
        const bool slice = task.left_to != 0;
        for (std::uint32_t i = slice ? task.left_from : 0; i < (slice ? task.left_to : size - 1);
             ++i) {
          for (std::uint32_t j = i + 1; j < size; ++j) {
            pairs.insert({members.rows[from + i], members.rows[from + j]});
          }
        }
      }
    }
    const std::uint64_t all =
        pairs_of(2) * 3 + pairs_of(3) + pairs_of(100) + pairs_of(50) + pairs_of(7);
    EXPECT_EQ(pairs.size(), all) << per_task;
    EXPECT_EQ((std::set<std::pair<Row, Row>>(pairs.begin(), pairs.end()).size()), all) << per_task;
  }
}

TEST(PlanTasks, ALargeBlockIsSharedOut) {
  const std::vector<PairTask> tasks = plan_tasks(members_of_sizes({1000}), 10000);
  EXPECT_GT(tasks.size(), 40U);
}

TEST(PlanTasks, NoBlocksNoTasks) {
  EXPECT_TRUE(plan_tasks(members_of_sizes({}), 10).empty());
}

TEST(WalkedTable, ListsTheSameMembersFromTheRowsAlone) {
  const test::PeopleJob people(400, 5, 2, LinkType::kLinkAndDedupe);
  WalkedTable walked = people.walked();
  std::vector<Members> before;
  for (std::size_t r = 0; r < people.blocking.rules.size(); ++r) {
    before.push_back(walked.list_members(r));
  }
  walked.drop_numbers();
  const std::size_t last = people.blocking.rules.size() - 1;  // in no row: no rule comes after it
  ASSERT_TRUE(people.blocking.rules[last].is_single());
  for (std::size_t r = 0; r <= last; ++r) {
    EXPECT_EQ(walked.blocking().rules[r].single.empty(), r != last);
    EXPECT_EQ(walked.list_members(r).rows, before[r].rows);
    EXPECT_EQ(walked.list_members(r).starts, before[r].starts);
  }
}

}  // namespace
}  // namespace tessera
