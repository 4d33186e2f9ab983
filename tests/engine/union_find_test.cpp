#include "engine/union_find.hpp"

#include <gtest/gtest.h>

#include <random>
#include <thread>
#include <vector>

namespace tessera {
namespace {

/// Labels by repeated relabelling, from the definition.
std::vector<Row> naive_labels(Row rows, const std::vector<std::pair<Row, Row>>& pairs) {
  std::vector<Row> label(rows);
  for (Row row = 0; row < rows; ++row) label[row] = row;
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& [a, b] : pairs) {
      const Row least = std::min(label[a], label[b]);
      changed = changed || label[a] != least || label[b] != least;
      label[a] = label[b] = least;
    }
  }
  return label;
}

std::vector<std::pair<Row, Row>> random_pairs(Row rows, std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<std::pair<Row, Row>> pairs;
  for (std::size_t i = 0; i < count; ++i) {
    pairs.emplace_back(static_cast<Row>(random() % rows), static_cast<Row>(random() % rows));
  }
  return pairs;
}

std::vector<Row> labels(UnionFind& sets) {
  std::vector<Row> label;
  for (Row row = 0; row < sets.size(); ++row) label.push_back(sets.find(row));
  return label;
}

TEST(UnionFind, BeginsAlone) {
  UnionFind sets(3);
  EXPECT_EQ(labels(sets), (std::vector<Row>{0, 1, 2}));
}

TEST(UnionFind, TheLabelIsTheLeastRow) {
  UnionFind sets(4);
  sets.join(3, 2);
  sets.join(2, 1);
  EXPECT_EQ(labels(sets), (std::vector<Row>{0, 1, 1, 1}));
}

TEST(UnionFind, AgreesWithTheNaiveLabels) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    const Row rows = 1 + seed % 40;
    const auto pairs = random_pairs(rows, seed % 50, seed);
    UnionFind sets(rows);
    for (const auto& [a, b] : pairs) sets.join(a, b);
    ASSERT_EQ(labels(sets), naive_labels(rows, pairs));
  }
}

TEST(UnionFind, ThreadsJoiningAtOnceAgreeWithOne) {
  constexpr Row kRows = 20000;
  const auto pairs = random_pairs(kRows, 18000, 5);
  UnionFind alone(kRows);
  for (const auto& [a, b] : pairs) alone.join(a, b);
  for (int repeat = 0; repeat < 5; ++repeat) {
    UnionFind shared(kRows);
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < 4; ++t) {
      threads.emplace_back([&, t] {
        for (std::size_t i = t; i < pairs.size(); i += 4)
          shared.join(pairs[i].first, pairs[i].second);
      });
    }
    for (std::thread& thread : threads) thread.join();
    ASSERT_EQ(labels(shared), labels(alone));
  }
}

TEST(UnionFind, AllThreadsAtOneChain) {
  constexpr Row kRows = 5000;
  UnionFind sets(kRows);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&sets] {
      for (Row row = kRows - 1; row > 0; --row) sets.join(row, row - 1);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(labels(sets), std::vector<Row>(kRows, 0));
}

}  // namespace
}  // namespace tessera
