#include "data/text_buffer.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tessera {
namespace {

TEST(TextBuffer, TextsOfEveryLengthComeOutWhole) {
  std::string expected;
  TextBuffer buffer;
  for (std::size_t size = 0; size < 100; ++size) {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) text.push_back(static_cast<char>('a' + (size + i) % 26));
    buffer.put(text);
    buffer.put(',');
    expected += text + ",";
  }
  EXPECT_EQ(buffer.view(), expected);
}

TEST(TextBuffer, RepeatedTextsOfEveryLengthComeOutWhole) {
  std::string expected;
  TextBuffer buffer;
  for (std::size_t size = 0; size < 100; ++size) {
    const RepeatedText text(std::string(size, static_cast<char>('a' + size % 26)));
    buffer.put(text);
    buffer.put('"');
    buffer.put(text);
    expected += std::string(size, static_cast<char>('a' + size % 26)) + '"';
    expected += std::string(size, static_cast<char>('a' + size % 26));
  }
  EXPECT_EQ(buffer.view(), expected);
}

TEST(TextBuffer, ARepeatedTextMayBecomeAnother) {
  TextBuffer buffer;
  RepeatedText text;
  buffer.put(text);  // none yet
  for (const std::size_t size : {40UL, 3UL, 0UL, 32UL, 33UL}) {
    text.assign(std::string(size, 'x'));
    buffer.clear();
    buffer.put(text);
    EXPECT_EQ(buffer.view(), std::string(size, 'x'));
  }
}

TEST(TextBuffer, GrowsPastWhatItHolds) {
  const std::string text(10'000, 'x');
  TextBuffer buffer;
  buffer.put('a');
  buffer.put(text);
  EXPECT_EQ(buffer.view(), "a" + text);
}

TEST(TextBuffer, ClearedItStartsAgain) {
  TextBuffer buffer;
  EXPECT_EQ(buffer.view(), "");
  buffer.put("some text");
  buffer.clear();
  buffer.put("other");
  EXPECT_EQ(buffer.view(), "other");
  EXPECT_EQ(buffer.size(), 5U);
}

}  // namespace
}  // namespace tessera
