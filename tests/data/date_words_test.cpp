#include "data/date_words.hpp"

#include <gtest/gtest.h>

#include "data/unicode.hpp"

namespace tessera {
namespace {

TEST(MonthOfWord, KnowsTheMonthsOfEachLanguageInOrder) {
  // Months two and eleven: languages differ there most.
  for (const char* word :
       {"February", "Feb", "février", "févr", "fevereiro", "febrero", "Februar", "Feber",
        "febbraio", "februari", "февраля", "فبراير", "شباط", "फरवरी", "ফেব্রুয়ারি"}) {
    EXPECT_EQ(month_of_word(fold(word)), 2) << word;
  }
  for (const char* word : {"November", "nov", "novembre", "novembro", "noviembre", "novemba",
                           "ноября", "نوفمبر", "नवंबर", "নভেম্বর"}) {
    EXPECT_EQ(month_of_word(fold(word)), 11) << word;
  }
  for (const char* word : {"December", "décembre", "dezembro", "diciembre", "Dezember", "dicembre",
                           "desemba", "декабря", "ديسمبر", "दिसंबर", "ডিসেম্বর"}) {
    EXPECT_EQ(month_of_word(fold(word)), 12) << word;
  }
}

TEST(MonthOfWord, OtherWordsAreNoMonths) {
  EXPECT_EQ(month_of_word("monday"), std::nullopt);
  EXPECT_EQ(month_of_word(""), std::nullopt);
  EXPECT_EQ(month_of_word("januaryy"), std::nullopt);
}

TEST(DateFiller, CoversPrepositionsOrdinalsWeekdaysAndUnits) {
  for (const char* word : {"de", "of", "th", "er", "Samedi", "miércoles", "年", "г"}) {
    EXPECT_TRUE(is_date_filler(fold(word))) << word;
  }
  EXPECT_FALSE(is_date_filler("april"));
  EXPECT_FALSE(is_date_filler("born"));
}

}  // namespace
}  // namespace tessera
