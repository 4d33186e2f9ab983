// Each rule of the house finds a planted breach, and only that.
#include "tests/house/house_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tessera::house {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// An include line, put together so that this file does not itself hold one at the start of a line.
std::string include(std::string_view name) {
  return "#include " + std::string(name) + "\n";
}

TEST(CodeOnly, BlanksCommentsAndLiterals) {
  EXPECT_EQ(code_only("a // new\nb"), "a       \nb");
  EXPECT_EQ(code_only("a /* new\n */ b"), "a       \n    b");
  EXPECT_EQ(code_only("f(\"a \\\" new\") + 'n'"), "f(          ) +    ");
  EXPECT_EQ(code_only("R\"x(new)\" )x\" z"), "              z");
  EXPECT_EQ(code_only("1'000 + new"), "1'000 + new");
}

TEST(IncludesOf, TellsQuotedFromAngled) {
  const auto found = includes_of(include("\"data/table.hpp\"") + include("<vector>"));
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].name, "data/table.hpp");
  EXPECT_TRUE(found[0].quoted);
  EXPECT_EQ(found[1].name, "vector");
  EXPECT_FALSE(found[1].quoted);
}

TEST(LayerBreaches, PointingDownIsFine) {
  const std::vector<SourceFile> files = {{"data/a.hpp", ""},
                                         {"scoring/b.cpp", include("\"data/a.hpp\"")}};
  EXPECT_THAT(find_layer_breaches(files), IsEmpty());
}

TEST(LayerBreaches, PointingUpIsFound) {
  const std::vector<SourceFile> files = {{"data/a.cpp", include("\"engine/b.hpp\"")},
                                         {"engine/b.hpp", ""}};
  EXPECT_THAT(find_layer_breaches(files), ElementsAre("data/a.cpp: must not include engine/b.hpp"));
}

TEST(LayerBreaches, NeighboursAreFound) {
  const std::vector<SourceFile> files = {{"blocking/a.cpp", include("\"scoring/b.hpp\"")},
                                         {"report/c.cpp", include("\"generate/d.hpp\"")},
                                         {"generate/d.hpp", ""},
                                         {"scoring/b.hpp", ""}};
  EXPECT_THAT(find_layer_breaches(files),
              ElementsAre("blocking/a.cpp: must not include scoring/b.hpp",
                          "report/c.cpp: must not include generate/d.hpp"));
}

TEST(LayerBreaches, AnAbsentFileAndAnUnknownFolderAreFound) {
  const std::vector<SourceFile> files = {{"data/a.cpp", include("\"data/gone.hpp\"")},
                                         {"attic/a.cpp", ""}};
  EXPECT_THAT(
      find_layer_breaches(files),
      ElementsAre(HasSubstr("data/gone.hpp, which is not there"), HasSubstr("attic/a.cpp")));
}

TEST(IncludeRings, AChainIsFine) {
  const std::vector<SourceFile> files = {{"data/a.hpp", include("\"data/b.hpp\"")},
                                         {"data/b.hpp", include("\"data/c.hpp\"")},
                                         {"data/c.hpp", ""}};
  EXPECT_THAT(find_include_rings(files), IsEmpty());
}

TEST(IncludeRings, ARingOfThreeIsFoundOnce) {
  const std::vector<SourceFile> files = {{"data/a.hpp", include("\"data/b.hpp\"")},
                                         {"data/b.hpp", include("\"data/c.hpp\"")},
                                         {"data/c.hpp", include("\"data/a.hpp\"")}};
  EXPECT_THAT(find_include_rings(files),
              ElementsAre("data/a.hpp → data/b.hpp → data/c.hpp → data/a.hpp: a ring of includes"));
}

TEST(MisplacedLibraries, EachInItsPlaceIsFine) {
  const std::vector<SourceFile> files = {
      {"data/parquet_reader.cpp", include("<arrow/api.h>")},
      {"data/clean.cpp", include("<re2/re2.h>")},
      {"cli/main.cpp", include("<CLI/CLI.hpp>")},
      {"data/a.hpp", include("<vector>") + include("<sys/stat.h>")}};
  EXPECT_THAT(find_misplaced_libraries(files), IsEmpty());
}

TEST(MisplacedLibraries, AHeaderAWrongPlaceAndAStrangerAreFound) {
  const std::vector<SourceFile> files = {{"data/read.hpp", include("<arrow/api.h>")},
                                         {"engine/link.cpp", include("<arrow/api.h>")},
                                         {"engine/merge.cpp", include("<boost/graph.hpp>")}};
  EXPECT_THAT(find_misplaced_libraries(files),
              ElementsAre("data/read.hpp: <arrow/api.h> must not stand in a header",
                          "engine/link.cpp: <arrow/api.h> has no business here",
                          "engine/merge.cpp: <boost/graph.hpp> is of no library known here"));
}

TEST(BadOpenings, CommentThenPragmaIsFine) {
  const std::vector<SourceFile> files = {
      {"data/a.hpp", "// What for.\n//\n// More.\n#pragma once\n"}};
  EXPECT_THAT(find_bad_openings(files), IsEmpty());
}

