#include "report/date_format.hpp"

#include <algorithm>
#include <vector>

#include "data/unicode.hpp"

namespace tessera {
namespace {

struct Piece {
  enum Type : unsigned char { kDigits, kLetters, kSign } type;
  std::string text;
};

std::vector<Piece> pieces_of(std::string_view text) {
  std::vector<Piece> pieces;
  for (const char c : text) {
    const bool digit = c >= '0' && c <= '9';
    const bool letter = (static_cast<unsigned char>(c) >= 0x80) || (c >= 'a' && c <= 'z');
    const Piece::Type type = digit ? Piece::kDigits : letter ? Piece::kLetters : Piece::kSign;
    if (pieces.empty() || pieces.back().type != type) pieces.push_back({type, ""});
    pieces.back().text += c;
  }
  return pieces;
}

// A time behind the date, with what parts them; the date alone is left in `pieces`.
bool drop_time(std::vector<Piece>& pieces) {
  const auto colon = std::ranges::find_if(pieces, [](const Piece& piece) {
    return piece.type == Piece::kSign && piece.text.front() == ':';
  });
  const auto at = colon - pieces.begin();
  if (colon == pieces.end() || at < 3) return false;
  // digits, `T` or a blank, digits, `:`
  pieces.erase(pieces.begin() + at - 2, pieces.end());
  return true;
}

std::string part_name(const std::string& digits, char letter) {
  return std::string(letter == 'y' ? digits.size() : 2, letter);
}

std::string format_of(const std::vector<Piece>& pieces) {
  std::vector<std::size_t> numbers;
  std::size_t words = 0;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].type == Piece::kDigits) numbers.push_back(i);
    if (pieces[i].type == Piece::kLetters) ++words;
  }
  const auto is = [&](std::size_t i, std::size_t digits) {
    return pieces[numbers[i]].text.size() == digits;
  };
  std::vector<char> letters;  // of each number
  const auto number = [&](std::size_t i) { return std::stoi(pieces[numbers[i]].text); };
  if (numbers.size() == 1 && words == 0) {
    if (is(0, 4)) return "yyyy";
    return is(0, 8) ? "yyyymmdd" : "other";
  }
  if (words == 1 && numbers.size() == 2) {
    const bool year_first = is(0, 4);
    if (!year_first && !is(1, 4) && !is(1, 2)) return "other";
    letters = year_first ? std::vector<char>{'y', 'd'} : std::vector<char>{'d', 'y'};
  } else if (words == 0 && numbers.size() == 3 && is(0, 4)) {
    letters = {'y', 'm', 'd'};
  } else if (words == 0 && numbers.size() == 3 && (is(2, 4) || is(2, 2))) {
    if (pieces[numbers[0]].text.size() > 2 || pieces[numbers[1]].text.size() > 2) return "other";
    letters = number(0) > 12   ? std::vector<char>{'d', 'm', 'y'}
              : number(1) > 12 ? std::vector<char>{'m', 'd', 'y'}
                               : std::vector<char>{'n', 'n', 'y'};
  } else if (words == 0 && numbers.size() == 2 && (is(0, 4) || is(1, 4))) {
    letters = is(0, 4) ? std::vector<char>{'y', 'm'} : std::vector<char>{'m', 'y'};
  } else {
    return "other";
  }
  std::string format;
  std::size_t next = 0;
  for (const Piece& piece : pieces) {
    if (piece.type == Piece::kDigits) {
      format += part_name(piece.text, letters[next++]);
    } else {
      format += piece.type == Piece::kLetters ? "mon" : piece.text;
    }
  }
  return format;
}

}  // namespace

std::string date_format(std::string_view text) {
  const std::string folded = fold(text);  // digits of any script
  std::vector<Piece> pieces = pieces_of(folded);
  const bool time = drop_time(pieces);
  const std::string format = format_of(pieces);
  return time && format != "other" ? format + " and time" : format;
}

}  // namespace tessera
