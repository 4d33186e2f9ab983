#include "engine/memory_plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.hpp"
#include "tests/support/people_job.hpp"

namespace tessera {
namespace {

using testing::HasSubstr;

MemoryPlan plan_of(std::uint32_t rows) {
  return plan_memory(test::random_people(rows, 3), test::people_job_spec(LinkType::kLinkAndDedupe));
}

TEST(PlanMemory, GrowsWithTheRecords) {
  const MemoryPlan small = plan_of(1000);
  const MemoryPlan large = plan_of(4000);
  EXPECT_GT(large.table_bytes, small.table_bytes);
  // Four rules: four bytes a row each, and one rule's keys twice.
  EXPECT_EQ(large.blocking_bytes - small.blocking_bytes, 3000U * (4 * 4 + 2 * 16));
  EXPECT_GT(large.comparing_bytes, small.comparing_bytes);
}

TEST(PlanMemory, GrowsWithTheRules) {
  const Table table = test::random_people(1000, 3);
  JobSpec job = test::people_job_spec(LinkType::kLinkAndDedupe);
  const std::uint64_t four = plan_memory(table, job).total_bytes();
  job.rules.push_back(job.rules.front());
  EXPECT_EQ(plan_memory(table, job).total_bytes() - four, 4 * table.size());
}

TEST(PlanMemory, CountsWhatTheTableHolds) {
  const Table table = test::random_people(3000, 3);
  std::uint64_t codes = 0;
  for (const Column& column : table.columns) {
    codes += (column.codes.size() + column.raw_codes.size()) * sizeof(Code);
  }
  EXPECT_GT(plan_of(3000).table_bytes, codes);
}

TEST(RefuseIfTooSmall, LetsEnoughMemoryPass) {
  const MemoryPlan plan = {.table_bytes = 600, .blocking_bytes = 300, .comparing_bytes = 100};
  EXPECT_NO_THROW(refuse_if_too_small(plan, {.threads = 1, .memory_bytes = 1000}));
  EXPECT_THROW(refuse_if_too_small(plan, {.threads = 1, .memory_bytes = 999}), Error);
}

TEST(RefuseIfTooSmall, TakesNoCeilingForNone) {
  EXPECT_NO_THROW(refuse_if_too_small(plan_of(100), RunLimits{}));
}

TEST(RefuseIfTooSmall, NamesTheMemoryNeeded) {
  constexpr std::uint64_t kMebibyte = 1 << 20;
  const MemoryPlan plan = {.table_bytes = 900 * kMebibyte};
  try {
    refuse_if_too_small(plan, {.threads = 1, .memory_bytes = 512 * kMebibyte});
    FAIL() << "it was not refused";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kResource);
    EXPECT_THAT(error.what(), HasSubstr("--memory"));
    EXPECT_THAT(error.what(), HasSubstr("901 MiB"));
    EXPECT_THAT(error.what(), HasSubstr("512 MiB"));
  }
}

}  // namespace
}  // namespace tessera
