// Similarity of the multisets of q-grams: both are sorted, then merged. A short gram is packed into
// one word; a long one is known by where it starts and compared in place.
#include <algorithm>
#include <cmath>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>

#include "data/check.hpp"
#include "scoring/distance.hpp"
#include "scoring/stack_buffer.hpp"

namespace tessera {
namespace {

/// A gram of up to 64 bits, first character highest.
struct PackedGram {
  std::uint64_t characters = 0;
  auto operator<=>(const PackedGram&) const = default;
};

/// A gram of any length, where it lies in its text.
template <class Char>
struct PlacedGram {
  std::span<const Char> characters;
  friend bool operator<(const PlacedGram& a, const PlacedGram& b) {
    return std::lexicographical_compare(a.characters.begin(), a.characters.end(),
                                        b.characters.begin(), b.characters.end());
  }
};

/// Bits that one character takes in a packed gram.
template <class Char>
constexpr std::size_t kBits = sizeof(Char) == 1 ? 8 : 21;

template <class Char>
void cut_grams(std::span<const Char> text, std::size_t q, std::span<PackedGram> grams) {
  const std::size_t width = q * kBits<Char>;
  const std::uint64_t keep = width == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << width) - 1;
  std::uint64_t characters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    characters = ((characters << kBits<Char>) | text[i]) & keep;
    if (i + 1 >= q) grams[i + 1 - q] = {characters};
  }
}

template <class Char>
void cut_grams(std::span<const Char> text, std::size_t q, std::span<PlacedGram<Char>> grams) {
  for (std::size_t i = 0; i < grams.size(); ++i) grams[i] = {text.subspan(i, q)};
}

/// How many grams the two texts share, counted with repeats. REQUIRES: neither is shorter than q.
template <class Gram, class Char>
std::size_t count_shared(std::span<const Char> a, std::span<const Char> b, std::size_t q) {
  StackBuffer<Gram, 64> grams_a(a.size() - q + 1, Gram{});
  StackBuffer<Gram, 64> grams_b(b.size() - q + 1, Gram{});
  cut_grams(a, q, grams_a.all());
  cut_grams(b, q, grams_b.all());
  std::sort(grams_a.all().begin(), grams_a.all().end());
  std::sort(grams_b.all().begin(), grams_b.all().end());
  std::size_t shared = 0;
  for (std::size_t i = 0, j = 0; i < grams_a.size() && j < grams_b.size();) {
    const bool before = grams_a[i] < grams_b[j];
    const bool after = grams_b[j] < grams_a[i];
    shared += static_cast<std::size_t>(!before && !after);
    i += static_cast<std::size_t>(!after);
    j += static_cast<std::size_t>(!before);
  }
  return shared;
}

template <class Char>
double similarity(std::span<const Char> a, std::span<const Char> b, std::size_t q,
                  QgramMeasure measure) {
  TESSERA_CHECK(q >= 1);
  if (a.size() < q || b.size() < q) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end()) ? 1.0 : 0.0;
  }
  const std::size_t shared = q <= 64 / kBits<Char> ? count_shared<PackedGram>(a, b, q)
                                                   : count_shared<PlacedGram<Char>>(a, b, q);
  const std::size_t grams_a = a.size() - q + 1;
  const std::size_t grams_b = b.size() - q + 1;
  const auto common = static_cast<double>(shared);
  switch (measure) {
    case QgramMeasure::kJaccard:
      return common / static_cast<double>(grams_a + grams_b - shared);
    case QgramMeasure::kDice:
      return 2.0 * common / static_cast<double>(grams_a + grams_b);
    case QgramMeasure::kCosine:
      break;
  }
  return common / std::sqrt(static_cast<double>(grams_a) * static_cast<double>(grams_b));
}

}  // namespace

double qgram_similarity(AsciiText a, AsciiText b, std::size_t q, QgramMeasure measure) {
  return similarity(a, b, q, measure);
}

double qgram_similarity(WideText a, WideText b, std::size_t q, QgramMeasure measure) {
  return similarity(a, b, q, measure);
}

}  // namespace tessera
