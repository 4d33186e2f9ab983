#include "generate/text_errors.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "data/unicode.hpp"
#include "tests/reference/distance_reference.hpp"

namespace tessera {
namespace {

std::set<std::string> many(std::string (*slip)(std::string_view, Random&), std::string_view text) {
  std::set<std::string> results;
  Random random(1);
  for (int i = 0; i < 3000; ++i) results.insert(slip(text, random));
  return results;
}

TEST(WithTypo, IsOneEditAway) {
  for (const std::string_view text : {"Krishna", "Aïssatou", "Jean-Pierre", "አበበች"}) {
    for (const std::string& slip : many(with_typo, text)) {
      EXPECT_TRUE(is_utf8(slip));
      EXPECT_LE(reference::osa(decode_utf8(text), decode_utf8(slip)), 1U) << slip;
    }
  }
}

TEST(WithTypo, MakesEveryKindOfSlip) {
  const std::set<std::string> slips = many(with_typo, "Rabin");
  EXPECT_TRUE(slips.contains("Rabn")) << "left out";
  EXPECT_TRUE(slips.contains("Rabbin")) << "doubled";
  EXPECT_TRUE(slips.contains("Rabuin") || slips.contains("Rabkin")) << "a neighbour as well";
  EXPECT_TRUE(slips.contains("Tabin")) << "a neighbour instead, in its case";
  EXPECT_TRUE(slips.contains("Rbain")) << "swapped";
}

TEST(WithTypo, LeavesShortNamesAlone) {
  EXPECT_EQ(many(with_typo, "Om"), std::set<std::string>{"Om"});
}

TEST(WithRespelling, WritesTheSoundOtherwise) {
  const std::set<std::string> forms = many(with_respelling, "Phulmaya");
  EXPECT_TRUE(forms.contains("Fulmaya"));
  EXPECT_TRUE(forms.contains("Phoolmaya"));
  EXPECT_TRUE(forms.contains("Phulmayah"));
}

TEST(WithRespelling, KeepsTextValid) {
  for (const std::string_view text : {"Désiré", "Maïmouna", "Gbè", "Étienne"}) {
    for (const std::string& form : many(with_respelling, text)) {
      EXPECT_TRUE(is_utf8(form)) << form;
      EXPECT_FALSE(form.empty());
    }
  }
}

TEST(WithMisreading, TakesShapesForEachOther) {
  const std::set<std::string> forms = many(with_misreading, "Bimal");
  EXPECT_TRUE(forms.contains("Birnal"));
  EXPECT_TRUE(forms.contains("8imal"));
  EXPECT_TRUE(forms.contains("Bima1"));
}

TEST(WithWrongDigit, ChangesDigitsOnly) {
  for (const std::string& digits : many(with_wrong_digit, "0712 345")) {
    EXPECT_EQ(digits.size(), 8U);
    EXPECT_EQ(digits[4], ' ');
    EXPECT_NE(digits, "0712 345");
    EXPECT_EQ(
        std::count_if(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }),
        7);
  }
  EXPECT_EQ(many(with_wrong_digit, "none"), std::set<std::string>{"none"});
}

TEST(FirstLetters, CountsCodePoints) {
  EXPECT_EQ(first_letters("Élodie", 1), "É");
  EXPECT_EQ(first_letters("Om", 5), "Om");
}

TEST(InUpperCase, KnowsLatinOneAndLeavesTheRest) {
  EXPECT_EQ(in_upper_case("Aïssatou N'Diaye"), "AÏSSATOU N'DIAYE");
  EXPECT_EQ(in_upper_case("abc"), "ABC");
  EXPECT_EQ(in_upper_case("é राम"), "É राम");
}

}  // namespace
}  // namespace tessera
