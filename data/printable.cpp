#include "data/printable.hpp"

#include "data/unicode.hpp"

namespace tessera {
namespace {

constexpr char32_t kReplacement = 0xfffd;

bool is_unsafe(char32_t c) {
  if (c < 0x20 || (c >= 0x7f && c < 0xa0)) return true;  // C0, DEL, C1
  if (c >= 0x200b && c <= 0x200f) return true;           // of no width; direction marks
  if (c >= 0x2028 && c <= 0x202e) return true;           // line ends; embeddings and overrides
  return (c >= 0x2060 && c <= 0x2069) || c == 0xfeff;    // isolates; byte order mark
}

bool is_combining(char32_t c) {
  return (c >= 0x300 && c <= 0x36f) || (c >= 0x64b && c <= 0x65f) || (c >= 0x1ab0 && c <= 0x1aff) ||
         (c >= 0x20d0 && c <= 0x20ff) || (c >= 0xfe00 && c <= 0xfe0f);
}

bool is_wide(char32_t c) {
  return (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xd7a3) ||
         (c >= 0xf900 && c <= 0xfaff) || (c >= 0xfe30 && c <= 0xfe6f) ||
         (c >= 0xff00 && c <= 0xff60) || (c >= 0x1f300 && c <= 0x1faff) ||
         (c >= 0x20000 && c <= 0x3fffd);
}

}  // namespace

std::string printable(std::string_view text, std::size_t most) {
  std::u32string characters = decode_utf8(text);
  for (char32_t& c : characters) {
    if (is_unsafe(c)) c = kReplacement;
  }
  if (characters.size() > most) {
    characters.resize(most);
    characters.back() = U'…';
  }
  return encode_utf8(characters);
}

std::size_t text_columns(std::string_view text) {
  std::size_t columns = 0;
  for (const char32_t c : decode_utf8(text)) {
    columns += is_combining(c) ? 0 : is_wide(c) ? 2 : 1;
  }
  return columns;
}

}  // namespace tessera
