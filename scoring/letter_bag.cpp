#include "scoring/letter_bag.hpp"

#include <algorithm>
#include <span>

#include "scoring/jaro_kernel.hpp"

namespace tessera {
namespace {

/// 32 classes. Latin letters keep to themselves, whatever their case; digits share classes with
/// some of them; other scripts are spread by hash.
std::uint32_t letter_class(char32_t c) {
  return c < 128 ? c & 31U : (static_cast<std::uint32_t>(c) * 0x9E37'79B1U) >> 27;
}

template <class Char>
LetterBag bag_of(std::span<const Char> text) {
  LetterBag bag;
  std::uint32_t once = 0;
  std::uint32_t twice = 0;
  for (const Char c : text) {
    const std::uint32_t bit = std::uint32_t{1} << letter_class(c);
    bag.thrice |= twice & bit;
    twice |= once & bit;
    once |= bit;
  }
  bag.once_twice = std::uint64_t{once} | (std::uint64_t{twice} << 32);
  bag.length = static_cast<std::uint32_t>(text.size());
  return bag;
}

}  // namespace

LetterBag letter_bag(AsciiText text) {
  return bag_of(text);
}
LetterBag letter_bag(WideText text) {
  return bag_of(text);
}

double jaro_winkler_bound(std::size_t length_a, std::size_t length_b, std::size_t common_letters,
                          std::size_t common_prefix) {
  const std::size_t common = std::min({length_a, length_b, common_letters});
  const std::size_t prefix = std::min({common, common_prefix, std::size_t{4}});
  return jaro_score(length_a, length_b, {common, 0}, prefix);
}

}  // namespace tessera
