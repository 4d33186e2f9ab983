#include "scoring/token_sets.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>

#include "scoring/distance.hpp"
#include "tests/reference/distance_reference.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

using WordList = std::vector<std::string>;

std::vector<AsciiText> views_of(const WordList& words) {
  std::vector<AsciiText> views;
  for (const std::string& word : words) views.push_back(ascii_text(word));
  return views;
}

/// The soft similarity by trying every pairing.
double soft_by_search(const WordList& a, const WordList& b) {
  std::set<std::string> set_a(a.begin(), a.end());
  std::set<std::string> set_b(b.begin(), b.end());
  if (set_a.empty() && set_b.empty()) return 1.0;
  const std::size_t total = set_a.size() + set_b.size();
  std::size_t pairs = 0;
  for (const std::string& word : std::set<std::string>(set_a)) {
    if (set_b.erase(word) == 0) continue;
    set_a.erase(word);
    ++pairs;
  }
  std::vector<std::vector<bool>> agrees;
  for (const std::string& left : set_a) {
    std::vector<bool>& row = agrees.emplace_back();
    for (const std::string& right : set_b) {
      row.push_back(jaro_winkler(ascii_text(left), ascii_text(right)) >= 0.9 ||
                    (left.size() == 1 && right[0] == left[0]) ||
                    (right.size() == 1 && right[0] == left[0]));
    }
  }
  std::vector<bool> used(set_b.size(), false);
  pairs += reference::most_pairs(agrees, 0, used);
  return static_cast<double>(pairs) / static_cast<double>(total - pairs);
}

TEST(TokenSets, GiveTheWorkedOutSimilarities) {
  for (const auto& row : test::read_cases("token_sets.tsv")) {
    const auto a = split_tokens(ascii_text(row[0]));
    const auto b = split_tokens(ascii_text(row[1]));
    EXPECT_DOUBLE_EQ(token_set_similarity(a, b), std::stod(row[2])) << row[0] << " | " << row[1];
    EXPECT_DOUBLE_EQ(soft_token_set_similarity(a, b), std::stod(row[3]))
        << row[0] << " | " << row[1];
    EXPECT_DOUBLE_EQ(soft_token_set_similarity(b, a), std::stod(row[3]))
        << row[0] << " | " << row[1];
  }
}

TEST(TokenSets, AgreeWithTryingEveryPairing) {
  const WordList words = {"a",   "an",    "ana", "anna", "anne",  "annie", "b",    "bo",
                          "bob", "bobby", "m",   "mar",  "maria", "marie", "mary", "marya"};
  std::mt19937 draw(17);
  for (int k = 0; k < 4000; ++k) {
    WordList a(draw() % 6);
    WordList b(draw() % 6);
    for (std::string& word : a) word = words[draw() % words.size()];
    for (std::string& word : b) word = words[draw() % words.size()];
    const double expected = soft_by_search(a, b);
    ASSERT_DOUBLE_EQ(soft_token_set_similarity(views_of(a), views_of(b)), expected);
    std::shuffle(a.begin(), a.end(), draw);
    ASSERT_DOUBLE_EQ(soft_token_set_similarity(views_of(a), views_of(b)), expected);
  }
}

TEST(TokenSets, CompareCodePointsLikeAscii) {
  const auto a = split_tokens(wide_text(U"राम बहादुर"));
  const auto b = split_tokens(wide_text(U"बहादुर राम"));
  ASSERT_EQ(a.size(), 2U);
  EXPECT_EQ(token_set_similarity(a, b), 1.0);
  EXPECT_EQ(soft_token_set_similarity(a, split_tokens(wide_text(U"र बहादुर"))), 1.0);
}

TEST(TokenSets, TakeMoreTokensThanTheStackHolds) {
  WordList a;
  WordList b;
  for (int i = 0; i < 40; ++i) {
    const std::string number = std::to_string(100 + i);
    a.push_back("left" + number);
    b.push_back(i % 2 == 0 ? "left" + number : number + "right");
  }
  EXPECT_DOUBLE_EQ(token_set_similarity(views_of(a), views_of(b)), 20.0 / 60.0);
  EXPECT_GE(soft_token_set_similarity(views_of(a), views_of(b)), 20.0 / 60.0);
}

TEST(SplitTokens, LeavesOutEmptyOnes) {
  const auto tokens = split_tokens(ascii_text("  ana   maria "));
  ASSERT_EQ(tokens.size(), 2U);
  EXPECT_EQ(tokens[1].size(), 5U);
  EXPECT_TRUE(split_tokens(ascii_text("")).empty());
}

}  // namespace
}  // namespace tessera
