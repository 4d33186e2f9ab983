#include <gtest/gtest.h>

#include "scoring/distance.hpp"
#include "tests/reference/distance_reference.hpp"
#include "tests/scoring/sample_texts.hpp"

namespace tessera {
namespace {

using test::SampleText;

void expect_twins_agree(const SampleText& a, const SampleText& b) {
  const std::uint32_t plain = reference::levenshtein(a.wide, b.wide);
  const std::uint32_t swapped = reference::osa(a.wide, b.wide);
  for (const std::uint32_t limit : test::kTriedLimits) {
    ASSERT_EQ(levenshtein(a.as_ascii(), b.as_ascii(), limit), test::limited(plain, limit))
        << a.ascii << " " << b.ascii << " limit " << limit;
    ASSERT_EQ(levenshtein(a.as_wide(), b.as_wide(), limit), test::limited(plain, limit))
        << a.ascii << " " << b.ascii << " limit " << limit;
    ASSERT_EQ(osa(a.as_ascii(), b.as_ascii(), limit), test::limited(swapped, limit))
        << a.ascii << " " << b.ascii << " limit " << limit;
    ASSERT_EQ(osa(a.as_wide(), b.as_wide(), limit), test::limited(swapped, limit))
        << a.ascii << " " << b.ascii << " limit " << limit;
  }
}

TEST(Levenshtein, AgreesWithTheMatrixOnAllShortTexts) {
  const auto texts = test::all_texts(5, 3);
  ASSERT_EQ(texts.size(), 364U);
  for (const SampleText& a : texts) {
    for (const SampleText& b : texts) {
      expect_twins_agree(a, b);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(Levenshtein, AgreesWithTheMatrixBeyondOneWord) {
  for (const auto& [a, b] : test::random_pairs(1500, 220, 7)) {
    expect_twins_agree(a, b);
    if (HasFatalFailure()) return;
  }
}

TEST(Levenshtein, CountsCodePointsNotBytes) {
  EXPECT_EQ(levenshtein(wide_text(U"नेपाल"), wide_text(U"नेपल")), 1U);
  EXPECT_EQ(levenshtein(wide_text(U"ሰላም"), wide_text(U"ሰላማ")), 1U);
}

TEST(Levenshtein, TellsMoreThanTheLimitAsLimitPlusOne) {
  EXPECT_EQ(levenshtein(ascii_text("kitten"), ascii_text("sitting"), 3), 3U);
  EXPECT_EQ(levenshtein(ascii_text("kitten"), ascii_text("sitting"), 2), 3U);
  EXPECT_EQ(levenshtein(ascii_text("kitten"), ascii_text("sitting"), 0), 1U);
  EXPECT_EQ(levenshtein(ascii_text("abc"), ascii_text("abc"), 0), 0U);
}

TEST(Levenshtein, ReadsNulAsAnyOtherCodePoint) {
  const std::u32string a(U"a\0b", 3);
  const std::u32string b(U"a\0c", 3);
  EXPECT_EQ(levenshtein(wide_text(a), wide_text(b)), 1U);
  EXPECT_EQ(levenshtein(wide_text(a), wide_text(U"ab")), 1U);
}

TEST(Osa, CountsASwapOnceAndEditsNoPieceTwice) {
  EXPECT_EQ(osa(ascii_text("martha"), ascii_text("marhta")), 1U);
  EXPECT_EQ(osa(ascii_text("ca"), ascii_text("abc")), 3U);
}

// A swap across the seam between the first 64 rows and the next.
TEST(Osa, SeesASwapAcrossWords) {
  std::string a(130, 'x');
  a[63] = 'p';
  a[64] = 'q';
  std::string b = a;
  std::swap(b[63], b[64]);
  a[0] = 'a';
  b[0] = 'b';
  a[129] = 'c';
  b[129] = 'd';
  EXPECT_EQ(osa(ascii_text(a), ascii_text(b)), 3U);
  EXPECT_EQ(levenshtein(ascii_text(a), ascii_text(b)), 4U);
}

}  // namespace
}  // namespace tessera
