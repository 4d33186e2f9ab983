#include "report/job_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.hpp"
#include "tests/report/finished_job.hpp"

namespace tessera {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

TEST(JobFolder, HoldsTheJobAsItRan) {
  const test::FinishedJob finished;
  const JobFolder read = read_job_folder(finished.out(), {}, {}, ResultParts::kAll);
  EXPECT_THAT(read.changes, IsEmpty());
  EXPECT_EQ(read.result.pairs.size(), finished.result.links.size());
  ASSERT_EQ(read.row_of.size(), finished.result.table.size());
  for (Row row = 0; row < read.result.size(); ++row) EXPECT_EQ(read.row_of[row], row);
  EXPECT_EQ(read.clean.knowledge.size(), read.job.attributes.size());
  EXPECT_TRUE(
      read_job_folder(finished.out(), {}, {}, ResultParts::kWithoutPairs).result.pairs.empty());
}

TEST(JobFolder, SaysWhatIsNoFolderOfAJob) {
  const test::TemporaryFolder empty;
  try {
    read_job_folder(empty.path(), {}, {}, ResultParts::kAll);
    FAIL();
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("tessera link"));
  }
}

}  // namespace
}  // namespace tessera
