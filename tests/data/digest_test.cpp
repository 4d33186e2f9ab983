#include "data/digest.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

std::string digest_of(const std::string& text) {
  Digest digest;
  digest.update(text);
  return digest.hex();
}

TEST(Digest, CasesOfTheTableHold) {
  for (const auto& row : test::read_cases("xxh64.tsv")) {
    ASSERT_EQ(row.size(), 3U);
    EXPECT_EQ(digest_of(row[0]), row[1]) << row[0];
  }
}

TEST(Digest, PiecesDoNotMatter) {
  std::string text;
  for (int i = 0; i < 150; ++i) text += static_cast<char>(i * 7);
  for (std::size_t first = 0; first <= text.size(); ++first) {
    for (const std::size_t second : {first, (first + text.size()) / 2, text.size()}) {
      Digest digest;
      digest.update(std::string_view(text).substr(0, first));
      digest.update(std::string_view(text).substr(first, second - first));
      digest.update(std::string_view(text).substr(second));
      ASSERT_EQ(digest.hex(), digest_of(text)) << first << " " << second;
    }
  }
}

TEST(Digest, OneBitChangesIt) {
  std::string text(100, 'x');
  const std::string before = digest_of(text);
  text[57] ^= 1;
  EXPECT_NE(digest_of(text), before);
}

TEST(TextDigest, Is16HexDigitsOfTheHash) {
  EXPECT_EQ(text_digest("").size(), 16U);
  EXPECT_NE(text_digest("a"), text_digest("b"));
  EXPECT_EQ(text_digest("job"), text_digest(std::string("jo") + "b"));
}

}  // namespace
}  // namespace tessera
