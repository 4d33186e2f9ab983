#include "generate/names.hpp"

#include <algorithm>

namespace tessera {
namespace {

/// Splits `text` at the first `separator`; the second part is empty without one.
std::array<std::string_view, 2> cut(std::string_view text, char separator) {
  const std::size_t at = text.find(separator);
  if (at == std::string_view::npos) return {text, {}};
  return {text.substr(0, at), text.substr(at + 1)};
}

std::vector<TwinNames> parse_twins(std::string_view text) {
  std::vector<TwinNames> pairs;
  for (const std::string_view word : split_words(text)) {
    const auto [first, second] = cut(word, '/');
    pairs.push_back({first, second});
  }
  return pairs;
}

std::vector<Nickname> parse_nicknames(std::string_view text) {
  std::vector<Nickname> nicknames;
  for (const std::string_view word : split_words(text)) {
    auto [name, rest] = cut(word, '=');
    Nickname nickname{name, {}};
    while (!rest.empty()) {
      const auto [form, others] = cut(rest, ',');
      nickname.short_forms.push_back(form);
      rest = others;
    }
    nicknames.push_back(std::move(nickname));
  }
  std::sort(nicknames.begin(), nicknames.end(),
            [](const Nickname& a, const Nickname& b) { return a.name < b.name; });
  return nicknames;
}

}  // namespace

CultureNames::CultureNames(const CultureSpec& culture)
    : spec(culture),
      male(culture.male),
      female(culture.female),
      family(culture.family),
      male_second(split_words(culture.male_second)),
      female_second(split_words(culture.female_second)),
      female_family(split_words(culture.female_family)),
      male_twins(parse_twins(culture.male_twins)),
      female_twins(parse_twins(culture.female_twins)),
      nicknames(parse_nicknames(culture.nicknames)) {}

std::span<const std::string_view> CultureNames::short_forms(std::string_view given_name) const {
  const auto found = std::lower_bound(
      nicknames.begin(), nicknames.end(), given_name,
      [](const Nickname& nickname, std::string_view name) { return nickname.name < name; });
  if (found == nicknames.end() || found->name != given_name) return {};
  return found->short_forms;
}

NameBook::NameBook() {
  // In the order of Culture.
  cultures_.reserve(kCultures);
  cultures_.emplace_back(nepali_names());
  cultures_.emplace_back(indian_names());
  cultures_.emplace_back(bengali_names());
  cultures_.emplace_back(east_african_names());
  cultures_.emplace_back(west_african_names());
  cultures_.emplace_back(ethiopian_names());
  cultures_.emplace_back(arabic_names());
  cultures_.emplace_back(khmer_names());
  cultures_.emplace_back(central_asian_names());
}

Culture NameBook::draw_culture(Random& random) {
  // Shares in percent, in the order of Culture.
  static constexpr std::array<std::uint16_t, kCultures> kShares = {18, 14, 12, 14, 12, 9, 9, 7, 5};
  return static_cast<Culture>(random.weighted(kShares));
}

}  // namespace tessera
