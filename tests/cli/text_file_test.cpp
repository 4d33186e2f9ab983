#include "cli/text_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "data/error.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

TEST(TextFile, HoldsTheTextAndNothingOfAnOlderFile) {
  const test::TemporaryFolder folder;
  const std::string path = (folder.path() / "page.html").string();
  write_text_file(path, "a longer text than the next");
  write_text_file(path, "short\n");
  std::ifstream file(path);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), "short\n");
}

TEST(TextFile, SaysWhichFileCannotBeWritten) {
  try {
    write_text_file("/dev/full", "text");
    FAIL() << "a full disk was not told";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kResource);
    EXPECT_THAT(error.what(), testing::HasSubstr("/dev/full"));
  }
}

}  // namespace
}  // namespace tessera
