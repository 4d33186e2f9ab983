#include <gtest/gtest.h>

#include <random>

#include "data/error.hpp"
#include "registry/store.hpp"

namespace tessera {
namespace {

References random_references(std::mt19937_64& random) {
  References references;
  const auto hashes = [&](auto& list, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      list.push_back(static_cast<typename std::decay_t<decltype(list)>::value_type>(random()));
    }
    std::sort(list.begin(), list.end());
  };
  for (int column = 0; column < 4; ++column) {
    ColumnKnowledge& known = references.cleaning.emplace_back();
    hashes(known.dropped, random() % 5);
    hashes(known.heaped, random() % 5);
    hashes(known.heaped_days, random() % 5);
    known.m_is_woman = {true, false, random() % 2 == 0};
    ColumnFrequencies& frequencies = references.frequencies.emplace_back();
    frequencies.filled = random() % 1'000'000;
    for (std::size_t i = random() % 20; i > 0; --i) {
      frequencies.repeated.push_back({random(), static_cast<std::uint32_t>(random())});
    }
    std::sort(frequencies.repeated.begin(), frequencies.repeated.end());
  }
  for (int i = 0; i < 6; ++i) {
    references.splits.push_back({random(), i % 2 == 0 ? kNotSplit : static_cast<std::uint32_t>(i)});
  }
  std::sort(references.splits.begin(), references.splits.end());
  return references;
}

TEST(ReferencesBytes, ReadBackToTheSame) {
  std::mt19937_64 random(1);
  EXPECT_EQ(decode_references(encode_references({}), "x"), References{});
  for (int i = 0; i < 200; ++i) {
    const References references = random_references(random);
    EXPECT_EQ(decode_references(encode_references(references), "x"), references);
  }
}

TEST(ReferencesBytes, CutOrTurnedOverTheyNeverCrash) {
  std::mt19937_64 random(2);
  const std::string whole = encode_references(random_references(random));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_THROW(decode_references(whole.substr(0, size), "x"), Error) << size;
  }
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string bad = whole;
    bad[at] = static_cast<char>(bad[at] ^ (1 << (at % 8)));
    try {
      decode_references(bad, "x");  // another value, or a fault: the store's digest tells
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kDamaged);
    }
  }
}

}  // namespace
}  // namespace tessera
