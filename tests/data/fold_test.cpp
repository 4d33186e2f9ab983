#include <gtest/gtest.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>

#include <random>
#include <string>

#include "data/unicode.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

std::string utf8_of(char32_t code_point) {
  return encode_utf8(std::u32string(1, code_point));
}

bool is_scalar(char32_t c) {
  return c < 0xD800 || (c > 0xDFFF && c <= 0x10FFFF);
}

// Code points of the scripts that registries meet, and some of everything.
std::u32string random_text(std::mt19937_64& random) {
  constexpr std::pair<char32_t, char32_t> kRanges[] = {
      {0x20, 0x7E},     {0x20, 0x7E},     {0xA0, 0x24F},    {0x300, 0x36F},
      {0x370, 0x52F},   {0x590, 0x5F4},   {0x600, 0x6FF},   {0x900, 0x9FF},
      {0x1200, 0x137F}, {0x1780, 0x17FF}, {0x1E00, 0x1FFF}, {0x2000, 0x206F},
      {0x3040, 0x30FF}, {0xAC00, 0xD7A3}, {0xFB00, 0xFFEF}, {0x1, 0x10FFFF}};
  std::u32string text;
  const std::size_t length = random() % 12;
  while (text.size() < length) {
    const auto [first, last] = kRanges[random() % std::size(kRanges)];
    const auto c = static_cast<char32_t>(first + random() % (last - first + 1));
    if (is_scalar(c)) text.push_back(c);
  }
  return text;
}

TEST(Fold, FollowsTheTableOfScripts) {
  for (const std::vector<std::string>& row : test::read_cases("fold.tsv")) {
    ASSERT_EQ(row.size(), 4U) << row[0];
    EXPECT_EQ(fold(row[0]), row[1]) << row[0] << ": " << row[3];
    EXPECT_EQ(fold_name(row[0]), row[2]) << row[0] << ": " << row[3];
  }
}

TEST(Fold, IsIdempotentOnRandomText) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 50'000; ++i) {
    const std::string text = encode_utf8(random_text(random));
    const std::string folded = fold(text);
    ASSERT_EQ(fold(folded), folded) << i;
    const std::string name = fold_name(text);
    ASSERT_EQ(fold_name(name), name) << i;
    ASSERT_EQ(fold_name(folded), name) << i;
    ASSERT_TRUE(is_utf8(folded)) << i;
  }
}

// A Hangul syllable is in no table: with it in the text, the definition folds the whole of it.
TEST(Fold, TableAgreesWithTheDefinitionOnEveryCodePoint) {
  for (char32_t c = 1; c <= 0x2FFF; ++c) {
    const std::string text = "a" + utf8_of(c) + "b";
    ASSERT_EQ(fold(text + " 한"), fold(text) + " 한") << std::hex << static_cast<unsigned>(c);
  }
}

TEST(Fold, TableAgreesWithTheDefinitionOnRandomText) {
  std::mt19937_64 random(2);
  for (int i = 0; i < 50'000; ++i) {
    const std::string text = "x" + encode_utf8(random_text(random)) + "x";
    ASSERT_EQ(fold(text + " 한"), fold(text) + " 한") << i;
  }
}

// CLDR's Latin-ASCII is another's list of how Latin letters are spelled plainly. What we spell and
// it does not are letters of African languages and Azerbaijani; what it spells and we do not are
// phonetic signs.
TEST(Fold, SpellsLatinLettersAsCldrDoes) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Transliterator> plain(
      icu::Transliterator::createInstance("Latin-ASCII; Lower; NFKC", UTRANS_FORWARD, status));
  ASSERT_TRUE(U_SUCCESS(status));
  const std::u32string ours = U"ƆƎƏƔƟƷǝǮǯȠ";
  const std::u32string theirs = U"×÷ĿŀƕȡȴȵȶȸȹȿɀẚẜẝỺỻỼỽỾỿ";
  int letters = 0;
  for (char32_t c = 0xC0; c < 0x1F00; c = c == 0x24F ? 0x1E00 : c + 1) {
    if (ours.find(c) != std::u32string::npos || theirs.find(c) != std::u32string::npos) continue;
    icu::UnicodeString text(static_cast<UChar32>(c));
    plain->transliterate(text);
    std::string expected;
    text.toUTF8String(expected);
    EXPECT_EQ(fold(utf8_of(c)), expected) << std::hex << static_cast<unsigned>(c);
    ++letters;
  }
  EXPECT_GT(letters, 600);
}

TEST(Fold, EveryDecimalDigitBecomesAscii) {
  int digits = 0;
  for (char32_t c = 0; c <= 0x1FFFF; ++c) {
    if (!is_scalar(c)) continue;
    const int value = u_charDigitValue(static_cast<UChar32>(c));
    if (value < 0) continue;
    EXPECT_EQ(fold(utf8_of(c)), std::to_string(value)) << std::hex << static_cast<unsigned>(c);
    ++digits;
  }
  EXPECT_GT(digits, 600);
}

TEST(Fold, CaseNeverMattersInLatinGreekAndCyrillic) {
  for (char32_t c = 'A'; c < 0x530; ++c) {
    const auto upper = static_cast<char32_t>(u_toupper(static_cast<UChar32>(c)));
    EXPECT_EQ(fold(utf8_of(upper)), fold(utf8_of(c))) << std::hex << static_cast<unsigned>(c);
  }
}

TEST(Fold, IllFormedTextBecomesReplacementCharacters) {
  EXPECT_EQ(fold("a\xFFz"), "a\xEF\xBF\xBDz");
  EXPECT_EQ(fold_name("a\xC3"), "a");  // U+FFFD is a symbol
}

TEST(Fold, LongTextsFoldWhole) {
  const std::string ascii(100'000, 'A');
  EXPECT_EQ(fold(ascii), std::string(100'000, 'a'));
  std::string accents;
  std::string plain;
  for (int i = 0; i < 10'000; ++i) {
    accents += "É한";
    plain += "e한";
  }
  EXPECT_EQ(fold(accents), plain);
}

}  // namespace
}  // namespace tessera
