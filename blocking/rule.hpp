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
  kValue,   ///< `attribute`
  kPrefix,  ///< `prefix(attribute,N)`: the first N code points
  kSuffix,  ///< `suffix(attribute,N)`: the last N
  kYear,    ///< `year(attribute)`; dates only, as month and day
  kMonth,
  kDay,
  kSoundex,  ///< `soundex(attribute)`: of the whole text
  kNysiis,
  kMetaphone,
  kDoubleMetaphone,  ///< One key for each of the two codes
  kTokens,           ///< `tokens(attribute)`: one key for each word
  kInitials,         ///< `initials(attribute)`: first letters of the words, sorted
  kSortedTokens,     ///< `sorted_tokens(attribute)`: the words in order
  kDigits,           ///< `digits(attribute)`: the digits of the text
  kSounds,           ///< `sounds(a)` or `sounds(a,b)`: soundex of each word, one key for each
  kSortedSounds,     ///< `sorted_sounds(a,b)`: the same in any order, as one key
};

/// Whether a function may read two attributes, as if their words stood in one: names that clerks
/// put into each other's column.
constexpr bool takes_two(KeyFunction function) {
  return function == KeyFunction::kTokens || function == KeyFunction::kSounds ||
         function == KeyFunction::kSortedSounds;
}

/// One function of one attribute, or of two.
struct KeyPart {
  KeyFunction function = KeyFunction::kValue;
  std::uint32_t attribute = 0;                       ///< Column of the table.
  std::uint32_t length = 0;                          ///< For prefix and suffix.
  std::optional<std::uint32_t> with = std::nullopt;  ///< A second column, where takes_two.

  friend bool operator==(const KeyPart&, const KeyPart&) = default;
  friend auto operator<=>(const KeyPart&, const KeyPart&) = default;
};

/// One rule. A record without a value for any part is in no block of the rule.
struct BlockingRule {
  std::string text;  ///< Canonical: `soundex(family_name) + year(birth_date)`.
  std::vector<KeyPart> parts;
};

/// A key part as written: function name (empty for the bare attribute), attribute name, length.
struct KeyPartText {
  std::string function;
  std::string attribute;
  std::optional<std::uint32_t> length;
  std::string with;  ///< The second attribute, if there is one.
};

/// Splits `prefix(family_name, 2)` or `sounds(given_name, family_name)`; nullopt if it has not that
/// form. Names are not checked.
std::optional<KeyPartText> split_key_part(std::string_view text);

std::optional<KeyFunction> key_function_from_name(std::string_view name);
std::string_view key_function_name(KeyFunction function);  ///< Empty for kValue.
std::span<const std::string_view> key_function_names();    ///< For "did you mean".

/// The canonical text of a part, given its attributes' names.
std::string key_part_text(const KeyPart& part, std::string_view attribute,
                          std::string_view with = {});

}  // namespace tessera
