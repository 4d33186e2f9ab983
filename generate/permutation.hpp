// A keyed permutation of numbers: makes opaque, unique ids without remembering any.
#pragma once

#include <array>
#include <cstdint>

namespace tessera {

/// A one-to-one map of [0, size) onto itself that looks random and depends on a key. Immutable.
///
/// A balanced Feistel network of six rounds over the least even number of bits that hold `size`,
/// walked until the result is below `size`: at most four rounds of walking on average. For
/// scattering, not for secrets. Source: J. Black and P. Rogaway (2002), Ciphers with arbitrary
/// finite domains, CT-RSA, "cycle walking".
class KeyedPermutation {
 public:
  /// REQUIRES: 1 <= size <= 2^62.
  KeyedPermutation(std::uint64_t size, std::uint64_t key);

  /// The image of `number`. REQUIRES: number < size(). Cost: some 20 ns.
  std::uint64_t operator()(std::uint64_t number) const;

  std::uint64_t size() const { return size_; }

 private:
  static constexpr int kRounds = 6;

  std::uint64_t size_;
  int half_bits_;
  std::array<std::uint64_t, kRounds> keys_{};
};

}  // namespace tessera
