#include "exchange/json_tree.hpp"

#include <gtest/gtest.h>

#include "tests/exchange/import_texts.hpp"

namespace tessera::test {
namespace {

std::string nested(std::size_t depth) {
  return std::string(depth, '[') + "1" + std::string(depth, ']');
}

std::string fault(std::string_view text) {
  Node root;
  const TreeFault found = parse_json(text, root);
  if (found.what.empty()) return "none";
  return std::to_string(found.line) + ":" + std::to_string(found.column) + " " + found.what;
}

TEST(JsonTree, NumbersKeepTheirText) {
  Node root = json(R"({"a": 2.50, "b": 12345678901234567890123, "c": 18446744073709551615})");
  EXPECT_EQ(text_at(root, "a"), "2.50");
  EXPECT_EQ(text_at(root, "b"), "12345678901234567890123");
  EXPECT_EQ(text_at(root, "c"), "18446744073709551615");
}

TEST(JsonTree, KeysThatRepeatAreBothKept) {
  Node root = json(R"({"a": 1, "a": 2})");
  EXPECT_EQ(select(root, "a").size(), 2U);
}

TEST(JsonTree, FaultsTellTheirPlaceAndNoValue) {
  EXPECT_EQ(fault("{\"name\": \"Secret\",\n \"b\": }"), "2:7 is not valid JSON");
  EXPECT_EQ(fault("{\"a\": \"\xff\"}").substr(0, 2), "1:");
  EXPECT_NE(fault("{\"a\": 1} x"), "none");
  EXPECT_NE(fault("{\"a\": 1"), "none");
  EXPECT_NE(fault(""), "none");
  EXPECT_EQ(fault("1e999999").find("1e9"), std::string::npos);
}

TEST(JsonTree, SixtyFourDeepIsReadAndMoreRefused) {
  EXPECT_EQ(fault(nested(64)), "none");
  EXPECT_NE(fault(nested(65)).find("nests deeper than 64"), std::string::npos);
  EXPECT_NE(fault(nested(2000000)).find("nests deeper than 64"), std::string::npos);
}

TEST(JsonTree, TooManyValuesAreRefused) {
  std::string many = "[";
  for (int i = 0; i < 4100000; ++i) many += "1,";
  many += "1]";
  EXPECT_NE(fault(many).find("more than 4,000,000 values"), std::string::npos);
}

}  // namespace
}  // namespace tessera::test
