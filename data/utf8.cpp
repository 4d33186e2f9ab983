// The parts of data/unicode.hpp that need no tables: validity, decoding and encoding.
#include <cstring>

#include "data/unicode.hpp"

namespace tessera {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

struct Decoded {
  char32_t code_point;
  std::size_t length;  // bytes taken, at least 1
};

// One code point at `text[at]`, by Unicode 15 table 3-7. Of an ill-formed sequence one byte is
// taken.
Decoded decode_one(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) -> std::uint32_t {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
  };
  const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const std::uint32_t first = byte(0);
  if (first < 0x80) return {static_cast<char32_t>(first), 1};
  if (first >= 0xC2 && first <= 0xDF && continues(1)) {
    return {static_cast<char32_t>((first & 0x1FU) << 6 | (byte(1) & 0x3FU)), 2};
  }
  if ((first & 0xF0U) == 0xE0 && continues(1) && continues(2)) {
    const auto c =
        static_cast<char32_t>((first & 0x0FU) << 12 | (byte(1) & 0x3FU) << 6 | (byte(2) & 0x3FU));
    if (c >= 0x800 && (c < 0xD800 || c > 0xDFFF)) return {c, 3};
  }
  if (first >= 0xF0 && first <= 0xF4 && continues(1) && continues(2) && continues(3)) {
    const auto c = static_cast<char32_t>((first & 0x07U) << 18 | (byte(1) & 0x3FU) << 12 |
                                         (byte(2) & 0x3FU) << 6 | (byte(3) & 0x3FU));
    if (c >= 0x10000 && c <= 0x10FFFF) return {c, 4};
  }
  return {kReplacement, 1};
}

// The length of the front of `text` that is ASCII, in whole words of 8 bytes.
std::size_t ascii_words(std::string_view text) {
  std::size_t size = 0;
  for (; size + 8 <= text.size(); size += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + size, 8);
    if ((word & 0x8080808080808080ULL) != 0) break;
  }
  return size;
}

}  // namespace

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    at += ascii_words(text.substr(at));
    // Then characters one by one, until the text is ASCII again or ends.
    while (at < text.size()) {
      const auto [code_point, length] = decode_one(text, at);
      if (length == 1 && code_point == kReplacement) return false;
      at += length;
      if (length == 1) break;
    }
  }
  return true;
}

bool is_ascii(std::string_view text) {
  std::uint64_t high_bits = 0;
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i, 8);
    high_bits |= word;
  }
  for (; i < text.size(); ++i) high_bits |= static_cast<unsigned char>(text[i]);
  return (high_bits & 0x8080808080808080ULL) == 0;
}

std::u32string decode_utf8(std::string_view text) {
  std::u32string out;
  decode_utf8(text, out);
  return out;
}

void decode_utf8(std::string_view text, std::u32string& out) {
  out.clear();
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto [code_point, length] = decode_one(text, at);
    out.push_back(code_point);
    at += length;
  }
}

std::string encode_utf8(std::u32string_view code_points) {
  std::string out;
  out.reserve(code_points.size());
  const auto put = [&](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  for (char32_t c : code_points) {
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = kReplacement;
    const auto value = static_cast<std::uint32_t>(c);
    if (value < 0x80) {
      put(value);
    } else if (value < 0x800) {
      put(0xC0U | value >> 6);
      put(0x80U | (value & 0x3FU));
    } else if (value < 0x10000) {
      put(0xE0U | value >> 12);
      put(0x80U | (value >> 6 & 0x3FU));
      put(0x80U | (value & 0x3FU));
    } else {
      put(0xF0U | value >> 18);
      put(0x80U | (value >> 12 & 0x3FU));
      put(0x80U | (value >> 6 & 0x3FU));
      put(0x80U | (value & 0x3FU));
    }
  }
  return out;
}

}  // namespace tessera
