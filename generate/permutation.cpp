#include "generate/permutation.hpp"

#include <bit>

#include "data/check.hpp"
#include "data/dictionary.hpp"

namespace tessera {

KeyedPermutation::KeyedPermutation(std::uint64_t size, std::uint64_t key) : size_(size) {
  TESSERA_CHECK(size >= 1 && size <= (std::uint64_t{1} << 62));
  const int bits = size == 1 ? 1 : static_cast<int>(std::bit_width(size - 1));
  half_bits_ = (bits + 1) / 2;
  std::uint64_t state = key;
  for (std::uint64_t& round_key : keys_) {
    state = mix64(state);
    round_key = state;
  }
}

std::uint64_t KeyedPermutation::operator()(std::uint64_t number) const {
  TESSERA_DEBUG_CHECK(number < size_);
  const std::uint64_t mask = (std::uint64_t{1} << half_bits_) - 1;
  do {
    std::uint64_t left = number >> half_bits_;
    std::uint64_t right = number & mask;
    for (const std::uint64_t key : keys_) {
      const std::uint64_t mixed = left ^ (mix64(right ^ key) & mask);
      left = right;
      right = mixed;
    }
    number = (left << half_bits_) | right;
  } while (number >= size_);
  return number;
}

}  // namespace tessera
