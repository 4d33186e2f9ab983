#include "data/phonetic_letters.hpp"

#include <gtest/gtest.h>

namespace tessera {
namespace {

TEST(PhoneticLetters, AreLatinLettersInUpperCase) {
  EXPECT_EQ(latin_letters("O'Brien-Smith 3rd"), "OBRIENSMITHRD");
  EXPECT_EQ(latin_letters("Zoë Łęcka Ørsted"), "ZOELECKAORSTED");
  EXPECT_EQ(latin_letters("محمد राम ሰላም"), "");
  EXPECT_EQ(latin_letters(""), "");
}

TEST(PhoneticLetters, KeepWordsApartByOneBlank) {
  EXPECT_EQ(latin_words("  van der--Berg, "), "VAN DER BERG");
  EXPECT_EQ(latin_words("O'Brien"), "OBRIEN");
  EXPECT_EQ(latin_words("D’Angelo José"), "DANGELO JOSE");
  EXPECT_EQ(latin_words("Ahmed محمد Ali"), "AHMED ALI");
  EXPECT_EQ(latin_words("- '"), "");
}

}  // namespace
}  // namespace tessera
