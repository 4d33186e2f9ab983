#include "cli/look_up_clock.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <vector>

#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

struct Told {
  double share_done = 0.0;
  bool expected = false;
};

class LookUpClockTest : public testing::Test {
 protected:
  StageWatcher watcher_ = [this](const StageProgress& progress) {
    EXPECT_EQ(progress.number, 1U);
    EXPECT_EQ(progress.of, 1U);
    told_.push_back({progress.share_done, !progress.expected_s.empty()});
  };
  std::vector<Told> told_;
};

TEST_F(LookUpClockTest, TellsHowMuchOfAFileWasRead) {
  const test::TemporaryFolder folder;
  folder.write("queries.txt", "one\ntwo\nfour\n");  // 13 bytes
  const std::string path = (folder.path() / "queries.txt").string();
  std::ifstream input(path);
  const LookUpClock clock(input, path, watcher_);
  std::string line;
  while (std::getline(input, line)) clock.tell();
  clock.tell();
  ASSERT_EQ(told_.size(), 5U);
  const double wanted[] = {0.0, 4.0 / 13, 8.0 / 13, 1.0, 1.0};
  for (std::size_t i = 0; i < told_.size(); ++i) {
    EXPECT_DOUBLE_EQ(told_[i].share_done, wanted[i]) << i;
    EXPECT_TRUE(told_[i].expected);
  }
}

// How long a pipe goes on nobody knows: no time to go is told, not a wrong one.
TEST_F(LookUpClockTest, OfAPipeOnlyThatItGoesOn) {
  std::istringstream input("one\ntwo\n");
  const LookUpClock clock(input, "standard input", watcher_);
  clock.tell();
  ASSERT_EQ(told_.size(), 2U);
  EXPECT_EQ(told_[1].share_done, 0.0);
  EXPECT_FALSE(told_[1].expected);
}

TEST_F(LookUpClockTest, WithoutAWatcherIsSilent) {
  std::istringstream input("one\n");
  const StageWatcher nobody;
  LookUpClock(input, "standard input", nobody).tell();
  EXPECT_THAT(told_, testing::IsEmpty());
}

}  // namespace
}  // namespace tessera
