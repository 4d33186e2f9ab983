#include "cli/text_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

TEST(TextFile, HoldsTheTextAndNothingOfAnOlderFile) {
  const test::TemporaryFolder folder;
  const std::string path = (folder.path() / "page.html").string();
  write_text_file(path, "a longer text than the next");
  write_text_file(path, "short\n");
  EXPECT_EQ(test::read_folder(folder.path()).at("page.html"), "short\n");
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
