#include "index/words.hpp"

#include <gtest/gtest.h>

#include "tests/support/tables.hpp"

namespace tessera {
namespace {

std::vector<std::string> texts(Kind kind, const char* value, bool joined = false) {
  std::vector<std::string> found;
  for (const ValueWord& word : words_of(kind, value)) {
    if (word.joined == joined) found.push_back(word.text);
  }
  return found;
}

TEST(WordsOf, NamesAreSplitAndNeighboursJoined) {
  using Texts = std::vector<std::string>;
  EXPECT_EQ(texts(Kind::kName, "mary ann"), (Texts{"mary", "ann"}));
  EXPECT_EQ(texts(Kind::kName, "mary ann", true), (Texts{"maryann"}));
  EXPECT_EQ(texts(Kind::kPlace, "van der berg", true), (Texts{"vander", "derberg", "vanderberg"}));
  EXPECT_EQ(texts(Kind::kName, "mary", true), Texts{});
}

TEST(WordsOf, OtherKindsAreWholeAndSetsAreTheirMembers) {
  using Texts = std::vector<std::string>;
  EXPECT_EQ(texts(Kind::kDate, "1990-04-05"), (Texts{"1990-04-05"}));
  EXPECT_EQ(texts(Kind::kSet, "a|b c|d"), (Texts{"a", "b c", "d"}));
  EXPECT_TRUE(words_of(Kind::kPhone, "").empty());
}

TEST(WordsOf, AreAtMostSoMany) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "w" + std::to_string(i) + " ";
  EXPECT_EQ(words_of(Kind::kText, text).size(), kMostWords);
}

TEST(IndexFields, NamesAreOneFieldAndOthersTheirOwn) {
  const Table table = test::make_table({{"given", Kind::kName},
                                        {"born", Kind::kDate},
                                        {"family", Kind::kName},
                                        {"phone", Kind::kPhone}},
                                       {{"a", "1990", "b", "1"}});
  const std::vector<std::uint32_t> columns = {3, 0, 2, 1, 0};
  const std::vector<IndexField> fields = index_fields(table, columns);
  ASSERT_EQ(fields.size(), 3U);
  EXPECT_EQ(fields[0].columns, (std::vector<std::uint32_t>{0, 2}));
  EXPECT_EQ(fields[1].columns, (std::vector<std::uint32_t>{1}));
  EXPECT_EQ(fields[2].columns, (std::vector<std::uint32_t>{3}));
}

}  // namespace
}  // namespace tessera
