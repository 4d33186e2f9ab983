#include "scoring/comparison.hpp"

#include <array>
#include <cctype>
#include <charconv>

namespace tessera {
namespace {

enum class Form : std::uint8_t { kBare, kAtLeastShare, kAtLeastCount, kAtMost };

struct NamedLevel {
  std::string_view name;
  LevelFunction function;
  Form form;
};

// `within N …` is read by parse_within.
constexpr std::array<NamedLevel, 25> kLevels = {{
    {"exact", LevelFunction::kExact, Form::kBare},
    {"levenshtein", LevelFunction::kLevenshtein, Form::kAtMost},
    {"damerau_levenshtein", LevelFunction::kDamerauLevenshtein, Form::kAtMost},
    {"osa", LevelFunction::kOsa, Form::kAtMost},
    {"jaro", LevelFunction::kJaro, Form::kAtLeastShare},
    {"jaro_winkler", LevelFunction::kJaroWinkler, Form::kAtLeastShare},
    {"jaccard", LevelFunction::kQgramJaccard, Form::kAtLeastShare},
    {"dice", LevelFunction::kQgramDice, Form::kAtLeastShare},
    {"cosine", LevelFunction::kQgramCosine, Form::kAtLeastShare},
    {"common_prefix", LevelFunction::kCommonPrefix, Form::kAtLeastCount},
    {"token_set", LevelFunction::kTokenSet, Form::kAtLeastShare},
    {"soft_token_set", LevelFunction::kSoftTokenSet, Form::kAtLeastShare},
    {"contains", LevelFunction::kContains, Form::kBare},
    {"date_one_edit", LevelFunction::kDateOneEdit, Form::kBare},
    {"date_swap", LevelFunction::kDateSwap, Form::kBare},
    {"date_coarse", LevelFunction::kDateCoarse, Form::kBare},
    {"km", LevelFunction::kKilometres, Form::kAtMost},
    {"one_edit", LevelFunction::kOneEdit, Form::kBare},
    {"transposition", LevelFunction::kTransposition, Form::kBare},
    {"soundex", LevelFunction::kSoundex, Form::kBare},
    {"nysiis", LevelFunction::kNysiis, Form::kBare},
    {"metaphone", LevelFunction::kMetaphone, Form::kBare},
    {"double_metaphone", LevelFunction::kDoubleMetaphone, Form::kBare},
    {"nickname", LevelFunction::kNickname, Form::kBare},
    {"initial", LevelFunction::kInitial, Form::kBare},
}};
constexpr std::array<NamedLevel, 2> kMoreLevels = {
    {{"swapped", LevelFunction::kSwapped, Form::kBare},
     {"else", LevelFunction::kElse, Form::kBare}}};

constexpr auto kNames = [] {
  std::array<std::string_view, kLevels.size() + kMoreLevels.size() + 1> names{};
  std::size_t at = 0;
  for (const NamedLevel& level : kLevels) names[at++] = level.name;
  for (const NamedLevel& level : kMoreLevels) names[at++] = level.name;
  names[at] = "within";
  return names;
}();

std::string compact_lower(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isspace(byte) == 0) out += static_cast<char>(std::tolower(byte));
  }
  return out;
}

std::optional<double> number(std::string_view text) {
  double value = 0.0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string shortest(double value) {
  std::array<char, 32> buffer{};
  const auto [end, fault] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return fault == std::errc() ? std::string(buffer.data(), end) : std::string();
}

const NamedLevel* find_level(std::string_view name) {
  for (const NamedLevel& level : kLevels) {
    if (level.name == name) return &level;
  }
  for (const NamedLevel& level : kMoreLevels) {
    if (level.name == name) return &level;
  }
  return nullptr;
}

// `within5`, `within5%`, `within1month`, …: blanks are gone already.
std::optional<LevelSpec> parse_within(std::string_view text) {
  text.remove_prefix(std::string_view("within").size());
  const std::size_t unit_at = text.find_first_not_of("0123456789.");
  const std::optional<double> amount = number(text.substr(0, unit_at));
  if (!amount) return std::nullopt;
  const std::string_view unit =
      unit_at == std::string_view::npos ? std::string_view() : text.substr(unit_at);
  const std::string start = "within " + shortest(*amount);
  if (unit.empty()) return LevelSpec{LevelFunction::kNumberWithin, *amount, 2, start};
  if (unit == "%") return LevelSpec{LevelFunction::kNumberPercent, *amount, 2, start + " %"};
  if (unit == "day" || unit == "days") {
    return LevelSpec{LevelFunction::kDateWithinDays, *amount, 2, start + " days"};
  }
  if (unit == "month" || unit == "months") {
    return LevelSpec{LevelFunction::kDateWithinMonths, *amount, 2, start + " months"};
  }
  if (unit == "year" || unit == "years") {
    return LevelSpec{LevelFunction::kDateWithinYears, *amount, 2, start + " years"};
  }
  return std::nullopt;
}

bool is_qgram(LevelFunction function) {
  return function == LevelFunction::kQgramJaccard || function == LevelFunction::kQgramDice ||
         function == LevelFunction::kQgramCosine;
}

}  // namespace

std::optional<LevelSpec> parse_level(std::string_view written) {
  const std::string text = compact_lower(written);
  if (text.starts_with("within")) return parse_within(text);
  const std::size_t sign = text.find_first_of("<>");
  std::string name = text.substr(0, sign);
  LevelSpec level;
  if (const std::size_t open = name.find('('); open != std::string::npos) {
    const std::optional<double> q =
        name.back() == ')' ? number(std::string_view(name).substr(open + 1, name.size() - open - 2))
                           : std::nullopt;
    if (!q || *q < 1 || *q > 4) return std::nullopt;
    level.q = static_cast<std::uint8_t>(*q);
    name.resize(open);
    const NamedLevel* known = find_level(name);
    if (known == nullptr || !is_qgram(known->function)) return std::nullopt;
  }
  const NamedLevel* known = find_level(name);
  if (known == nullptr || (known->form == Form::kBare) != (sign == std::string::npos)) {
    return std::nullopt;
  }
  level.function = known->function;
  level.text = known->name;
  if (known->form == Form::kBare) return level;
  const std::string_view wanted = known->form == Form::kAtMost ? "<=" : ">=";
  if (std::string_view(text).substr(sign, 2) != wanted) return std::nullopt;
  const std::optional<double> threshold = number(std::string_view(text).substr(sign + 2));
  if (!threshold || *threshold < 0) return std::nullopt;
  if (known->form == Form::kAtLeastShare && *threshold > 1) return std::nullopt;
  level.threshold = *threshold;
  if (level.q != 2) level.text += '(' + std::to_string(level.q) + ')';
  level.text += ' ' + std::string(wanted) + ' ' + shortest(*threshold);
  return level;
}

std::span<const std::string_view> level_function_names() {
  return kNames;
}

}  // namespace tessera
