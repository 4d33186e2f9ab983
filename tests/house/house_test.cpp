// The rules of the house, held against the project itself.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/house/house_rules.hpp"

namespace tessera::house {
namespace {

const std::vector<SourceFile>& tree() {
  static const std::vector<SourceFile> kFiles = read_tree(TESSERA_SOURCE_DIR);
  return kFiles;
}

// Every breach on a line of its own.
void expect_none(const Problems& problems) {
  std::string lines;
  for (const std::string& problem : problems) lines += "  " + problem + "\n";
  EXPECT_TRUE(problems.empty()) << problems.size() << " breaches:\n" << lines;
}

TEST(House, TreeHoldsItsCode) {
  const auto holds = [](std::string_view path) {
    return std::any_of(tree().begin(), tree().end(),
                       [&](const SourceFile& file) { return file.path == path; });
  };
  EXPECT_TRUE(holds("data/table.hpp"));
  EXPECT_TRUE(holds("tests/house/house_test.cpp"));
  EXPECT_TRUE(holds("run"));
}

TEST(House, IncludesPointDownTheLayers) {
  expect_none(find_layer_breaches(tree()));
}

TEST(House, IncludesFormNoRing) {
  expect_none(find_include_rings(tree()));
}

TEST(House, LibrariesStayInTheirPlace) {
  expect_none(find_misplaced_libraries(tree()));
}

TEST(House, HeadersSayWhatTheyAreFor) {
  expect_none(find_bad_openings(tree()));
}

TEST(House, FilesAndLinesStaySmall) {
  expect_none(find_oversize(tree()));
}

TEST(House, NoBannedWordIsUsed) {
  expect_none(find_banned_words(tree()));
}

TEST(House, SourcesAreListedByHand) {
  expect_none(find_unlisted_sources(tree()));
}

TEST(House, SourcesHaveTheirTests) {
  expect_none(find_untested_sources(tree()));
}

TEST(House, TestNamesStateAPromise) {
  expect_none(find_unnamed_tests(tree()));
}

}  // namespace
}  // namespace tessera::house
