// Blocking rules: lists of key functions; records that agree on all of them become candidate pairs.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tessera {

enum class KeyFunction : std::uint8_t {
  kValue,            ///< `attribute`
  kPrefix,           ///< `prefix(attribute,N)`: the first N code points
  kSuffix,           ///< `suffix(attribute,N)`: the last N
  kYear,             ///< `year(attribute)`; dates only, as month and day
  kMonth,
  kDay,
  kSoundex,          ///< `soundex(attribute)`: of the whole text
  kNysiis,
  kMetaphone,
  kDoubleMetaphone,  ///< One key for each of the two codes
  kTokens,           ///< `tokens(attribute)`: one key for each word
  kInitials,         ///< `initials(attribute)`: first letters of the words, sorted
  kSortedTokens,     ///< `sorted_tokens(attribute)`: the words in order
  kDigits,           ///< `digits(attribute)`: the digits of the text
};

/// One function of one attribute.
struct KeyPart {
  KeyFunction function = KeyFunction::kValue;
  std::uint32_t attribute = 0;  ///< Column of the table.
  std::uint32_t length = 0;     ///< For prefix and suffix.
};

/// One rule. A record without a value for any part is in no block of the rule.
struct BlockingRule {
  std::string text;             ///< Canonical: `soundex(family_name) + year(birth_date)`.
  std::vector<KeyPart> parts;
};

/// A key part as written: function name (empty for the bare attribute), attribute name, length.
struct KeyPartText {
  std::string function;
  std::string attribute;
  std::optional<std::uint32_t> length;
};

/// Splits `prefix(family_name, 2)`; nullopt if it has not that form. Names are not checked.
std::optional<KeyPartText> split_key_part(std::string_view text);

std::optional<KeyFunction> key_function_from_name(std::string_view name);
std::string_view key_function_name(KeyFunction function);  ///< Empty for kValue.
std::span<const std::string_view> key_function_names();    ///< For "did you mean".

/// The canonical text of a part, given its attribute's name.
std::string key_part_text(const KeyPart& part, std::string_view attribute);

}  // namespace tessera
