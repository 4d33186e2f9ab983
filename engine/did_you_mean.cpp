#include "engine/did_you_mean.hpp"

#include <algorithm>

#include "data/unicode.hpp"
#include "scoring/distance.hpp"

namespace tessera {
namespace {

std::u32string lowered(std::string_view text) {
  std::u32string letters = decode_utf8(text);
  for (char32_t& letter : letters) {
    if (letter >= U'A' && letter <= U'Z') letter += U'a' - U'A';
  }
  return letters;
}

template <typename Text>
std::optional<std::string> nearest(std::string_view word, std::span<const Text> candidates) {
  const std::u32string wanted = lowered(word);
  std::optional<std::string> best;
  std::uint32_t best_distance = 0;
  for (const Text& candidate : candidates) {
    const std::u32string letters = lowered(candidate);
    const auto longer = static_cast<std::uint32_t>(std::max(wanted.size(), letters.size()));
    const std::uint32_t limit = std::max(1U, longer / 3);
    const std::uint32_t distance = osa(WideText(wanted), WideText(letters), limit);
    if (distance > limit || letters.empty() || (best && distance >= best_distance)) continue;
    best = std::string(candidate);
    best_distance = distance;
  }
  return best;
}

template <typename Text>
std::string nearest_text(std::string_view word, std::span<const Text> candidates) {
  const std::optional<std::string> best = nearest<Text>(word, candidates);
  return best ? "; did you mean \"" + *best + "\"?" : std::string();
}

}  // namespace

std::optional<std::string> did_you_mean(std::string_view word,
                                        std::span<const std::string> candidates) {
  return nearest<std::string>(word, candidates);
}

std::optional<std::string> did_you_mean(std::string_view word,
                                        std::span<const std::string_view> candidates) {
  return nearest<std::string_view>(word, candidates);
}

std::string did_you_mean_text(std::string_view word, std::span<const std::string> candidates) {
  return nearest_text<std::string>(word, candidates);
}

std::string did_you_mean_text(std::string_view word, std::span<const std::string_view> candidates) {
  return nearest_text<std::string_view>(word, candidates);
}

}  // namespace tessera
