#include "data/text_interner.hpp"

#include <bit>

#include "data/check.hpp"
#include "data/free_memory.hpp"

namespace tessera {

TextInterner::TextInterner(std::size_t most_texts, std::size_t bytes)
    : mask_(std::bit_ceil(most_texts + most_texts / 3 + 2) - 1), slots_(mask_ + 1) {
  dictionary_.reserve(most_texts + 1, bytes);
}

Code TextInterner::intern(std::string_view text, std::uint64_t hash) {
  if (text.empty()) return kMissing;
  const auto tag = static_cast<std::uint32_t>(hash >> 32);
  std::size_t slot = hash & mask_;
  for (; slots_[slot].code != kMissing; slot = (slot + 1) & mask_) {
    if (slots_[slot].tag == tag && dictionary_[slots_[slot].code] == text) return slots_[slot].code;
  }
  TESSERA_CHECK(dictionary_.size() <= mask_);
  slots_[slot] = {.tag = tag, .code = dictionary_.append(text)};
  return slots_[slot].code;
}

Dictionary TextInterner::finish() && {
  give_back(slots_);
  dictionary_.shrink_to_fit();
  return std::move(dictionary_);
}

}  // namespace tessera
