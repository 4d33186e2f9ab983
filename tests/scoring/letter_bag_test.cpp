#include "scoring/letter_bag.hpp"

#include <gtest/gtest.h>

#include "scoring/distance.hpp"
#include "tests/reference/distance_reference.hpp"
#include "tests/scoring/sample_texts.hpp"

namespace tessera {
namespace {

using test::SampleText;

void expect_safe_bounds(const SampleText& a, const SampleText& b, const LetterBag& bag_a,
                        const LetterBag& bag_b) {
  const std::size_t common = reference::common_grams(a.wide, b.wide, 1);
  const std::uint32_t bound = common_letters_bound(bag_a, bag_b);
  ASSERT_GE(bound, common) << a.ascii << " " << b.ascii;
  ASSERT_EQ(bound, common_letters_bound(bag_b, bag_a));
  ASSERT_LE(levenshtein_bound(bag_a, bag_b),
            damerau_levenshtein(a.as_wide(), b.as_wide()));  // the least of the three distances
  const double similarity = jaro_winkler(a.as_wide(), b.as_wide());
  ASSERT_GE(jaro_winkler_bound(a.wide.size(), b.wide.size(), bound), similarity)
      << a.ascii << " " << b.ascii;
  ASSERT_GE(jaro_winkler_bound(a.wide.size(), b.wide.size(), common,
                               longest_common_prefix(a.as_wide(), b.as_wide())),
            similarity)
      << a.ascii << " " << b.ascii;
}

TEST(LetterBag, BoundsAreSafeOnAllShortTexts) {
  const auto texts = test::all_texts(6, 3);
  std::vector<LetterBag> bags;
  for (const SampleText& text : texts) bags.push_back(letter_bag(text.as_wide()));
  for (std::size_t i = 0; i < texts.size(); ++i) {
    for (std::size_t j = i % 7; j < texts.size(); j += 7) {
      expect_safe_bounds(texts[i], texts[j], bags[i], bags[j]);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(LetterBag, BoundsAreSafeOnRandomTexts) {
  for (const std::size_t longest : {10U, 40U, 120U}) {
    for (const auto& [a, b] : test::random_pairs(2000, longest, 21)) {
      expect_safe_bounds(a, b, letter_bag(a.as_wide()), letter_bag(b.as_wide()));
      if (HasFatalFailure()) return;
      ASSERT_GE(common_letters_bound(letter_bag(a.as_ascii()), letter_bag(b.as_ascii())),
                reference::common_grams(a.wide, b.wide, 1));
    }
  }
}

// Names of up to three equal letters each: the classes keep a–z apart, so the bound is the count.
TEST(LetterBag, BoundIsExactForLatinNamesWithFewRepeats) {
  const auto bound = [](std::string_view a, std::string_view b) {
    return common_letters_bound(letter_bag(ascii_text(a)), letter_bag(ascii_text(b)));
  };
  EXPECT_EQ(bound("anna", "hanna"), 4U);
  EXPECT_EQ(bound("banana", "ananas"), 5U);
  EXPECT_EQ(bound("peter", "zoya"), 0U);
  EXPECT_EQ(bound("aaaa", "aaaab"), 4U);
  EXPECT_EQ(bound("", "anna"), 0U);
}

// Beyond three repeats the bag cannot tell, and says so by a bound that is too high.
TEST(LetterBag, BoundStaysHighBeyondThreeRepeats) {
  const LetterBag four = letter_bag(ascii_text("aaaaxx"));
  const LetterBag three = letter_bag(ascii_text("aaayyy"));
  EXPECT_EQ(common_letters_bound(four, three), 3U);
  EXPECT_EQ(levenshtein_bound(four, three), 3U);
}

TEST(LetterBag, IsTheSameForBothKindsOfText) {
  EXPECT_EQ(letter_bag(ascii_text("bahadur")), letter_bag(wide_text(U"bahadur")));
}

TEST(JaroWinklerBound, RisesWithTheLettersInCommon) {
  for (std::size_t a = 0; a <= 20; ++a) {
    for (std::size_t b = 0; b <= 20; ++b) {
      for (std::size_t common = 1; common <= std::min(a, b); ++common) {
        EXPECT_GE(jaro_winkler_bound(a, b, common), jaro_winkler_bound(a, b, common - 1));
      }
    }
  }
}

TEST(JaroWinklerBound, ReachesOneOnlyForEqualLengths) {
  EXPECT_EQ(jaro_winkler_bound(6, 6, 6), 1.0);
  EXPECT_LT(jaro_winkler_bound(6, 7, 6), 1.0);
  EXPECT_EQ(jaro_winkler_bound(6, 6, 0), 0.0);
  EXPECT_EQ(jaro_winkler_bound(0, 0, 0), 1.0);
}

}  // namespace
}  // namespace tessera
