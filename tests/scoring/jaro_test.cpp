#include <gtest/gtest.h>

#include "scoring/distance.hpp"
#include "tests/reference/distance_reference.hpp"
#include "tests/scoring/sample_texts.hpp"

namespace tessera {
namespace {

using test::SampleText;

constexpr double kRounding = 1e-12;

void expect_twins_agree(const SampleText& a, const SampleText& b) {
  const double plain = reference::jaro(a.wide, b.wide);
  const double boosted = reference::jaro_winkler(a.wide, b.wide);
  ASSERT_NEAR(jaro(a.as_ascii(), b.as_ascii()), plain, kRounding) << a.ascii << " " << b.ascii;
  ASSERT_NEAR(jaro_winkler(a.as_ascii(), b.as_ascii()), boosted, kRounding)
      << a.ascii << " " << b.ascii;
  // Both kinds of text, and both orders, to the last bit.
  ASSERT_EQ(jaro(a.as_wide(), b.as_wide()), jaro(a.as_ascii(), b.as_ascii()));
  ASSERT_EQ(jaro_winkler(a.as_wide(), b.as_wide()), jaro_winkler(a.as_ascii(), b.as_ascii()));
  ASSERT_EQ(jaro_winkler(b.as_ascii(), a.as_ascii()), jaro_winkler(a.as_ascii(), b.as_ascii()))
      << a.ascii << " " << b.ascii;
}

TEST(Jaro, AgreesWithTheDefinitionOnAllShortTexts) {
  const auto texts = test::all_texts(5, 3);
  for (const SampleText& a : texts) {
    for (const SampleText& b : texts) {
      expect_twins_agree(a, b);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(Jaro, AgreesWithTheDefinitionOnRandomTexts) {
  for (const std::size_t longest : {12U, 64U, 70U, 200U}) {
    for (const auto& [a, b] : test::random_pairs(1500, longest, 3)) {
      expect_twins_agree(a, b);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(Jaro, FillsAWholeWord) {
  const std::string a(64, 'a');
  const std::string b = std::string(63, 'a') + "b";
  EXPECT_EQ(jaro(ascii_text(a), ascii_text(a)), 1.0);
  EXPECT_NEAR(jaro(ascii_text(a), ascii_text(b)), (63.0 / 64 + 63.0 / 64 + 1.0) / 3, kRounding);
}

TEST(Jaro, GivesOneForTwoEmptyTextsAndNoneForOne) {
  EXPECT_EQ(jaro(ascii_text(""), ascii_text("")), 1.0);
  EXPECT_EQ(jaro(ascii_text("a"), ascii_text("")), 0.0);
  EXPECT_EQ(jaro_winkler(ascii_text(""), ascii_text("a")), 0.0);
}

// dixon and dicksonx: j = 0.7667 is boosted by its prefix of 2; j = 0.6667 is not.
TEST(JaroWinkler, BoostsOnlyAboveSevenTenths) {
  EXPECT_NEAR(jaro_winkler(ascii_text("dixon"), ascii_text("dicksonx")), 0.8133333333, 1e-9);
  const double below = jaro(ascii_text("abcxxx"), ascii_text("abcyyy"));
  EXPECT_NEAR(below, (0.5 + 0.5 + 1.0) / 3, kRounding);
  EXPECT_EQ(jaro_winkler(ascii_text("abcxxx"), ascii_text("abcyyy")), below);
}

// carnes and carmo: (3/6 + 3/5 + 1) / 3 is 7/10, which the three quotients sum to from above.
TEST(JaroWinkler, MeetsRapidFuzzAtSevenTenthsItself) {
  EXPECT_EQ(jaro(ascii_text("carnes"), ascii_text("carmo")), 0.7);
  EXPECT_NEAR(jaro_winkler(ascii_text("carnes"), ascii_text("carmo")), 0.79, kRounding);
}

}  // namespace
}  // namespace tessera
