#include "data/text_stream.hpp"

#include <gtest/gtest.h>

#include "data/error.hpp"
#include "data/unicode.hpp"
#include "tests/data/read_support.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

class TextStreamTest : public testing::Test {
 protected:
  std::string read(const std::string& bytes, Encoding encoding, std::size_t step) const {
    TextStream stream(folder_.write("text", bytes), encoding);
    std::string text;
    std::vector<char> room(step);
    while (const std::size_t got = stream.read(room)) text.append(room.data(), got);
    return text;
  }

  std::string name_of(const std::string& bytes, Encoding encoding) const {
    return std::string(TextStream(folder_.write("text", bytes), encoding).encoding_name());
  }

  test::TemporaryFolder folder_;
};

TEST_F(TextStreamTest, Utf8MarkIsDropped) {
  for (const std::size_t step : {4U, 100U}) {
    EXPECT_EQ(read("\xEF\xBB\xBFid,été\n", Encoding::kUtf8, step), "id,été\n");
    EXPECT_EQ(read("id,été\n", Encoding::kUtf8, step), "id,été\n");
    EXPECT_EQ(read("\xEF\xBB", Encoding::kUtf8, step), "\xEF\xBB");
    EXPECT_EQ(read("", Encoding::kUtf8, step), "");
  }
}

TEST_F(TextStreamTest, EveryLatin1ByteBecomesItsCharacter) {
  std::string bytes;
  std::u32string expected;
  for (int byte = 1; byte < 256; ++byte) {
    bytes += static_cast<char>(byte);
    expected += static_cast<char32_t>(byte);
  }
  std::u32string text = decode_utf8(read(bytes, Encoding::kLatin1, 7));
  ASSERT_EQ(text.size(), expected.size());
  // 80 … 9f are those of windows-1252; a few by hand: euro, curly quote, Y with diaeresis.
  EXPECT_EQ(text[0x80 - 1], U'\u20AC');
  EXPECT_EQ(text[0x92 - 1], U'\u2019');
  EXPECT_EQ(text[0x9F - 1], U'\u0178');
  text.erase(0x7F, 32);
  expected.erase(0x7F, 32);
  EXPECT_EQ(text, expected);
}

TEST_F(TextStreamTest, Utf16OfEitherOrderIsRead) {
  const std::u16string text = u"id;n\u00E9e \u1200 \U0001F3E0\n";
  const std::string expected = "id;n\u00E9e \u1200 \U0001F3E0\n";
  for (const std::size_t step : {4U, 5U, 100U}) {
    EXPECT_EQ(read(test::utf16(text, false), Encoding::kUtf16, step), expected);
    EXPECT_EQ(read(test::utf16(text, true), Encoding::kUtf16, step), expected);
    EXPECT_EQ(read(test::utf16(text, false).substr(2), Encoding::kUtf16, step), expected);
  }
}

TEST_F(TextStreamTest, LongUtf16KeepsCharactersWholeAcrossBlocks) {
  std::u16string text(1, u'x');
  std::string expected = "x";
  for (int i = 0; i < 50'000; ++i) {
    text += u"\U0001F3E0";
    expected += "\U0001F3E0";
  }
  EXPECT_EQ(read(test::utf16(text, false), Encoding::kUtf16, 1000), expected);
}

TEST_F(TextStreamTest, IllFormedUtf16IsNoUtf8) {
  const std::u16string lone_high = {u'a', 0xD800, u'b'};
  const std::u16string lone_low = {u'a', 0xDC00, u'b'};
  EXPECT_EQ(read(test::utf16(lone_high, false), Encoding::kUtf16, 100),
            "a\xFF"
            "b");
  EXPECT_EQ(read(test::utf16(lone_low, true), Encoding::kUtf16, 100),
            "a\xFF"
            "b");
  EXPECT_EQ(read(test::utf16(u"a", false) + "b", Encoding::kUtf16, 100), "a\xFF");
  EXPECT_EQ(read(test::utf16({0xD800}, false), Encoding::kUtf16, 100), "\xFF");
}

TEST_F(TextStreamTest, MarkThatContradictsIsTold) {
  EXPECT_NE(test::error_of([&] {
              read(test::utf16(u"id\n", false), Encoding::kUtf8, 10);
            }).find("declare this source's encoding as utf-16"),
            std::string::npos);
  EXPECT_NE(test::error_of([&] {
              read(test::utf16(u"id\n", true), Encoding::kLatin1, 10);
            }).find("declare this source's encoding as utf-16"),
            std::string::npos);
  EXPECT_NE(test::error_of([&] {
              read("\xEF\xBB\xBFid\n", Encoding::kLatin1, 10);
            }).find("declare this source's encoding as utf-8"),
            std::string::npos);
}

TEST_F(TextStreamTest, EncodingIsNamed) {
  EXPECT_EQ(name_of("id\n", Encoding::kUtf8), "utf-8");
  EXPECT_EQ(name_of("\xEF\xBB\xBFid\n", Encoding::kUtf8), "utf-8 with byte-order mark");
  EXPECT_EQ(name_of("id\n", Encoding::kLatin1), "latin-1");
  EXPECT_EQ(name_of(test::utf16(u"id", false), Encoding::kUtf16), "utf-16le");
  EXPECT_EQ(name_of(test::utf16(u"id", true), Encoding::kUtf16), "utf-16be");
}

TEST_F(TextStreamTest, FirstLetterIsFound) {
  EXPECT_EQ(
      TextStream(folder_.write("t", "\xEF\xBB\xBF \n{\"a\":1}"), Encoding::kUtf8).first_letter(),
      '{');
  EXPECT_EQ(
      TextStream(folder_.write("t", test::utf16(u" {", true)), Encoding::kUtf16).first_letter(),
      '{');
  EXPECT_EQ(TextStream(folder_.write("t", " \n"), Encoding::kUtf8).first_letter(), '\0');
}

}  // namespace
}  // namespace tessera
