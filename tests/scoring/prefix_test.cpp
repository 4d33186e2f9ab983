#include <gtest/gtest.h>

#include "scoring/distance.hpp"
#include "tests/reference/distance_reference.hpp"
#include "tests/scoring/sample_texts.hpp"

namespace tessera {
namespace {

using test::SampleText;

/// By definition: some swap of neighbours that differ turns a into b.
bool swapped_by_search(std::string a, const std::string& b) {
  for (std::size_t i = 0; i + 1 < a.size(); ++i) {
    if (a[i] == a[i + 1]) continue;
    std::swap(a[i], a[i + 1]);
    if (a == b) return true;
    std::swap(a[i], a[i + 1]);
  }
  return false;
}

TEST(Prefix, AgreesWithTheDefinitionOnAllShortTexts) {
  const auto texts = test::all_texts(5, 3);
  for (const SampleText& a : texts) {
    for (const SampleText& b : texts) {
      const std::size_t expected = reference::common_prefix(a.wide, b.wide);
      ASSERT_EQ(longest_common_prefix(a.as_ascii(), b.as_ascii()), expected);
      ASSERT_EQ(longest_common_prefix(a.as_wide(), b.as_wide()), expected);
      const bool swapped = swapped_by_search(a.ascii, b.ascii);
      ASSERT_EQ(is_one_transposition(a.as_ascii(), b.as_ascii()), swapped) << a.ascii << b.ascii;
      ASSERT_EQ(is_one_transposition(a.as_wide(), b.as_wide()), swapped) << a.ascii << b.ascii;
    }
  }
}

TEST(Initial, StandsForALongerNameThatBeginsWithIt) {
  EXPECT_TRUE(is_initial_of(ascii_text("m"), ascii_text("maria")));
  EXPECT_TRUE(is_initial_of(wide_text(U"ሰ"), wide_text(U"ሰለሞን")));
  EXPECT_FALSE(is_initial_of(ascii_text("m"), ascii_text("anna")));
  EXPECT_FALSE(is_initial_of(ascii_text("m"), ascii_text("m")));
  EXPECT_FALSE(is_initial_of(ascii_text("ma"), ascii_text("maria")));
  EXPECT_FALSE(is_initial_of(ascii_text(""), ascii_text("maria")));
  EXPECT_FALSE(is_initial_of(ascii_text("maria"), ascii_text("m")));
}

}  // namespace
}  // namespace tessera
