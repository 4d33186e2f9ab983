#include "engine/memory_plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

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
  // Four rules, one of them with several keys a row, and two for training; one rule's keys.
  EXPECT_EQ(large.blocking_bytes - small.blocking_bytes, 3000U * (5 * 4 + 16 + 64));
  EXPECT_GT(large.scoring_bytes, small.scoring_bytes);
  EXPECT_GT(large.merging_bytes, small.merging_bytes);
}

TEST(PlanMemory, GrowsWithTheRules) {
  const Table table = test::random_people(1000, 3);
  JobSpec job = test::people_job_spec(LinkType::kLinkAndDedupe);
  const MemoryPlan four = plan_memory(table, job);
  for (int i = 0; i < 4; ++i) job.rules.push_back(job.rules.front());
  const MemoryPlan eight = plan_memory(table, job);
  EXPECT_EQ(eight.blocking_bytes - four.blocking_bytes, 4 * 4 * table.size());
  EXPECT_EQ(eight.scoring_bytes - four.scoring_bytes, 4 * (4 + 4) * table.size());
}

TEST(PlanMemory, CountsTheIndexRuleByItsPairs) {
  const Table table = test::random_people(1000, 3);
  JobSpec job = test::people_job_spec(LinkType::kLinkAndDedupe);
  const std::uint64_t without = plan_memory(table, job).scoring_bytes;
  job.index_rule = IndexRule{.top = 10, .few = 50, .text = ""};
  const std::uint64_t few = plan_memory(table, job).scoring_bytes;
  job.index_rule->few = IndexRule::kAll;
  const std::uint64_t all = plan_memory(table, job).scoring_bytes;
  EXPECT_GT(few, without + 1000 * 8);
  EXPECT_EQ(all - few, 1000U * 10 * 40 * 3 / 4);
}

TEST(PlanMemory, CountsWhatTheTableHolds) {
  const Table table = test::random_people(3000, 3);
  std::uint64_t codes = 0;
  for (const Column& column : table.columns) {
    codes += (column.codes.size() + column.raw_codes.size()) * sizeof(Code);
  }
  EXPECT_GT(plan_of(3000).table_bytes, codes);
}

TEST(MustSpill, SparesTheColdPartUntilMerging) {
  const MemoryPlan plan = {.table_bytes = 600,
                           .blocking_bytes = 300,
                           .scoring_bytes = 450,
                           .scoring_spilled_bytes = 400,
                           .merging_bytes = 150,
                           .cold_bytes = 200};
  EXPECT_FALSE(must_spill(plan, {}));
  EXPECT_FALSE(must_spill(plan, {.threads = 1, .memory_bytes = 1050}));
  EXPECT_TRUE(must_spill(plan, {.threads = 1, .memory_bytes = 1049}));
  EXPECT_TRUE(must_spill(plan, {.threads = 1, .memory_bytes = 800}));  // 600 - 200 + 400
  EXPECT_THROW(must_spill(plan, {.threads = 1, .memory_bytes = 799}), Error);
  const MemoryPlan merging = {.table_bytes = 600, .merging_bytes = 350, .cold_bytes = 200};
  EXPECT_THROW(must_spill(merging, {.threads = 1, .memory_bytes = 949}), Error);  // all is needed
}

TEST(RefuseIfTooSmall, LetsEnoughMemoryPass) {
  const MemoryPlan plan = {
      .table_bytes = 600, .blocking_bytes = 300, .scoring_bytes = 400, .merging_bytes = 100};
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

// Before anything is read: a file of 300 MB, which holds nothing and is not stored either.
TEST(RefuseIfTooSmall, JudgesFilesByTheirSize) {
  constexpr std::uint64_t kMebibyte = 1 << 20;
  const std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("tessera_plan_" + std::to_string(getpid()));
  std::ofstream(path) << '\n';
  std::filesystem::resize_file(path, 300 * kMebibyte);
  SourceSpec source;
  source.path = path;
  const std::span<const SourceSpec> sources(&source, 1);
  EXPECT_NO_THROW(refuse_if_too_small(sources, {}));
  EXPECT_NO_THROW(refuse_if_too_small(sources, {.threads = 1, .memory_bytes = 214 * kMebibyte}));
  try {
    refuse_if_too_small(sources, {.threads = 1, .memory_bytes = 213 * kMebibyte});
    FAIL() << "it was not refused";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kResource);
    EXPECT_THAT(error.what(), HasSubstr("at least 215 MiB"));
  }
  std::filesystem::remove(path);
  EXPECT_NO_THROW(refuse_if_too_small(sources, {.threads = 1, .memory_bytes = 64 * kMebibyte}));
}

}  // namespace
}  // namespace tessera
