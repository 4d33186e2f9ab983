#include "report/text_table.hpp"

#include <algorithm>

#include "data/check.hpp"
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

std::string with_commas(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3; at -= 3) text.insert(at - 3, ",");
  return text;
}

void TextTable::add(std::vector<std::string> cells) {
  TESSERA_CHECK(cells.size() <= align_.size());
  rows_.push_back(std::move(cells));
}

std::string TextTable::text(std::size_t indent) const {
  std::vector<std::size_t> width(align_.size());
  for (const std::vector<std::string>& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      // The last of a short row stands alone at its end.
      const bool is_free = align_[i] == Align::kLeft && i + 1 == row.size();
      if (!is_free) width[i] = std::max(width[i], text_columns(row[i]));
    }
  }
  std::string text;
  for (const std::vector<std::string>& row : rows_) {
    std::string line(indent, ' ');
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::size_t columns = text_columns(row[i]);
      const std::string blanks(width[i] - std::min(columns, width[i]), ' ');
      line += align_[i] == Align::kRight ? blanks + row[i] : row[i] + blanks;
      line += "  ";
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

}  // namespace tessera
