#include "data/null_words.hpp"

#include <gtest/gtest.h>

#include "data/unicode.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

TEST(NullWords, FollowTheTableOfLanguages) {
  for (const std::vector<std::string>& row : test::read_cases("null_words.tsv")) {
    ASSERT_EQ(row.size(), 4U) << row[0];
    const Kind kind = row[1] == "name" ? Kind::kName : Kind::kText;
    EXPECT_EQ(is_null_word(row[0], fold(row[0]), kind), row[2] == "null")
        << row[0] << ": " << row[3];
  }
}

TEST(NullWords, AWordThatIsAlsoANameIsNoneInOtherColumns) {
  EXPECT_FALSE(is_null_word("Nil", fold("Nil"), Kind::kPersonName));
  EXPECT_FALSE(is_null_word("Nil", fold("Nil"), Kind::kPlace));
  EXPECT_TRUE(is_null_word("Nil", fold("Nil"), Kind::kPhone));
  EXPECT_TRUE(is_null_word("NIL", fold("NIL"), Kind::kPlace));
}

TEST(NullWords, LongTextsAreValues) {
  const std::string text = std::string(40, 'x') + " " + std::string(40, 'x');
  EXPECT_FALSE(is_null_word(text, fold(text), Kind::kText));
}

}  // namespace
}  // namespace tessera
