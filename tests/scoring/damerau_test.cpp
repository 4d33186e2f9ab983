#include <gtest/gtest.h>

#include "scoring/distance.hpp"
#include "tests/reference/distance_reference.hpp"
#include "tests/scoring/sample_texts.hpp"

namespace tessera {
namespace {

using test::SampleText;

void expect_twin_agrees(const SampleText& a, const SampleText& b) {
  const std::uint32_t expected = reference::damerau_levenshtein(a.wide, b.wide);
  for (const std::uint32_t limit : test::kTriedLimits) {
    ASSERT_EQ(damerau_levenshtein(a.as_ascii(), b.as_ascii(), limit),
              test::limited(expected, limit))
        << a.ascii << " " << b.ascii << " limit " << limit;
    ASSERT_EQ(damerau_levenshtein(a.as_wide(), b.as_wide(), limit), test::limited(expected, limit))
        << a.ascii << " " << b.ascii << " limit " << limit;
  }
}

TEST(DamerauLevenshtein, AgreesWithTheMatrixOnAllShortTexts) {
  const auto texts = test::all_texts(5, 3);
  for (const SampleText& a : texts) {
    for (const SampleText& b : texts) {
      expect_twin_agrees(a, b);
      if (HasFatalFailure()) return;
    }
  }
}

TEST(DamerauLevenshtein, AgreesWithTheMatrixOnRandomTexts) {
  for (const auto& [a, b] : test::random_pairs(2000, 24, 11)) {
    expect_twin_agrees(a, b);
    if (HasFatalFailure()) return;
  }
  for (const auto& [a, b] : test::random_pairs(60, 90, 12)) {
    expect_twin_agrees(a, b);
    if (HasFatalFailure()) return;
  }
}

TEST(DamerauLevenshtein, EditsBetweenSwappedLetters) {
  EXPECT_EQ(damerau_levenshtein(ascii_text("ca"), ascii_text("abc")), 2U);
  EXPECT_EQ(damerau_levenshtein(ascii_text("sUzSOwx"), ascii_text("zsSxUwO")), 5U);
}

}  // namespace
}  // namespace tessera
