// The rules of the house, held against the project itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/house/house_rules.hpp"

namespace tessera::house {
namespace {

using testing::IsEmpty;

const std::vector<SourceFile>& tree() {
  static const std::vector<SourceFile> kFiles = read_tree(TESSERA_SOURCE_DIR);
  return kFiles;
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
  EXPECT_THAT(find_layer_breaches(tree()), IsEmpty());
}

TEST(House, IncludesFormNoRing) {
  EXPECT_THAT(find_include_rings(tree()), IsEmpty());
}

TEST(House, LibrariesStayInTheirPlace) {
  EXPECT_THAT(find_misplaced_libraries(tree()), IsEmpty());
}

TEST(House, HeadersSayWhatTheyAreFor) {
  EXPECT_THAT(find_bad_openings(tree()), IsEmpty());
}

TEST(House, FilesAndLinesStaySmall) {
  EXPECT_THAT(find_oversize(tree()), IsEmpty());
}

TEST(House, NoBannedWordIsUsed) {
  EXPECT_THAT(find_banned_words(tree()), IsEmpty());
}

TEST(House, SourcesAreListedByHand) {
  EXPECT_THAT(find_unlisted_sources(tree()), IsEmpty());
}

TEST(House, SourcesHaveTheirTests) {
  EXPECT_THAT(find_untested_sources(tree()), IsEmpty());
}

TEST(House, TestNamesStateAPromise) {
  EXPECT_THAT(find_unnamed_tests(tree()), IsEmpty());
}

}  // namespace
}  // namespace tessera::house
