// An entity's identifier: 80 bits of hash in Crockford's base 32, which has no I, L, O or U to be
// misread.
//
// Collisions: among 10 million entities the chance that any two share an identifier is about n² /
// 2^81 = 4e-11. The hash is written out here, and not that of the dictionaries, because identifiers
// must never change. Source of the alphabet: D. Crockford, "Base 32",
// https://www.crockford.com/base32.html.
#include "engine/entity_id.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

#include "data/dictionary.hpp"  // mix64

namespace tessera {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kCharacters = 16;  // of 5 bits
constexpr unsigned kBitsPerPair = 10;

static_assert(std::endian::native == std::endian::little, "words are read little-endian");

/// Two characters for each 10 bits, the lower 5 first.
constexpr auto kPairs = [] {
  std::array<std::array<char, 2>, 1U << kBitsPerPair> pairs{};
  for (std::size_t bits = 0; bits < pairs.size(); ++bits) {
    pairs[bits] = {kAlphabet[bits & 31], kAlphabet[bits >> 5]};
  }
  return pairs;
}();

/// Two 64-bit hashes over the little-endian words of `text`, its length first.
std::array<std::uint64_t, 2> hash_twice(std::string_view text) {
  std::uint64_t a = mix64(text.size());
  std::uint64_t b = mix64(~std::uint64_t{text.size()});
  for (std::size_t at = 0; at < text.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, std::min<std::size_t>(8, text.size() - at));
    a = mix64(a ^ word);
    b = mix64(b + mix64(~word));
  }
  return {a, b};
}

}  // namespace

EntityNamer::EntityNamer(const Table& table) : table_(table) {
  for (const SourceFacts& source : table.sources) prefixes_.push_back(source.name + ":");
}

EntityId EntityNamer::operator()(Row label) const {
  const std::string& prefix = prefixes_[static_cast<std::size_t>(table_.row_source[label])];
  const std::string_view record = table_.record_ids[label];
  std::array<char, 64> near;
  std::string far;
  std::string_view name;
  if (prefix.size() + record.size() <= near.size()) {
    std::memcpy(near.data(), prefix.data(), prefix.size());
    std::memcpy(near.data() + prefix.size(), record.data(), record.size());
    name = {near.data(), prefix.size() + record.size()};
  } else {
    far = prefix;
    far += record;
    name = far;
  }
  const auto [low, high] = hash_twice(name);
  std::uint64_t bits = low;  // characters 1 … 12: its lower 60 bits
  std::uint64_t rest =
      (low >> 60) | (high << 4);  // characters 13 … 16: its upper 4, and 16 bits of the other
  EntityId id;
  id.characters_[0] = 'E';
  for (std::size_t i = 0; i < kCharacters; i += 2) {
    std::uint64_t& word = i < 12 ? bits : rest;
    const std::array<char, 2>& pair = kPairs[word & (kPairs.size() - 1)];
    id.characters_[1 + i] = pair[0];
    id.characters_[2 + i] = pair[1];
    word >>= kBitsPerPair;
  }
  return id;
}

std::string entity_id(const Table& table, Row label) {
  return std::string(EntityNamer(table)(label).view());
}

}  // namespace tessera