TEST(BadOpenings, MissingPartsAreFound) {
  const std::vector<SourceFile> files = {{"data/a.hpp", "#pragma once\n"},
                                         {"data/b.hpp", "// What for.\n\nint x;\n"},
                                         {"data/c.hpp", ""}};
  EXPECT_THAT(
      find_bad_openings(files),
      ElementsAre(HasSubstr("data/a.hpp:1: does not open"), HasSubstr("data/b.hpp:2: #pragma once"),
                  HasSubstr("data/c.hpp:1: does not"), HasSubstr("data/c.hpp:1: #pragma once")));
}

TEST(Oversize, LimitsThemselvesAreFine) {
  std::string source;
  for (int i = 0; i < 400; ++i) source += "\n";
  std::string wide;
  for (int i = 0; i < 100; ++i) wide += "é";  // two bytes each: columns are code points
  EXPECT_THAT(find_oversize(std::vector<SourceFile>{{"data/a.cpp", source}, {"data/b.cpp", wide}}),
              IsEmpty());
}

TEST(Oversize, OneOverIsFound) {
  const std::vector<SourceFile> files = {{"data/a.cpp", std::string(401, '\n')},
                                         {"data/b.hpp", std::string(201, '\n')},
                                         {"data/c.cpp", "\n" + std::string(101, 'x')}};
  EXPECT_THAT(find_oversize(files),
              ElementsAre(HasSubstr("data/a.cpp: 401 lines"), HasSubstr("data/b.hpp: 201 lines"),
                          HasSubstr("data/c.cpp:2: 101 columns")));
}

TEST(BannedWords, CommentsLiteralsAndLongerWordsAreFine) {
  const std::vector<SourceFile> files = {
      {"data/a.cpp",
       "// never a random_device\nsnprintf(\"new\"); parallel_deterministic_reduce();\n"},
      {"cli/b.cpp", "std::cout << 1;"}};
  EXPECT_THAT(find_banned_words(files), IsEmpty());
}

TEST(BannedWords, EachIsFoundWithItsLine) {
  const std::vector<SourceFile> files = {{"data/a.cpp", "\nstd::random_device seed;\n"},
                                         {"data/b.cpp", "tbb::parallel_reduce(r);\n"},
                                         {"data/c.cpp", "auto* x = new int;\n"},
                                         {"engine/d.cpp", "std::cerr << 1;\n"}};
  EXPECT_THAT(find_banned_words(files),
              ElementsAre(HasSubstr("data/a.cpp:2: random_device"),
                          HasSubstr("data/b.cpp:1: parallel_reduce"),
                          HasSubstr("data/c.cpp:1: new"), HasSubstr("engine/d.cpp:1: cerr")));
}

TEST(BannedWords, APromiseWithoutAnIssueIsFound) {
  const std::string word = std::string("TO") + "DO";
  const std::vector<SourceFile> files = {{"data/a.cpp", "// " + word + "(#12): fold once.\n"},
                                         {"data/b.cpp", "// " + word + ": fold once.\n"}};
  EXPECT_THAT(find_banned_words(files), ElementsAre(HasSubstr("data/b.cpp:1:")));
}

TEST(BannedWords, AMachinesPathIsFoundInAnyFile) {
  const std::vector<SourceFile> files = {{"README.md", std::string("see /ho") + "me/ada/x\n"}};
  EXPECT_THAT(find_banned_words(files), ElementsAre(HasSubstr("README.md:1:")));
}

TEST(UnlistedSources, AWholeWordIsWanted) {
  const std::vector<SourceFile> files = {
      {"data/CMakeLists.txt", "tessera_layer(data SOURCES update.cpp # date.cpp\n)"},
      {"data/date.cpp", ""},
      {"data/update.cpp", ""},
      {"engine/update.cpp", ""}};
  EXPECT_THAT(find_unlisted_sources(files),
              ElementsAre("data/date.cpp: listed in no CMakeLists.txt",
                          "engine/update.cpp: listed in no CMakeLists.txt"));
}

TEST(UnlistedSources, AnotherFolderMayListByFolderAndName) {
  const std::vector<SourceFile> files = {
      {"tests/scoring/CMakeLists.txt", "tessera_test(em SOURCES ../reference/em_reference.cpp)"},
      {"tests/reference/em_reference.cpp", ""}};
  EXPECT_THAT(find_unlisted_sources(files), IsEmpty());
}

TEST(UntestedSources, TheTestOfItsNameIsWanted) {
  const std::vector<SourceFile> files = {
      {"data/date.cpp", ""}, {"data/clean.cpp", ""}, {"tests/data/clean_test.cpp", ""}};
  EXPECT_THAT(find_untested_sources(files),
              ElementsAre("data/date.cpp: has no tests/data/date_test.cpp"));
}

TEST(UnnamedTests, APromiseIsTwoWordsInPascalCase) {
  const std::vector<SourceFile> files = {
      {"tests/data/a_test.cpp",
       "\nTEST(Date, ReadsIso) {}\nTEST(Date, Works) {}\nTEST_F(Date, reads_iso) {}\n"}};
  EXPECT_THAT(find_unnamed_tests(files),
              ElementsAre(HasSubstr("test Works"), HasSubstr("test reads_iso")));
}

}  // namespace
}  // namespace tessera::house
