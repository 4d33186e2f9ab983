#include "data/batch_interner.hpp"

#include <algorithm>
#include <cstring>

#include "data/check.hpp"
#include "data/free_memory.hpp"
#include "data/huge_pages.hpp"
#include "data/load_ahead.hpp"

namespace tessera {
namespace {

constexpr std::size_t kFirstSlots = 64;

template <typename Word>
std::uint64_t read_word(const char* at) {
  Word word = 0;
  std::memcpy(&word, at, sizeof(Word));
  return word;
}

std::uint64_t fold_product(std::uint64_t a, std::uint64_t b) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

// Reads overlap instead of looping over bytes; two multiplications up to 16 bytes.
// Source: W. Yi, wyhash (final version 4), public domain, shortened. Only placement depends on it.
std::uint32_t hash_short(std::string_view text) {
  constexpr std::uint64_t kSecret0 = 0x2d358dccaa6c78a5ULL;
  constexpr std::uint64_t kSecret1 = 0x8bb84b93962eacc9ULL;
  const std::size_t size = text.size();
  const char* const at = text.data();
  std::uint64_t seed = kSecret0;
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  if (size >= 8) {
    for (std::size_t i = 0; i + 16 < size; i += 16) {
      seed = fold_product(read_word<std::uint64_t>(at + i) ^ kSecret1,
                          read_word<std::uint64_t>(at + i + 8) ^ seed);
    }
    low = read_word<std::uint64_t>(size >= 16 ? at + size - 16 : at);
    high = read_word<std::uint64_t>(at + size - 8);
  } else if (size >= 4) {
    low = read_word<std::uint32_t>(at);
    high = read_word<std::uint32_t>(at + size - 4);
  } else {
    const auto byte = [&](std::size_t i) {
      return std::uint64_t{static_cast<unsigned char>(at[i])};
    };
    low = byte(0) << 16 | byte(size / 2) << 8 | byte(size - 1);
  }
  return static_cast<std::uint32_t>(
      fold_product(kSecret1 ^ size, fold_product(low ^ kSecret1, high ^ seed)));
}

// memcmp of the short texts that registries hold, without the call: reads overlap.
bool equal_texts(std::string_view a, std::string_view b) {
  const std::size_t size = a.size();
  if (size != b.size()) return false;
  const auto same = [&]<typename Word>(std::size_t at, Word) {
    return read_word<Word>(a.data() + at) == read_word<Word>(b.data() + at);
  };
  if (size > 16) return std::memcmp(a.data(), b.data(), size) == 0;
  if (size >= 8) return same(0, std::uint64_t{}) && same(size - 8, std::uint64_t{});
  if (size >= 4) return same(0, std::uint32_t{}) && same(size - 4, std::uint32_t{});
  return size == 0 || (a[0] == b[0] && a[size / 2] == b[size / 2] && a[size - 1] == b[size - 1]);
}

}  // namespace

BatchInterner::BatchInterner() : slots_(kFirstSlots), next_growth_(kFirstSlots / 4 * 3) {}

void BatchInterner::intern(std::span<const std::string_view> texts, std::span<Code> codes) {
  TESSERA_CHECK(texts.size() == codes.size());
  for (std::size_t at = 0; at < texts.size(); at += kBatch) {
    const std::size_t count = std::min(kBatch, texts.size() - at);
    intern_some(texts.subspan(at, count), codes.data() + at);
  }
}

void BatchInterner::intern_some(std::span<const std::string_view> texts, Code* codes) {
  std::array<std::uint32_t, kBatch> hashes;  // of texts that are not empty
  const std::size_t mask = slots_.size() - 1;
  const auto for_each_text = [&](const auto& step) {
    for (std::size_t i = 0; i < texts.size(); ++i) {
      if (!texts[i].empty()) step(i);
    }
  };
  for_each_text([&](std::size_t i) {
    hashes[i] = hash_short(texts[i]);
    load_ahead(&slots_[hashes[i] & mask]);
  });
  for_each_text([&](std::size_t i) {
    codes[i] = slots_[hashes[i] & mask].code;  // most often that of the text
    dictionary_.prefetch_place(codes[i]);
  });
  for_each_text([&](std::size_t i) { dictionary_.prefetch_text(codes[i]); });
  for (std::size_t i = 0; i < texts.size(); ++i) {
    codes[i] = texts[i].empty() ? kMissing : intern_one(texts[i], hashes[i]);
  }
}

inline Code BatchInterner::intern_one(std::string_view text, std::uint32_t hash) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  for (; slots_[at].code != kMissing; at = (at + 1) & mask) {
    const Slot slot = slots_[at];
    if (slot.hash == hash && equal_texts(dictionary_[slot.code], text)) return slot.code;
  }
  const Code code = dictionary_.append(text);
  slots_[at] = {hash, code};
  if (dictionary_.size() > next_growth_) grow();
  return code;
}

// The texts are not read again. Slots are taken in order, so a slot goes to its place or to its
// place in the upper half: two streams of writes, not one all over memory.
void BatchInterner::grow() {
  std::vector<Slot> slots;
  reserve_present(slots, slots_.size() * 2);
  slots.resize(slots_.size() * 2);
  const std::size_t mask = slots.size() - 1;
  for (const Slot& slot : slots_) {
    if (slot.code == kMissing) continue;
    std::size_t at = slot.hash & mask;
    while (slots[at].code != kMissing) at = (at + 1) & mask;
    slots[at] = slot;
  }
  slots_ = std::move(slots);
  next_growth_ = slots_.size() / 4 * 3;
}

Dictionary BatchInterner::finish() && {
  give_back(slots_);
  return std::move(dictionary_);
}

}  // namespace tessera
