#include "data/batch_interner.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace tessera {
namespace {

std::vector<std::string> random_texts(std::uint64_t seed, std::size_t count,
                                      std::uint64_t distinct) {
  std::mt19937_64 random(seed);
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t value = random() % distinct;
    // Every length from 0 to 40, so that each way of hashing is met.
    texts.push_back(std::string(value % 41, static_cast<char>('a' + value % 26)) +
                    (value % 3 == 0 ? "" : std::to_string(value)));
  }
  return texts;
}

TEST(BatchInterner, GivesTheCodesOfDictionaryBuilder) {
  for (const std::uint64_t distinct : {1ULL, 10ULL, 200ULL, 30'000ULL}) {
    const auto texts = random_texts(distinct, 50'000, distinct);
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    BatchInterner interner;
    DictionaryBuilder builder;
    std::vector<Code> codes(views.size());
    for (std::size_t at = 0; at < views.size();) {
      const std::size_t count = std::min<std::size_t>(1 + at % 300, views.size() - at);
      interner.intern(std::span(views).subspan(at, count), std::span(codes).subspan(at, count));
      at += count;
    }
    for (std::size_t i = 0; i < views.size(); ++i) {
      ASSERT_EQ(codes[i], builder.intern(views[i])) << i;
    }
    const Dictionary finished = std::move(interner).finish();
    const Dictionary expected = std::move(builder).finish();
    ASSERT_EQ(finished.size(), expected.size());
    for (Code code = 0; code < finished.size(); ++code) ASSERT_EQ(finished[code], expected[code]);
  }
}

TEST(BatchInterner, NewTextTwiceInOneBatchGetsOneCode) {
  BatchInterner interner;
  const std::vector<std::string_view> texts = {"a", "b", "a", "", "b", "c"};
  std::vector<Code> codes(texts.size());
  interner.intern(texts, codes);
  EXPECT_EQ(codes, (std::vector<Code>{1, 2, 1, 0, 2, 3}));
}

TEST(BatchInterner, TextsThatDifferInOneByteDiffer) {
  BatchInterner interner;
  for (std::size_t size = 1; size < 70; ++size) {
    std::vector<std::string> texts(1, std::string(size, 'x'));
    for (std::size_t i = 0; i < size; ++i) {
      texts.push_back(texts[0]);
      texts.back()[i] = 'y';
    }
    const std::vector<std::string_view> views(texts.begin(), texts.end());
    std::vector<Code> codes(views.size());
    const std::uint32_t before = interner.dictionary().size();
    interner.intern(views, codes);
    EXPECT_EQ(interner.dictionary().size(), before + size + 1);
  }
}

}  // namespace
}  // namespace tessera
