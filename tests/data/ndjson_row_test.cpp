#include "data/ndjson_row.hpp"

#include <gtest/gtest.h>

#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

std::string describe(const std::string& line) {
  NdjsonRow row;
  const auto fault = row.parse(line);
  if (fault) {
    switch (*fault) {
      case RowFaultKind::kBadJson:
        return "!bad";
      case RowFaultKind::kNotAnObject:
        return "!no-object";
      case RowFaultKind::kEncoding:
        return "!encoding";
      case RowFaultKind::kNul:
        return "!nul";
      default:
        return "!unexpected";
    }
  }
  std::string text;
  for (const NdjsonRow::Value& value : row.values()) {
    if (!text.empty()) text += ' ';
    text += std::string(row.text(value.path)) + (value.in_array ? "[]=" : "=") +
            std::string(row.text(value.text));
  }
  return text;
}

TEST(NdjsonRow, CasesOfTheTableHold) {
  for (const auto& row : test::read_cases("ndjson_rows.tsv")) {
    ASSERT_EQ(row.size(), 4U) << row[0];
    EXPECT_EQ(describe(row[1]), row[2]) << row[0];
  }
}

TEST(NdjsonRow, ParserIsFreshAfterABadLine) {
  NdjsonRow row;
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(row.parse(R"({"a":[1,{"b":tru)"));
    ASSERT_FALSE(row.parse(R"({"a":1})"));
    ASSERT_EQ(row.values().size(), 1U);
    EXPECT_EQ(row.text(row.values()[0].path), "a");
    EXPECT_FALSE(row.values()[0].in_array);
  }
}

TEST(NdjsonRow, EveryCutOfALineIsBad) {
  const std::string line =
      R"({"id":"1","name":{"given":["Ada","Lu"],"n":-1.5e3},"ok":true,"x":null})";
  for (std::size_t size = 1; size < line.size(); ++size) {
    EXPECT_EQ(describe(line.substr(0, size)), "!bad") << size;
  }
}

TEST(NdjsonRow, DeepNestingIsBad) {
  const auto nested = [](int depth) {
    const auto size = static_cast<std::size_t>(depth);
    std::string text = "{\"a\":";
    text += std::string(size, '[') + "1" + std::string(size, ']');
    return text + "}";
  };
  EXPECT_EQ(describe(nested(NdjsonRow::kMaxDepth - 1)), "a[]=1");
  EXPECT_EQ(describe(nested(NdjsonRow::kMaxDepth + 1)), "!bad");
  EXPECT_EQ(describe(nested(100'000)), "!bad");
}

TEST(NdjsonRow, NumbersFollowTheGrammar) {
  for (const char* good : {"0", "-0", "10", "1.5", "-1.50", "1e5", "1E+05", "1.0e-7",
                           "123456789012345678901234567890"}) {
    EXPECT_TRUE(is_json_number(good)) << good;
  }
  for (const char* bad :
       {"", "-", "01", "1.", ".5", "+1", "1e", "1e+", "0x1", "1 2", "NaN", "--1"}) {
    EXPECT_FALSE(is_json_number(bad)) << bad;
  }
}

}  // namespace
}  // namespace tessera
