#include "data/word_list.hpp"

#include "data/dictionary.hpp"
#include "data/unicode.hpp"

namespace tessera {
namespace {

// One of 4096: by the word's length, its first and its last byte, multiplied to spread them.
std::uint32_t filter_place(std::string_view word) {
  if (word.empty()) return 0;
  const auto byte = [](char c) { return std::uint32_t{static_cast<unsigned char>(c)}; };
  const auto length = static_cast<std::uint32_t>(word.size());
  return ((length << 16 ^ byte(word.front()) << 8 ^ byte(word.back())) * 0x9e3779b1U) >> 20;
}

}  // namespace

std::size_t TextHash::operator()(std::string_view text) const noexcept {
  return hash_bytes(text);
}

void WordSet::insert(std::string_view word) {
  const std::uint32_t place = filter_place(word);
  filter_[place >> 6] |= std::uint64_t{1} << (place & 63);
  words_.emplace(word);
}

bool WordSet::contains(std::string_view word) const {
  const std::uint32_t place = filter_place(word);
  if ((filter_[place >> 6] >> (place & 63) & 1) == 0) return false;
  return words_.contains(word);
}

WordSet folded_names(std::string_view list) {
  WordSet words;
  for_each_part(list, '|', [&](std::string_view word) { words.insert(fold_name(word)); });
  return words;
}

}  // namespace tessera
