#include "scoring/prepared_pattern.hpp"

#include <gtest/gtest.h>

#include "scoring/distance.hpp"
#include "tests/scoring/sample_texts.hpp"

namespace tessera {
namespace {

using test::SampleText;

void expect_plain_functions(const PreparedPattern& ascii, const PreparedPattern& wide,
                            const SampleText& a, const SampleText& b) {
  ASSERT_EQ(ascii.jaro(b.as_ascii()), jaro(a.as_ascii(), b.as_ascii())) << a.ascii << b.ascii;
  ASSERT_EQ(wide.jaro(b.as_wide()), jaro(a.as_wide(), b.as_wide())) << a.ascii << " " << b.ascii;
  ASSERT_EQ(ascii.jaro_winkler(b.as_ascii()), jaro_winkler(a.as_ascii(), b.as_ascii()))
      << a.ascii << " " << b.ascii;
  ASSERT_EQ(wide.jaro_winkler(b.as_wide()), jaro_winkler(a.as_wide(), b.as_wide()))
      << a.ascii << " " << b.ascii;
  for (const std::uint32_t limit : test::kTriedLimits) {
    ASSERT_EQ(ascii.levenshtein(b.as_ascii(), limit),
              levenshtein(a.as_ascii(), b.as_ascii(), limit));
    ASSERT_EQ(wide.levenshtein(b.as_wide(), limit), levenshtein(a.as_wide(), b.as_wide(), limit));
    ASSERT_EQ(ascii.osa(b.as_ascii(), limit), osa(a.as_ascii(), b.as_ascii(), limit));
    ASSERT_EQ(wide.osa(b.as_wide(), limit), osa(a.as_wide(), b.as_wide(), limit));
  }
}

/// The right text in ASCII as code points, to compare a mixed pair plainly.
std::u32string widened(const std::string& text) {
  return {text.begin(), text.end()};
}

TEST(PreparedPattern, EqualsThePlainFunctionsOnAllShortTexts) {
  const auto texts = test::all_texts(4, 3);
  PreparedPattern ascii;
  PreparedPattern wide;
  for (const SampleText& a : texts) {
    ascii.assign(a.as_ascii());
    wide.assign(a.as_wide());
    EXPECT_EQ(ascii.size(), a.ascii.size());
    for (const SampleText& b : texts) {
      expect_plain_functions(ascii, wide, a, b);
      if (HasFatalFailure()) return;
    }
  }
}

// One pattern object takes short, long, ASCII and wide texts in turn: nothing is left behind.
TEST(PreparedPattern, EqualsThePlainFunctionsWhateverItHeldBefore) {
  PreparedPattern ascii;
  PreparedPattern wide;
  PreparedPattern turn;
  for (const std::size_t longest : {10U, 66U, 150U}) {
    for (const auto& [a, b] : test::random_pairs(1000, longest, 5)) {
      ascii.assign(a.as_ascii());
      wide.assign(a.as_wide());
      expect_plain_functions(ascii, wide, a, b);
      if (HasFatalFailure()) return;
      turn.assign(a.as_wide());
      ASSERT_EQ(turn.jaro_winkler(b.as_wide()), wide.jaro_winkler(b.as_wide()));
      turn.assign(a.as_ascii());
      ASSERT_EQ(turn.levenshtein(b.as_ascii()), ascii.levenshtein(b.as_ascii()));
    }
  }
}

TEST(PreparedPattern, ComparesMixedPairsByCodePoint) {
  for (const auto& [a, b] : test::random_pairs(1000, 80, 6)) {
    const std::u32string wide_b = widened(b.ascii);
    const PreparedPattern wide(a.as_wide());
    const std::u32string wide_a = widened(a.ascii);
    const PreparedPattern ascii(a.as_ascii());
    ASSERT_EQ(wide.jaro_winkler(b.as_ascii()), jaro_winkler(a.as_wide(), wide_text(wide_b)));
    ASSERT_EQ(wide.levenshtein(b.as_ascii()), levenshtein(a.as_wide(), wide_text(wide_b)));
    ASSERT_EQ(wide.osa(b.as_ascii(), 5), osa(a.as_wide(), wide_text(wide_b), 5));
    ASSERT_EQ(ascii.jaro_winkler(b.as_wide()), jaro_winkler(wide_text(wide_a), b.as_wide()));
    ASSERT_EQ(ascii.levenshtein(b.as_wide(), 9), levenshtein(wide_text(wide_a), b.as_wide(), 9));
  }
}

TEST(PreparedPattern, OutlivesTheTextItWasMadeFrom) {
  PreparedPattern pattern;
  {
    std::u32string name = U"ሰለሞን";
    pattern.assign(wide_text(name));
    name = U"xxxx";
  }
  EXPECT_EQ(pattern.jaro_winkler(wide_text(U"ሰለሞን")), 1.0);
  EXPECT_EQ(pattern.levenshtein(wide_text(U"ሰሎሞን")), 1U);
}

TEST(PreparedPattern, ReadsNulAsAnyOtherCodePoint) {
  const std::string nul(3, '\0');
  const PreparedPattern pattern(ascii_text(nul));
  EXPECT_EQ(pattern.jaro_winkler(ascii_text("ab")), 0.0);
  EXPECT_EQ(pattern.jaro_winkler(ascii_text(nul)), 1.0);
  EXPECT_EQ(pattern.levenshtein(ascii_text(nul)), 0U);
}

}  // namespace
}  // namespace tessera
