// An entity's identifier: 80 bits of hash in Crockford's base 32, which has no I, L, O or U to be
// misread.
//
// Collisions: among 10 million entities the chance that any two share an identifier is about n² /
// 2^81 = 4e-11. The hash is written out here, and not that of the dictionaries, because identifiers
// must never change. Source of the alphabet: D. Crockford, "Base 32",
// https://www.crockford.com/base32.html.
#include <array>
#include <cstdint>

#include "data/dictionary.hpp"  // mix64
#include "engine/merge.hpp"

namespace tessera {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kCharacters = 16;  // of 5 bits
constexpr unsigned kBitsPerCharacter = 5;

/// Two 64-bit hashes over the little-endian words of `text`, its length first.
std::array<std::uint64_t, 2> hash_twice(std::string_view text) {
  std::uint64_t a = mix64(text.size());
  std::uint64_t b = mix64(~std::uint64_t{text.size()});
  for (std::size_t at = 0; at < text.size(); at += 8) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < 8 && at + i < text.size(); ++i) {
      word |= std::uint64_t{static_cast<unsigned char>(text[at + i])} << (8 * i);
    }
    a = mix64(a ^ word);
    b = mix64(b + mix64(~word));
  }
  return {a, b};
}

}  // namespace

std::string entity_id(const Table& table, Row label) {
  const auto [low, high] = hash_twice(table.record_name(label));
  std::string id(1 + kCharacters, 'E');
  std::uint64_t bits = low;  // characters 1 … 12: its lower 60 bits
  std::uint64_t rest =
      (low >> 60) | (high << 4);  // characters 13 … 16: its upper 4, and 16 bits of the other
  for (std::size_t i = 0; i < kCharacters; ++i) {
    std::uint64_t& word = i < 12 ? bits : rest;
    id[1 + i] = kAlphabet[word & 31];
    word >>= kBitsPerCharacter;
  }
  return id;
}

}  // namespace tessera
