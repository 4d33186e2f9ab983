#include "blocking/key_values.hpp"

#include <algorithm>

#include "data/check.hpp"
#include "data/date.hpp"
#include "data/phonetic.hpp"
#include "data/unicode.hpp"

namespace tessera {
namespace {

std::vector<std::string> one_or_none(std::string text) {
  if (text.empty()) return {};
  std::vector<std::string> keys;
  keys.push_back(std::move(text));
  return keys;
}

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> out;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find_first_of(" |", at), text.size());
    if (end > at) out.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

// An initial says too little to be a sound.
std::vector<std::string> sounds(std::string_view text) {
  std::vector<std::string> out;
  for (const std::string& word : words(text)) {
    std::string sound = word.size() > 1 ? soundex(word) : std::string();
    if (!sound.empty()) out.push_back(std::move(sound));
  }
  return out;
}

std::string joined(std::vector<std::string> parts) {
  std::sort(parts.begin(), parts.end());
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out += ' ';
    out += part;
  }
  return out;
}

std::string first_code_points(std::string_view text, std::size_t count) {
  const std::u32string all = decode_utf8(text);
  return encode_utf8(std::u32string_view(all).substr(0, count));
}

std::string last_code_points(std::string_view text, std::size_t count) {
  const std::u32string all = decode_utf8(text);
  return encode_utf8(std::u32string_view(all).substr(all.size() - std::min(count, all.size())));
}

std::string date_part(KeyFunction function, std::string_view text) {
  const std::optional<Date> date = parse_edtf(text);
  if (!date) return {};
  const int value = function == KeyFunction::kYear    ? date->year
                    : function == KeyFunction::kMonth ? date->month
                                                      : date->day;
  // A heap's month and day are the registry's, not the person's.
  if (value == 0 || (date->coarse && function != KeyFunction::kYear)) return {};
  return std::to_string(value);
}

}  // namespace

std::vector<std::string> key_texts(const KeyPart& part, std::string_view text) {
  switch (part.function) {
    case KeyFunction::kValue:
      return one_or_none(std::string(text));
    case KeyFunction::kPrefix:
      return one_or_none(first_code_points(text, part.length));
    case KeyFunction::kSuffix:
      return one_or_none(last_code_points(text, part.length));
    case KeyFunction::kYear:
    case KeyFunction::kMonth:
    case KeyFunction::kDay:
      return one_or_none(date_part(part.function, text));
    case KeyFunction::kSoundex:
      return one_or_none(soundex(text));
    case KeyFunction::kNysiis:
      return one_or_none(nysiis(text));
    case KeyFunction::kMetaphone:
      return one_or_none(metaphone(text));
    case KeyFunction::kDoubleMetaphone: {
      DoubleMetaphone codes = double_metaphone(text);
      std::vector<std::string> keys = one_or_none(std::move(codes.primary));
      if (!codes.alternate.empty()) keys.push_back(std::move(codes.alternate));
      return keys;
    }
    case KeyFunction::kTokens:
      return words(text);
    case KeyFunction::kInitials: {
      std::vector<std::string> initials;
      for (const std::string& word : words(text)) initials.push_back(first_code_points(word, 1));
      return one_or_none(joined(std::move(initials)));
    }
    case KeyFunction::kSortedTokens:
      return one_or_none(joined(words(text)));
    case KeyFunction::kDigits: {
      std::string digits;
      std::copy_if(text.begin(), text.end(), std::back_inserter(digits),
                   [](char c) { return c >= '0' && c <= '9'; });
      return one_or_none(std::move(digits));
    }
    case KeyFunction::kSounds:
    case KeyFunction::kSortedSounds:  // joined row by row: the words may stand in two columns
      return sounds(text);
  }
  return {};
}

namespace {

std::uint32_t number_by_text(std::string_view text) {
  const auto hash = static_cast<std::uint32_t>(hash_bytes(text) >> 32);
  return hash == 0 ? 1 : hash;
}

// The keys of one column; `seen` numbers the texts if they are numbered by order.
PartKeys evaluate_column(const KeyPart& part, const Column& column, KeyNumbers numbers,
                         DictionaryBuilder& seen) {
  const bool by_text = numbers == KeyNumbers::kByText;
  const Code codes = column.values.size();
  const bool as_value =
      !by_text && part.function == KeyFunction::kValue && column.romanised.empty();
  PartKeys keys;
  keys.offsets.reserve(codes + 1);
  keys.offsets.assign(2, 0);  // the missing value has no key
  for (Code code = 1; code < codes; ++code) {
    const std::size_t start = keys.numbers.size();
    if (as_value) {
      keys.numbers.push_back(code);
    } else {
      for (const std::string& text : key_texts(part, column.in_latin(code))) {
        keys.numbers.push_back(by_text ? number_by_text(text) : seen.intern(text));
      }
      const auto first = keys.numbers.begin() + static_cast<std::ptrdiff_t>(start);
      std::sort(first, keys.numbers.end());
      keys.numbers.erase(std::unique(first, keys.numbers.end()), keys.numbers.end());
    }
    if (keys.numbers.size() - start > 1) keys.several = true;
    keys.offsets.push_back(static_cast<std::uint32_t>(keys.numbers.size()));
  }
  return keys;
}

}  // namespace

PartColumns evaluate_part(const KeyPart& part, const Table& table, KeyNumbers numbers) {
  DictionaryBuilder seen;
  PartColumns keys;
  keys.first = evaluate_column(part, table.columns[part.attribute], numbers, seen);
  if (part.with) keys.second = evaluate_column(part, table.columns[*part.with], numbers, seen);
  return keys;
}

}  // namespace tessera
