#include <gtest/gtest.h>

#include <cmath>

#include "scoring/distance.hpp"
#include "tests/reference/distance_reference.hpp"
#include "tests/scoring/sample_texts.hpp"

namespace tessera {
namespace {

using test::SampleText;

void expect_twin_agrees(const SampleText& a, const SampleText& b, std::size_t q) {
  double jaccard = a.ascii == b.ascii ? 1.0 : 0.0;
  double dice = jaccard;
  double cosine = jaccard;
  if (a.wide.size() >= q && b.wide.size() >= q) {
    const auto common = static_cast<double>(reference::common_grams(a.wide, b.wide, q));
    const auto of_a = static_cast<double>(a.wide.size() - q + 1);
    const auto of_b = static_cast<double>(b.wide.size() - q + 1);
    jaccard = common / (of_a + of_b - common);
    dice = 2 * common / (of_a + of_b);
    cosine = common / std::sqrt(of_a * of_b);
  }
  const auto expect = [&](QgramMeasure measure, double expected) {
    ASSERT_DOUBLE_EQ(qgram_similarity(a.as_ascii(), b.as_ascii(), q, measure), expected)
        << a.ascii << " " << b.ascii << " q " << q;
    ASSERT_DOUBLE_EQ(qgram_similarity(a.as_wide(), b.as_wide(), q, measure), expected)
        << a.ascii << " " << b.ascii << " q " << q;
  };
  expect(QgramMeasure::kJaccard, jaccard);
  expect(QgramMeasure::kDice, dice);
  expect(QgramMeasure::kCosine, cosine);
}

TEST(Qgrams, AgreeWithCountingOnAllShortTexts) {
  const auto texts = test::all_texts(5, 2);
  for (const SampleText& a : texts) {
    for (const SampleText& b : texts) {
      for (const std::size_t q : {1U, 2U, 3U, 4U}) expect_twin_agrees(a, b, q);
      if (HasFatalFailure()) return;
    }
  }
}

// Grams of up to 8 ASCII or 3 other characters are packed in a word; longer ones are not.
TEST(Qgrams, AgreeWithCountingPackedOrNot) {
  for (const auto& [a, b] : test::random_pairs(600, 90, 31)) {
    for (const std::size_t q : {1U, 2U, 3U, 4U, 7U, 8U, 9U, 12U}) expect_twin_agrees(a, b, q);
    if (HasFatalFailure()) return;
  }
}

TEST(Qgrams, CountRepeats) {
  // aa twice against once: 1 of 2.
  EXPECT_DOUBLE_EQ(qgram_similarity(ascii_text("aaa"), ascii_text("aa"), 2, QgramMeasure::kJaccard),
                   0.5);
}

TEST(Qgrams, OfTextsShorterThanQAreEqualOrNothing) {
  EXPECT_EQ(qgram_similarity(ascii_text("a"), ascii_text("a"), 2, QgramMeasure::kDice), 1.0);
  EXPECT_EQ(qgram_similarity(ascii_text("a"), ascii_text("b"), 2, QgramMeasure::kDice), 0.0);
  EXPECT_EQ(qgram_similarity(ascii_text("a"), ascii_text("ab"), 2, QgramMeasure::kDice), 0.0);
  EXPECT_EQ(qgram_similarity(ascii_text(""), ascii_text(""), 2, QgramMeasure::kCosine), 1.0);
}

}  // namespace
}  // namespace tessera
