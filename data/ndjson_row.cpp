#include "data/ndjson_row.hpp"

#include <utility>

#include "data/unicode.hpp"

namespace tessera {
namespace {

bool is_high_surrogate(std::uint32_t unit) {
  return unit >= 0xD800 && unit <= 0xDBFF;
}
bool is_low_surrogate(std::uint32_t unit) {
  return unit >= 0xDC00 && unit <= 0xDFFF;
}

bool is_number_character(char c) {
  return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

}  // namespace

bool is_json_number(std::string_view text) {
  std::size_t at = 0;
  const auto digit = [&] { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
  const auto digits = [&] {
    const std::size_t begin = at;
    while (digit()) ++at;
    return at > begin;
  };
  const auto take = [&](char c) {
    const bool is_next = at < text.size() && text[at] == c;
    if (is_next) ++at;
    return is_next;
  };
  take('-');
  if (!take('0') && !digits()) return false;
  if (take('.') && !digits()) return false;
  if (take('e') || take('E')) {
    if (!take('+')) take('-');
    if (!digits()) return false;
  }
  return at == text.size();
}

// Recursive descent over one line. Every function returns whether the line is good so far; `fault`
// says why not.
struct NdjsonRow::Walker {
  NdjsonRow& row;
  std::string_view line;
  std::size_t at = 0;
  RowFaultKind fault = RowFaultKind::kBadJson;
  std::string path{};
  std::string unescaped{};
  int depth = 0;
  bool in_array = false;

  void skip_blanks() {
    while (at < line.size() && (line[at] == ' ' || line[at] == '\t' || line[at] == '\r')) ++at;
  }

  bool take(char c) {
    skip_blanks();
    const bool is_next = at < line.size() && line[at] == c;
    if (is_next) ++at;
    return is_next;
  }

  bool take_word(std::string_view word) {
    if (!line.substr(at).starts_with(word)) return false;
    at += word.size();
    return true;
  }

  FieldRef store(std::string_view piece) {
    const FieldRef stored{static_cast<std::uint32_t>(row.bytes_.size()),
                          static_cast<std::uint32_t>(piece.size())};
    row.bytes_.append(piece);
    return stored;
  }

  bool put(std::string_view text) {
    const FieldRef stored_path = store(path);
    row.values_.push_back({stored_path, store(trim_blanks(text)), in_array});
    return true;
  }

  // The members behind `{`.
  bool object() {
    if (take('}')) return true;
    do {
      skip_blanks();
      const auto key = string();
      if (!key || !take(':')) return false;
      const std::size_t length = path.size();
      if (length > 0) path.push_back('.');
      path.append(trim_blanks(*key));
      if (!value()) return false;
      path.resize(length);
    } while (take(','));
    return take('}');
  }

  // The elements behind `[`.
  bool array() {
    if (take(']')) return true;
    const bool was_in_array = std::exchange(in_array, true);
    do {
      if (!value()) return false;
    } while (take(','));
    in_array = was_in_array;
    return take(']');
  }

  bool value() {
    skip_blanks();
    if (at == line.size()) return false;
    switch (line[at]) {
      case '{':
      case '[': {
        if (depth == kMaxDepth) return false;
        ++depth;
        const bool good = line[at++] == '{' ? object() : array();
        --depth;
        return good;
      }
      case '"': {
        const auto text = string();
        return text && put(*text);
      }
      case 't':
        return take_word("true") && put("true");
      case 'f':
        return take_word("false") && put("false");
      case 'n':
        return take_word("null") && put("");
      default:
        return number();
    }
  }

  bool number() {
    const std::size_t begin = at;
    while (at < line.size() && is_number_character(line[at])) ++at;
    const std::string_view token = line.substr(begin, at - begin);
    return is_json_number(token) && put(token);
  }

  // The string at `at`; valid until the next one.
  std::optional<std::string_view> string() {
    if (at == line.size() || line[at] != '"') return std::nullopt;
    const std::size_t begin = ++at;
    for (; at < line.size(); ++at) {
      const char c = line[at];
      if (c == '"') return line.substr(begin, at++ - begin);
      if (c == '\\') return escaped_string(begin);
      if (static_cast<unsigned char>(c) < 0x20) return std::nullopt;
    }
    return std::nullopt;
  }

  // Goes on from the first backslash.
  std::optional<std::string_view> escaped_string(std::size_t begin) {
    unescaped.assign(line.substr(begin, at - begin));
    while (at < line.size()) {
      const char c = line[at++];
      if (c == '"') return unescaped;
      if (static_cast<unsigned char>(c) < 0x20) return std::nullopt;
      if (c != '\\') {
        unescaped.push_back(c);
      } else if (!escape()) {
        return std::nullopt;
      }
    }
    return std::nullopt;
  }

  // What stands behind a backslash.
  bool escape() {
    static constexpr std::string_view kNames = "\"\\/bfnrt";
    static constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
    if (at == line.size()) return false;
    const char name = line[at++];
    if (name == 'u') return unicode_escape();
    const std::size_t place = kNames.find(name);
    if (place == std::string_view::npos) return false;
    unescaped.push_back(kMeanings[place]);
    return true;
  }

  bool unicode_escape() {
    const auto unit = hex_unit();
    if (!unit || is_low_surrogate(*unit)) return false;
    std::uint32_t code_point = *unit;
    if (is_high_surrogate(*unit)) {
      const auto low = take_word("\\u") ? hex_unit() : std::nullopt;
      if (!low || !is_low_surrogate(*low)) return false;
      code_point = 0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00);
    }
    if (code_point == 0) {
      fault = RowFaultKind::kNul;
      return false;
    }
    const auto character = static_cast<char32_t>(code_point);
    unescaped.append(encode_utf8({&character, 1}));
    return true;
  }

  std::optional<std::uint32_t> hex_unit() {
    if (line.size() - at < 4) return std::nullopt;
    std::uint32_t unit = 0;
    for (const char c : line.substr(at, 4)) {
      unit <<= 4;
      if (c >= '0' && c <= '9') {
        unit += static_cast<std::uint32_t>(c - '0');
      } else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') {
        unit += static_cast<std::uint32_t>((c | 0x20) - 'a') + 10;
      } else {
        return std::nullopt;
      }
    }
    at += 4;
    return unit;
  }
};

std::optional<RowFaultKind> NdjsonRow::parse(std::string_view line) {
  bytes_.clear();
  values_.clear();
  if (line.find('\0') != std::string_view::npos) return RowFaultKind::kNul;
  if (!is_utf8(line)) return RowFaultKind::kEncoding;
  line = trim_blanks(line);
  if (!line.starts_with('{')) return RowFaultKind::kNotAnObject;
  Walker walker{*this, line, 1};
  if (!walker.object()) return walker.fault;
  if (walker.at != line.size()) return RowFaultKind::kBadJson;
  return std::nullopt;
}

}  // namespace tessera
