#include "generate/block_file.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "data/error.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

std::string content(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

TEST(BlockFile, AppearsWhenCommitted) {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "a.csv";
  BlockFile file(path);
  file.append("one\n");
  file.append("");
  file.append("two\n");
  EXPECT_FALSE(std::filesystem::exists(path));
  file.commit();
  EXPECT_EQ(content(path), "one\ntwo\n");
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "a.csv.partial"));
}

TEST(BlockFile, LeavesNothingBehindWithoutCommit) {
  const test::TemporaryFolder folder;
  { BlockFile(folder.path() / "a.csv").append("one\n"); }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(BlockFile, AnOldFileStaysUntilTheCommit) {
  const test::TemporaryFolder folder;
  const auto path = folder.write("a.csv", "old\n");
  {
    BlockFile file(path);
    file.append("unfinished");
  }
  EXPECT_EQ(content(path), "old\n");
}

TEST(BlockFile, SaysWhereItCannotWrite) {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "absent" / "a.csv";
  try {
    BlockFile file(path);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kResource);
    EXPECT_NE(error.where().find("a.csv"), std::string::npos);
  }
}

TEST(BlockFile, AFullDiskIsAnError) {
  // A device that is always full stands for the disk; its link has the name that a partial file
  // gets.
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "/dev/full is not there";
  const test::TemporaryFolder folder;
  std::filesystem::create_symlink("/dev/full", folder.path() / "a.csv.partial");
  BlockFile file(folder.path() / "a.csv");
  EXPECT_THROW(file.append("one\n"), Error);
}

}  // namespace
}  // namespace tessera
