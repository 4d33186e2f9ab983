#include "scoring/splink_sql.hpp"

#include <gtest/gtest.h>

namespace tessera {
namespace {

/// The tree as text: (name argument …), columns as table.name, texts in quotes.
std::string tree(const SqlNode& node) {
  if (node.kind == SqlNode::Kind::kNumber) return std::to_string(node.number).substr(0, 4);
  if (node.kind == SqlNode::Kind::kText) return "'" + node.name + "'";
  if (node.kind == SqlNode::Kind::kColumn) {
    return node.table.empty() ? node.name : node.table + "." + node.name;
  }
  std::string text = "(" + node.name;
  for (const SqlNode& argument : node.arguments) text += " " + tree(argument);
  return text + ")";
}

std::string parsed(std::string_view sql) {
  const auto node = parse_sql(sql);
  return node ? tree(*node) : "nothing";
}

TEST(ParseSql, BindsAsSqlDoes) {
  EXPECT_EQ(parsed("a = 1 or b = 2 and not c < 3"),
            "(or (= a 1.00) (and (= b 2.00) (not (< c 3.00))))");
  EXPECT_EQ(parsed("a + b * c - d <= 4"), "(<= (- (+ a (* b c)) d) 4.00)");
  EXPECT_EQ(parsed("(a + b) * c"), "(* (+ a b) c)");
}

TEST(ParseSql, FlattensChains) {
  EXPECT_EQ(parsed("a and (b and c) AND d"), "(and a b c d)");
}

TEST(ParseSql, ReadsNamesOfEveryDialect) {
  EXPECT_EQ(parsed(R"(l."First ""x""" = r.`b c`)"), "(= l.First \"x\" r.b c)");
  EXPECT_EQ(parsed("L.a == R.a"), "(= l.a r.a)");
}

TEST(ParseSql, ReadsCallsCastsAndCases) {
  EXPECT_EQ(parsed("Levenshtein(a_l, 'it''s') != 2"), "(<> (levenshtein a_l 'it's') 2.00)");
  EXPECT_EQ(parsed("cast(a as double precision)"), "(cast a 'double precision')");
  EXPECT_EQ(parsed("a::text"), "(cast a 'text')");
  EXPECT_EQ(parsed("extract(epoch from a)"), "(epoch a)");
  EXPECT_EQ(parsed("case when a then 1 else -2 end"), "(case a 1.00 -2.0)");
  EXPECT_EQ(parsed("f()"), "(f)");
}

TEST(ParseSql, ReadsNullTests) {
  EXPECT_EQ(parsed("a IS NULL OR b is not null"), "(or (is null a) (is not null b))");
}

TEST(ParseSql, RefusesWhatItDoesNotKnow) {
  for (const char* sql :
       {"", "a =", "= a", "a b", "(a", "a)", "x -> x", "a[1]", "'open", "\"open", "cast(a)",
        "case when a end", "a is 3", "a ? b", "1e999", "f(a,)", "a..b"}) {
    EXPECT_EQ(parsed(sql), "nothing") << sql;
  }
}

TEST(ParseSql, RefusesTooDeepAndTooLong) {
  EXPECT_EQ(parsed(std::string(10'000, '(')), "nothing");
  EXPECT_EQ(parsed(std::string(60, '(') + "a" + std::string(60, ')')), "a");
  EXPECT_EQ(parsed(std::string(70, '(') + "a" + std::string(70, ')')), "nothing");
  std::string sum = "a";
  for (int i = 0; i < 600; ++i) sum += "+a";
  EXPECT_EQ(parsed(sum), "nothing");
}

}  // namespace
}  // namespace tessera
