// Texts to compare in tests: all short ones over a small alphabet, random longer ones, and the two
// kinds of view of each.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "scoring/text_view.hpp"

namespace tessera::test {

/// A text over a–z, as ASCII and as code points of another script (`wide`), letter for letter.
struct SampleText {
  std::string ascii;
  std::u32string wide;

  AsciiText as_ascii() const { return ascii_text(ascii); }
  WideText as_wide() const { return wide_text(wide); }
};

inline SampleText sample_text(std::string ascii) {
  SampleText sample{std::move(ascii), {}};
  for (const char c : sample.ascii) {
    // Some letters stay in Latin, others become Devanagari or an emoji: all paths of look-up.
    const auto letter = static_cast<char32_t>(c);
    sample.wide += letter % 3 == 0 ? letter : letter % 3 == 1 ? letter + 0x900 : letter + 0x1F600;
  }
  return sample;
}

/// All texts of 0 to `longest` letters over the first `letters` of the alphabet.
inline std::vector<SampleText> all_texts(std::size_t longest, char letters) {
  std::vector<std::string> texts = {""};
  for (std::size_t begin = 0, length = 1; length <= longest; ++length) {
    const std::size_t end = texts.size();
    for (; begin < end; ++begin) {
      for (char c = 0; c < letters; ++c) texts.push_back(texts[begin] + static_cast<char>('a' + c));
    }
  }
  std::vector<SampleText> samples;
  for (std::string& text : texts) samples.push_back(sample_text(std::move(text)));
  return samples;
}

struct SamplePair {
  SampleText a;
  SampleText b;
};

/// Pairs of texts of up to `longest` letters, the same for a seed: half of them unlike, half an
/// edited copy of each other.
inline std::vector<SamplePair> random_pairs(std::size_t count, std::size_t longest,
                                            std::uint32_t seed) {
  std::mt19937 draw(seed);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(draw() % n); };
  std::vector<SamplePair> pairs;
  for (std::size_t k = 0; k < count; ++k) {
    const std::size_t letters = std::vector<std::size_t>{2, 4, 26}[below(3)];
    const auto letter = [&] { return static_cast<char>('a' + below(letters)); };
    std::string a(below(longest + 1), 'a');
    for (char& c : a) c = letter();
    std::string b(below(longest + 1), 'a');
    for (char& c : b) c = letter();
    if (below(2) == 0) {
      b = a;
      for (std::size_t edits = below(6); edits > 0 && !b.empty(); --edits) {
        const std::size_t at = below(b.size());
        switch (below(4)) {
          case 0:
            b.erase(at, 1);
            break;
          case 1:
            b.insert(at, 1, letter());
            break;
          case 2:
            b[at] = letter();
            break;
          default:
            std::swap(b[at], b[at / 2]);
            break;
        }
      }
    }
    pairs.push_back({sample_text(std::move(a)), sample_text(std::move(b))});
  }
  return pairs;
}

/// The limits with which the twins are compared.
inline constexpr std::uint32_t kTriedLimits[] = {0, 1, 2, 3, 7, 40, kNoLimit};

/// A distance told under a limit.
inline std::uint32_t limited(std::uint32_t distance, std::uint32_t limit) {
  return distance > limit ? limit + 1 : distance;
}

}  // namespace tessera::test
