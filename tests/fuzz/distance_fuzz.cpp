// Distances of any two texts against their slow twins.
//
// Input: one byte of choices (bit 0: read as code points rather than bytes; bits 1–3: the limit),
// then the two texts parted by the first 0xFF. As code points, each byte is spread over the planes.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "scoring/distance.hpp"
#include "tests/reference/distance_reference.hpp"

namespace tessera {
namespace {

constexpr std::size_t kLongest = 300;        // the twins are quadratic
constexpr std::size_t kLongestDamerau = 40;  // and this one is worse

void require(bool holds) {
  if (!holds) std::abort();
}

bool is_near(double a, double b) {
  return std::abs(a - b) < 1e-12;
}

std::uint32_t limited(std::uint32_t distance, std::uint32_t limit) {
  return distance > limit ? limit + 1 : distance;
}

template <class View>
void compare(View a, View b, std::uint32_t limit) {
  const std::u32string slow_a(a.begin(), a.end());
  const std::u32string slow_b(b.begin(), b.end());
  const PreparedPattern pattern(a);
  const std::uint32_t plain = limited(reference::levenshtein(slow_a, slow_b), limit);
  require(levenshtein(a, b, limit) == plain);
  require(pattern.levenshtein(b, limit) == plain);
  const std::uint32_t swapped = limited(reference::osa(slow_a, slow_b), limit);
  require(osa(a, b, limit) == swapped);
  require(pattern.osa(b, limit) == swapped);
  if (a.size() <= kLongestDamerau && b.size() <= kLongestDamerau) {
    require(damerau_levenshtein(a, b, limit) ==
            limited(reference::damerau_levenshtein(slow_a, slow_b), limit));
  }
  const double similarity = jaro_winkler(a, b);
  require(is_near(jaro(a, b), reference::jaro(slow_a, slow_b)));
  require(is_near(similarity, reference::jaro_winkler(slow_a, slow_b)));
  require(pattern.jaro(b) == jaro(a, b));
  require(pattern.jaro_winkler(b) == similarity);

  const std::size_t common = reference::common_grams(slow_a, slow_b, 1);
  const LetterBag bag_a = letter_bag(a);
  const LetterBag bag_b = letter_bag(b);
  require(common_letters_bound(bag_a, bag_b) >= common);
  require(levenshtein_bound(bag_a, bag_b) <= levenshtein(a, b));
  require(jaro_winkler_bound(a.size(), b.size(), common) >= similarity);

  for (const std::size_t q : {1U, 2U, 3U, 9U}) {
    if (a.size() < q || b.size() < q) continue;
    const auto grams = static_cast<double>(a.size() + b.size() + 2 - 2 * q);
    const auto shared = static_cast<double>(reference::common_grams(slow_a, slow_b, q));
    require(is_near(qgram_similarity(a, b, q, QgramMeasure::kDice), 2 * shared / grams));
  }
  require(longest_common_prefix(a, b) == reference::common_prefix(slow_a, slow_b));
}

}  // namespace
}  // namespace tessera

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tessera;
  if (size == 0) return 0;
  const std::uint8_t choices = data[0];
  const std::uint32_t limits[] = {0, 1, 2, 3, 5, 20, 100, kNoLimit};
  const std::uint32_t limit = limits[(choices >> 1) & 7U];
  const std::uint8_t* end = data + size;
  const std::uint8_t* middle = std::find(data + 1, end, std::uint8_t{0xFF});
  std::vector<unsigned char> a(data + 1, middle);
  std::vector<unsigned char> b(middle == end ? end : middle + 1, end);
  a.resize(std::min(a.size(), kLongest));
  b.resize(std::min(b.size(), kLongest));
  if ((choices & 1U) == 0) {
    compare(AsciiText(a), AsciiText(b), limit);
    return 0;
  }
  const auto spread = [](unsigned char c) { return char32_t{c} * (c % 3 == 0 ? 1U : 0x101U); };
  std::vector<char32_t> wide_a;
  std::vector<char32_t> wide_b;
  for (const unsigned char c : a) wide_a.push_back(spread(c));
  for (const unsigned char c : b) wide_b.push_back(spread(c));
  compare(WideText(wide_a), WideText(wide_b), limit);
  return 0;
}
