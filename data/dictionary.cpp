#include "data/dictionary.hpp"

#include <cstring>
#include <utility>

#include "data/check.hpp"
#include "data/free_memory.hpp"

namespace tessera {

Dictionary::Dictionary() : offsets_{0, 0} {}

Dictionary::Dictionary(std::string bytes, std::vector<std::uint64_t> offsets)
    : bytes_(std::move(bytes)), offsets_(std::move(offsets)) {
  TESSERA_CHECK(offsets_.size() >= 2 && offsets_.back() == bytes_.size());
}

Code Dictionary::append(std::string_view text) {
  bytes_.append(text);
  offsets_.push_back(bytes_.size());
  TESSERA_CHECK(offsets_.size() < (std::uint64_t{1} << 32));
  return size() - 1;
}

void Dictionary::reserve(std::size_t values, std::size_t bytes) {
  bytes_.reserve(bytes);
  offsets_.reserve(values + 1);
}

void Dictionary::shrink_to_fit() {
  const auto shrink = [](auto& list) {
    if (list.capacity() - list.size() > list.size() / 8) list.shrink_to_fit();
  };
  shrink(bytes_);
  shrink(offsets_);
}

DictionaryBuilder::DictionaryBuilder() : slots_(64, kMissing), hashes_(1, 0) {}

Code DictionaryBuilder::intern(std::string_view text) {
  if (text.empty()) return kMissing;
  const std::uint64_t hash = hash_bytes(text);
  const auto tag = static_cast<std::uint32_t>(hash >> 32);
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = tag & mask;
  for (; slots_[slot] != kMissing; slot = (slot + 1) & mask) {
    const Code code = slots_[slot];
    if (hashes_[code] == tag && dictionary_[code] == text) return code;
  }
  const Code code = dictionary_.append(text);
  slots_[slot] = code;
  hashes_.push_back(tag);
  if (dictionary_.size() * std::size_t{2} > slots_.size()) grow();
  return code;
}

void DictionaryBuilder::grow() {
  std::vector<Code> slots(slots_.size() * 2, kMissing);
  const std::size_t mask = slots.size() - 1;
  for (Code code = 1; code < dictionary_.size(); ++code) {
    std::size_t slot = hashes_[code] & mask;
    while (slots[slot] != kMissing) slot = (slot + 1) & mask;
    slots[slot] = code;
  }
  slots_ = std::move(slots);
}

Dictionary DictionaryBuilder::finish() && {
  give_back(slots_);
  give_back(hashes_);
  dictionary_.shrink_to_fit();
  return std::move(dictionary_);
}

std::uint64_t hash_bytes(std::string_view text) {
  std::uint64_t hash = mix64(text.size());
  const char* at = text.data();
  std::size_t left = text.size();
  for (; left >= 8; left -= 8, at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, 8);
    hash = mix64(hash ^ word);
  }
  if (left > 0) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, left);
    hash = mix64(hash ^ word);
  }
  return hash;
}

}  // namespace tessera
