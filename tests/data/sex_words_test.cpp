#include "data/sex_words.hpp"

#include <gtest/gtest.h>

#include "data/unicode.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

TEST(SexWords, FollowTheTableOfLanguages) {
  for (const std::vector<std::string>& row : test::read_cases("sex_words.tsv")) {
    ASSERT_EQ(row.size(), 3U) << row[0];
    const std::optional<char> sex = sex_of_word(fold(row[0]));
    EXPECT_EQ(sex ? std::string(1, *sex) : "-", row[1]) << row[0] << ": " << row[2];
  }
}

TEST(SexWords, CodesOfNotKnownAreToldFromWrongOnes) {
  EXPECT_TRUE(is_unknown_sex("0"));
  EXPECT_TRUE(is_unknown_sex("9"));
  EXPECT_TRUE(is_unknown_sex("u"));
  EXPECT_FALSE(is_unknown_sex("1"));
  EXPECT_FALSE(is_unknown_sex("maos"));
}

}  // namespace
}  // namespace tessera
