#include <gtest/gtest.h>

#include "data/unicode.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

TEST(Utf8, EveryCodePointComesBack) {
  std::u32string all;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c < 0xD800 || c > 0xDFFF) all.push_back(c);
  }
  const std::string text = encode_utf8(all);
  EXPECT_TRUE(is_utf8(text));
  EXPECT_EQ(decode_utf8(text), all);
}

TEST(Utf8, CasesOfTheTableHold) {
  for (const auto& row : test::read_cases("utf8.tsv")) {
    ASSERT_EQ(row.size(), 5U);
    EXPECT_EQ(is_utf8(row[1]), row[2] == "yes") << row[0];
    std::string code_points;
    for (const char32_t c : decode_utf8(row[1])) {
      char hex[12];
      std::snprintf(hex, sizeof hex, "%04X", static_cast<unsigned>(c));
      code_points += (code_points.empty() ? "" : " ") + std::string(hex);
    }
    EXPECT_EQ(code_points, row[3]) << row[0];
  }
}

TEST(Utf8, SurrogatesAndBeyondAreWrittenAsReplacement) {
  EXPECT_EQ(encode_utf8(std::u32string{0xD800}), "\xEF\xBF\xBD");
  EXPECT_EQ(encode_utf8(std::u32string{0x110000}), "\xEF\xBF\xBD");
}

TEST(Utf8, AsciiIsToldAtEveryPlace) {
  for (std::size_t size = 0; size < 40; ++size) {
    std::string text(size, 'a');
    EXPECT_TRUE(is_ascii(text));
    for (std::size_t i = 0; i < size; ++i) {
      text[i] = '\x80';
      EXPECT_FALSE(is_ascii(text)) << size << " " << i;
      text[i] = '\x7f';
    }
  }
}

}  // namespace
}  // namespace tessera
