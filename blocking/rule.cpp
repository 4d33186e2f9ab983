#include "blocking/rule.hpp"

#include <array>
#include <charconv>

namespace tessera {
namespace {

struct NamedFunction {
  std::string_view name;
  KeyFunction function;
};

constexpr std::array<NamedFunction, 15> kFunctions = {
    {{"prefix", KeyFunction::kPrefix},
     {"suffix", KeyFunction::kSuffix},
     {"year", KeyFunction::kYear},
     {"month", KeyFunction::kMonth},
     {"day", KeyFunction::kDay},
     {"soundex", KeyFunction::kSoundex},
     {"nysiis", KeyFunction::kNysiis},
     {"metaphone", KeyFunction::kMetaphone},
     {"double_metaphone", KeyFunction::kDoubleMetaphone},
     {"tokens", KeyFunction::kTokens},
     {"initials", KeyFunction::kInitials},
     {"sorted_tokens", KeyFunction::kSortedTokens},
     {"digits", KeyFunction::kDigits},
     {"sounds", KeyFunction::kSounds},
     {"sorted_sounds", KeyFunction::kSortedSounds}}};

constexpr auto kFunctionNames = [] {
  std::array<std::string_view, kFunctions.size()> names{};
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = kFunctions[i].name;
  return names;
}();

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

std::optional<KeyPartText> split_key_part(std::string_view text) {
  text = trimmed(text);
  const std::size_t open = text.find('(');
  if (open == std::string_view::npos) {
    if (text.empty() || text.find_first_of("),") != std::string_view::npos) return std::nullopt;
    return KeyPartText{"", std::string(text), std::nullopt, {}};
  }
  if (text.back() != ')') return std::nullopt;
  KeyPartText part;
  part.function = trimmed(text.substr(0, open));
  std::string_view inside = text.substr(open + 1, text.size() - open - 2);
  if (inside.find_first_of("()") != std::string_view::npos) return std::nullopt;
  const std::size_t comma = inside.rfind(',');
  if (comma != std::string_view::npos) {
    const std::string_view last = trimmed(inside.substr(comma + 1));
    std::uint32_t length = 0;
    const auto [end, fault] = std::from_chars(last.data(), last.data() + last.size(), length);
    if (fault == std::errc() && end == last.data() + last.size()) {
      part.length = length;
    } else if (!last.empty() && (last.front() < '0' || last.front() > '9') && last.front() != '-') {
      part.with = last;
    } else {
      return std::nullopt;
    }
    inside = inside.substr(0, comma);
    if (inside.find(',') != std::string_view::npos) return std::nullopt;
  }
  part.attribute = trimmed(inside);
  if (part.function.empty() || part.attribute.empty()) return std::nullopt;
  return part;
}

std::optional<KeyFunction> key_function_from_name(std::string_view name) {
  if (name.empty()) return KeyFunction::kValue;
  for (const NamedFunction& known : kFunctions) {
    if (known.name == name) return known.function;
  }
  return std::nullopt;
}

std::string_view key_function_name(KeyFunction function) {
  for (const NamedFunction& known : kFunctions) {
    if (known.function == function) return known.name;
  }
  return {};
}

std::span<const std::string_view> key_function_names() {
  return kFunctionNames;
}

std::string key_part_text(const KeyPart& part, std::string_view attribute, std::string_view with) {
  if (part.function == KeyFunction::kValue) return std::string(attribute);
  std::string text(key_function_name(part.function));
  text += '(';
  text += attribute;
  if (part.function == KeyFunction::kPrefix || part.function == KeyFunction::kSuffix) {
    text += ',' + std::to_string(part.length);
  }
  if (part.with) {
    text += ',';
    text += with;
  }
  text += ')';
  return text;
}

}  // namespace tessera
