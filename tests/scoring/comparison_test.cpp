// How levels are written: what is read, its canonical form, and what is refused.
#include "scoring/comparison.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

TEST(ParseLevel, ReadsEachFormAndWritesItCanonically) {
  for (const auto& row : test::read_cases("level_texts.tsv")) {
    SCOPED_TRACE(row[0]);
    const std::optional<LevelSpec> level = parse_level(row[0]);
    EXPECT_EQ(level ? level->text : "(refused)", row[1]);
  }
}

TEST(ParseLevel, ItsCanonicalFormReadsBackAsTheSame) {
  for (const auto& row : test::read_cases("level_texts.tsv")) {
    if (row[1] == "(refused)") continue;
    SCOPED_TRACE(row[1]);
    const LevelSpec first = parse_level(row[0]).value();
    const LevelSpec again = parse_level(first.text).value();
    EXPECT_EQ(again.function, first.function);
    EXPECT_EQ(again.threshold, first.threshold);
    EXPECT_EQ(again.q, first.q);
    EXPECT_EQ(again.text, first.text);
  }
}

TEST(ParseLevel, EveryFunctionNameIsUnderstood) {
  std::set<std::string_view> seen;
  for (const std::string_view name : level_function_names()) {
    EXPECT_TRUE(seen.insert(name).second) << name << " is told twice";
    const std::string text(name);
    const bool is_known = parse_level(text) || parse_level(text + " >= 1") ||
                          parse_level(text + " <= 1") || parse_level(text + " 1");
    EXPECT_TRUE(is_known) << name;
  }
}

}  // namespace
}  // namespace tessera
