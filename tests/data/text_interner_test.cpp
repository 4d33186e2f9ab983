#include "data/text_interner.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <utility>

namespace tessera {
namespace {

TEST(TextInterner, GivesTheCodesThatADictionaryBuilderGives) {
  std::mt19937_64 random(5);
  constexpr std::size_t kTexts = 20'000;
  TextInterner interner(kTexts);
  DictionaryBuilder builder;
  for (std::size_t i = 0; i < kTexts; ++i) {
    const std::string text(random() % 3, static_cast<char>('a' + random() % 26));
    const std::string key = text.empty() ? text : text + std::to_string(random() % 3000);
    interner.prefetch(hash_bytes(key));
    ASSERT_EQ(interner.intern(key, hash_bytes(key)), builder.intern(key));
  }
  const Dictionary dictionary = std::move(interner).finish();
  ASSERT_EQ(dictionary.size(), builder.dictionary().size());
  for (Code code = 0; code < dictionary.size(); ++code) {
    ASSERT_EQ(dictionary[code], builder.dictionary()[code]);
  }
}

TEST(TextInterner, TakesAsManyTextsAsItWasMadeFor) {
  for (const std::size_t most : {0U, 1U, 2U, 3U, 7U, 64U, 1000U}) {
    TextInterner interner(most);
    for (std::size_t i = 0; i < most; ++i) {
      const std::string text = std::to_string(i);
      ASSERT_EQ(interner.intern(text, hash_bytes(text)), i + 1);
    }
    ASSERT_EQ(std::move(interner).finish().size(), most + 1);
  }
}

TEST(TextInterner, TellsTextsOfEqualHashApart) {
  TextInterner interner(3);
  EXPECT_EQ(interner.intern("ada", 42), 1U);
  EXPECT_EQ(interner.intern("eve", 42), 2U);
  EXPECT_EQ(interner.intern("ada", 42), 1U);
}

}  // namespace
}  // namespace tessera
