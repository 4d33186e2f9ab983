#include "registry/store_lock.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "data/error.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

TEST(StoreLock, IsFreeAgainWhenItsHolderGoes) {
  const test::TemporaryFolder folder;
  { const StoreLock lock(folder.path() / "s"); }
  EXPECT_NO_THROW(StoreLock(folder.path() / "s"));
}

TEST(StoreLock, AKilledHolderLeavesItFree) {
  const test::TemporaryFolder folder;
  const auto ready = folder.path() / "ready";
  const pid_t child = fork();
  if (child == 0) {
    const StoreLock lock(folder.path() / "s");
    folder.write("ready", "");
    pause();
    _exit(0);
  }
  while (!std::filesystem::exists(ready)) usleep(1000);
  try {
    const StoreLock lock(folder.path() / "s");
    ADD_FAILURE() << "two writers";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kBusy);
    EXPECT_THAT(error.what(), ::testing::HasSubstr("process " + std::to_string(child) + " "));
  }
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  EXPECT_NO_THROW(StoreLock(folder.path() / "s"));
}

TEST(StoreLock, SaysWhereItCannotBeMade) {
  try {
    const StoreLock lock("/nowhere/at/all/s");
    ADD_FAILURE() << "a lock in no folder";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kResource);
  }
}

}  // namespace
}  // namespace tessera
