#include "data/scripts.hpp"

#include <gtest/gtest.h>

namespace tessera {
namespace {

TEST(ScriptOfText, NamesTheScriptOfMostLetters) {
  EXPECT_EQ(script_of_text("Amina"), "Latin");
  EXPECT_EQ(script_of_text("Ngũgĩ wa Thiong'o"), "Latin");
  EXPECT_EQ(script_of_text("محمد"), "Arabic");
  EXPECT_EQ(script_of_text("ተስፋዬ"), "Ethiopic");
  EXPECT_EQ(script_of_text("नेहा"), "Devanagari");
  EXPECT_EQ(script_of_text("সুমন"), "Bengali");
  EXPECT_EQ(script_of_text("សុខា"), "Khmer");
  EXPECT_EQ(script_of_text("Иван"), "Cyrillic");
  EXPECT_EQ(script_of_text("张伟"), "Han");
  EXPECT_EQ(script_of_text("dr. محمد علي"), "Arabic");
}

TEST(ScriptOfText, ATieGoesToTheFirst) {
  EXPECT_EQ(script_of_text("ab Ив"), "Latin");
  EXPECT_EQ(script_of_text("Ив ab"), "Cyrillic");
}

TEST(ScriptOfText, DigitsAndSignsHaveNone) {
  EXPECT_EQ(script_of_text(""), "");
  EXPECT_EQ(script_of_text("12-34 ٣"), "");
}

}  // namespace
}  // namespace tessera
