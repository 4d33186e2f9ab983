#include "data/word_list.hpp"

#include "data/dictionary.hpp"
#include "data/unicode.hpp"

namespace tessera {

std::size_t TextHash::operator()(std::string_view text) const noexcept {
  return hash_bytes(text);
}

void WordSet::insert(std::string_view word) {
  const std::uint64_t hash = hash_bytes(word);
  filter_[(hash >> 6) & 63] |= std::uint64_t{1} << (hash & 63);
  words_.emplace(word);
}

bool WordSet::contains(std::string_view word) const {
  const std::uint64_t hash = hash_bytes(word);
  if ((filter_[(hash >> 6) & 63] >> (hash & 63) & 1) == 0) return false;
  return words_.contains(word);
}

WordSet folded_names(std::string_view list) {
  WordSet words;
  for_each_part(list, '|', [&](std::string_view word) { words.insert(fold_name(word)); });
  return words;
}

}  // namespace tessera
