// Random numbers that are the same on every machine: no std:: distributions, which differ among
// libraries.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "data/dictionary.hpp"

namespace tessera {

/// The seed of a stream of random numbers that belongs to one thing (a household, a record): the
/// same for the same parts whatever was drawn before, so that households can be made in any order
/// and by any thread.
constexpr std::uint64_t stream_seed(std::uint64_t seed, std::uint64_t purpose,
                                    std::uint64_t number) {
  return mix64(mix64(seed + 0x632be59bd9b4e019ULL * purpose) ^ mix64(number));
}

/// xoshiro256** seeded by SplitMix64. Not for secrets.
/// Source: D. Blackman and S. Vigna (2021), Scrambled linear pseudorandom number generators, ACM
/// TOMS 47(4).
class Random {
 public:
  /// REQUIRES: not all words are 0.
  explicit Random(const std::array<std::uint64_t, 4>& state) : state_(state) {}

  explicit Random(std::uint64_t seed) {
    for (std::size_t i = 0; i < state_.size(); ++i) {
      state_[i] = mix64(seed + i * 0x9e3779b97f4a7c15ULL);
    }
  }

  /// 64 random bits.
  std::uint64_t next() {
    const std::uint64_t result = rotate_left(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = rotate_left(state_[3], 45);
    return result;
  }

  /// A number in [0, bound). REQUIRES: bound > 0. The bias is below bound / 2^32.
  std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>(((next() >> 32) * bound) >> 32);
  }

  /// The same for an index.
  std::size_t index(std::size_t size) { return below(static_cast<std::uint32_t>(size)); }

  /// A number in [low, high]. REQUIRES: low <= high.
  std::int32_t between(std::int32_t low, std::int32_t high) {
    return low + static_cast<std::int32_t>(below(static_cast<std::uint32_t>(high - low) + 1));
  }

  /// True with this probability; values outside [0, 1] mean never and always.
  bool chance(double probability) {
    // 53 random bits as a double in [0, 1): exact, so the same on every machine.
    return static_cast<double>(next() >> 11) * 0x1p-53 < probability;
  }

  /// A place in `weights`, drawn in proportion. REQUIRES: the weights' sum is above 0 and below
  /// 2^32.
  std::size_t weighted(std::span<const std::uint16_t> weights) {
    std::uint32_t total = 0;
    for (const std::uint16_t weight : weights) total += weight;
    std::uint32_t left = below(total);
    for (std::size_t i = 0; i < weights.size(); ++i) {
      if (left < weights[i]) return i;
      left -= weights[i];
    }
    return weights.size() - 1;
  }

 private:
  static constexpr std::uint64_t rotate_left(std::uint64_t x, int by) {
    return (x << by) | (x >> (64 - by));
  }

  std::array<std::uint64_t, 4> state_{};
};

}  // namespace tessera
