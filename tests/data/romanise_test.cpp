#include "data/romanise.hpp"

#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include "data/unicode.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

TEST(Romanise, GivesWhatTheTableSays) {
  for (const auto& row : test::read_cases("romanise.tsv")) {
    EXPECT_EQ(romanise(fold(row.at(0))), row.at(1)) << row[0] << ": " << row.at(2);
  }
}

TEST(Romanise, LeavesItsOwnResultAlone) {
  for (const auto& row : test::read_cases("romanise.tsv")) {
    const std::string once = romanise(fold(row.at(0)));
    EXPECT_EQ(romanise(once), once) << row[0];
  }
}

TEST(Romanise, LeavesAsciiAlone) {
  std::string text;
  for (char c = ' '; c < 0x7f; ++c) text += c;
  EXPECT_EQ(romanise(text), text);
  EXPECT_EQ(romanise(""), "");
}

TEST(HasOtherScript, HoldsForScriptsOnly) {
  for (const char* text : {"सुरेश", "محمد", "сергеи", "ស្រី", "ተስፋዬ", "ana सीता", "γιωργοσ"}) {
    EXPECT_TRUE(has_other_script(text)) << text;
  }
  for (const char* text : {"", "suresh", "josé", "nguyễn", "ŋgugi", "d’angelo", "5 ½"}) {
    EXPECT_FALSE(has_other_script(text)) << text;
  }
}

Dictionary names(int repeats) {
  DictionaryBuilder values;
  for (int i = 0; i < repeats; ++i) {
    for (const char* name : {"suresh", "सुरेश", "محمد", "josé", "ស្រី"}) {
      values.intern(name + std::string(" ") + std::to_string(i));
    }
  }
  return std::move(values).finish();
}

TEST(RomaniseValues, HoldsThoseOfOtherScripts) {
  const Dictionary values = names(1);
  const Romanised romanised = romanise_values(values);
  EXPECT_FALSE(romanised.empty());
  EXPECT_EQ(romanised.of(1), "");
  EXPECT_EQ(romanised.of(2), "suresa 0");
  EXPECT_EQ(romanised.of(3), "mhmd 0");
  EXPECT_EQ(romanised.of(4), "");
  EXPECT_EQ(romanised.of(5), "srei 0");
  EXPECT_EQ(romanised.of(kMissing), "");
}

TEST(RomaniseValues, OfLatinNamesIsEmpty) {
  DictionaryBuilder values;
  values.intern("suresh");
  values.intern("josé");
  EXPECT_TRUE(romanise_values(std::move(values).finish()).empty());
}

TEST(RomaniseValues, IsTheSameAtAnyThreadCount) {
  const Dictionary values = names(2'000);
  const Romanised many = romanise_values(values);
  const tbb::global_control one(tbb::global_control::max_allowed_parallelism, 1);
  const Romanised single = romanise_values(values);
  for (Code code = 1; code < values.size(); ++code) {
    ASSERT_EQ(many.of(code), single.of(code)) << values[code];
  }
}

}  // namespace
}  // namespace tessera
