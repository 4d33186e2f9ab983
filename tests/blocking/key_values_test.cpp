#include "blocking/key_values.hpp"

#include <gtest/gtest.h>

#include "tests/support/shared_data.hpp"
#include "tests/support/tables.hpp"

namespace tessera {
namespace {

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : "|") + text;
  return out;
}

TEST(KeyTexts, GiveWhatTheTableSays) {
  for (const auto& row : test::read_cases("key_parts.tsv")) {
    const KeyPart part{key_function_from_name(row[0]).value(), 0,
                       static_cast<std::uint32_t>(std::stoul(row[1]))};
    EXPECT_EQ(joined(key_texts(part, row[2])), row[3]) << row[0] << " of " << row[2];
  }
}

TEST(EvaluatePart, NumbersEqualKeysEqually) {
  const Table table = test::make_table({{"name"}}, {{"robert"}, {"rupert"}, {"amina"}, {""}});
  const PartColumns columns = evaluate_part({KeyFunction::kSoundex, 0, 0}, table);
  EXPECT_FALSE(columns.second.has_value());
  const PartKeys& keys = columns.first;
  ASSERT_EQ(keys.offsets.size(), table.columns[0].values.size() + 1U);
  EXPECT_EQ(keys.offsets[0], keys.offsets[1]);  // the missing value has none
  EXPECT_EQ(keys.numbers[keys.offsets[1]], keys.numbers[keys.offsets[2]]);
  EXPECT_NE(keys.numbers[keys.offsets[1]], keys.numbers[keys.offsets[3]]);
  EXPECT_FALSE(keys.several);
}

TEST(EvaluatePart, ARepeatedWordIsOneKey) {
  const Table table = test::make_table({{"name"}}, {{"ana ana"}, {"ana maria"}});
  const PartKeys keys = evaluate_part({KeyFunction::kTokens, 0, 0}, table).first;
  EXPECT_EQ(keys.offsets[2] - keys.offsets[1], 1U);
  EXPECT_EQ(keys.offsets[3] - keys.offsets[2], 2U);
  EXPECT_TRUE(keys.several);
}

/// The numbers of a row's value in one column.
std::vector<std::uint32_t> numbers_of(const PartKeys& keys, const Column& column, Row row) {
  const Code code = column.codes[row];
  return {keys.numbers.begin() + keys.offsets[code], keys.numbers.begin() + keys.offsets[code + 1]};
}

TEST(EvaluatePart, NumbersTheKeysOfTwoColumnsAlike) {
  const Table table =
      test::make_table({{"given"}, {"family"}}, {{"robert", "karki"}, {"karky", "rupert"}});
  const PartColumns keys = evaluate_part({KeyFunction::kSounds, 0, 0, 1}, table);
  ASSERT_TRUE(keys.second.has_value());
  const auto given = [&](Row row) { return numbers_of(keys.first, table.columns[0], row); };
  const auto family = [&](Row row) { return numbers_of(*keys.second, table.columns[1], row); };
  EXPECT_EQ(given(0), family(1));
  EXPECT_EQ(given(1), family(0));
  EXPECT_NE(given(0), given(1));
}

TEST(EvaluatePart, AWordOfAnotherScriptSoundsAsInLatinLetters) {
  const Table table = test::make_table({{"name"}}, {{"सुरेश"}, {"suresh"}, {"maria"}});
  const PartKeys keys = evaluate_part({KeyFunction::kSoundex, 0, 0}, table).first;
  EXPECT_EQ(numbers_of(keys, table.columns[0], 0), numbers_of(keys, table.columns[0], 1));
  EXPECT_NE(numbers_of(keys, table.columns[0], 0), numbers_of(keys, table.columns[0], 2));
}

}  // namespace
}  // namespace tessera
