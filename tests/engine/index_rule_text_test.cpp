#include "engine/index_rule_text.hpp"

#include <gtest/gtest.h>

namespace tessera {
namespace {

IndexRule rule_of(std::string_view text) {
  const auto read = read_index_rule(text);
  EXPECT_TRUE(std::holds_alternative<IndexRule>(read)) << text;
  return std::holds_alternative<IndexRule>(read) ? std::get<IndexRule>(read) : IndexRule{};
}

TEST(IndexRuleText, IsWrittenCanonically) {
  EXPECT_EQ(rule_of("index(top = 20)").text, "index(top=20, few=50)");
  EXPECT_EQ(rule_of(" index ( top=5 , few = 7 ) ").text, "index(top=5, few=7)");
  EXPECT_EQ(rule_of("index(all, top=5)").text, "index(top=5, all)");
  EXPECT_EQ(rule_of("index(pairs=900, top=5)").text, "index(top=5, few=50, pairs=900)");
}

TEST(IndexRuleText, ReadsItsOwnText) {
  for (const char* text : {"index(top=20, few=50)", "index(top=1, few=1)", "index(top=9, all)",
                           "index(top=3, all, pairs=70)", "index(top=3, few=2, pairs=1)"}) {
    const IndexRule rule = rule_of(text);
    EXPECT_EQ(rule.text, text);
    EXPECT_EQ(rule_of(rule.text).top, rule.top);
    EXPECT_EQ(rule_of(rule.text).few, rule.few);
    EXPECT_EQ(rule_of(rule.text).pairs, rule.pairs);
  }
  EXPECT_EQ(rule_of("index(top=9, all)").few, IndexRule::kAll);
}

TEST(IndexRuleText, SaysWhatIsWrong) {
  for (const char* text :
       {"index()", "index(20)", "index(top=20", "index(top=0)", "index(top=1001)", "index(top=x)",
        "index(few=3)", "index(top=2, few=0)", "index(top=2, few=3, all)", "index(top=2, top=3)",
        "index(top=2, none)", "index(top=2, pairs=0)", "index(top=2, pairs=2, pairs=3)",
        "index(pairs=5)", "index(top=2, pairs=2000000001)", "index(top=99999999999)"}) {
    EXPECT_TRUE(is_index_rule_text(text)) << text;
    const auto read = read_index_rule(text);
    ASSERT_TRUE(std::holds_alternative<std::string>(read)) << text;
    EXPECT_NE(std::get<std::string>(read).find("index(top=20"), std::string::npos);
  }
}

TEST(IndexRuleText, IsToldFromKeys) {
  EXPECT_TRUE(is_index_rule_text("index(top=20)"));
  EXPECT_FALSE(is_index_rule_text("index"));
  EXPECT_FALSE(is_index_rule_text("prefix(index,2)"));
}

}  // namespace
}  // namespace tessera
