// Finds by hash: a table of 64-bit hashes, each leading to any number of words.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "data/frozen.hpp"
#include "data/load_ahead.hpp"
#include "data/section_file.hpp"

namespace tessera {

/// Words by the hashes that they were put under. Immutable. Memory: 8 bytes a hash and word, and
/// one to two more.
class FormTable {
 public:
  /// Puts each of `words` words (0 … words-1) under the hashes that hashes_of gives it. hashes_of
  /// is called once a word, from several threads. The same at any thread count. Memory meanwhile:
  /// 12 bytes a hash and word more.
  using Hashes = std::function<std::vector<std::uint64_t>(std::uint32_t word)>;
  FormTable() = default;
  FormTable(std::uint32_t words, const Hashes& hashes_of);

  /// What put wrote.
  explicit FormTable(SectionReader& from);
  void put(SectionWriter& into) const;

  /// Calls visit(word) for each word under `hash`, ascending; and for others whose hashes agree in
  /// some 50 bits.
  template <class Visit>
  void for_each(std::uint64_t hash, const Visit& visit) const {
    if (entries_.empty()) return;
    const std::uint64_t bucket = hash >> shift_;
    const auto check = static_cast<std::uint32_t>(hash);
    for (std::uint32_t i = starts_[bucket]; i < starts_[bucket + 1]; ++i) {
      if (entries_[i].check == check) visit(entries_[i].word);
    }
  }
  void prefetch(std::uint64_t hash) const {
    if (!entries_.empty()) load_ahead(&starts_[hash >> shift_]);
  }

  std::size_t size() const { return entries_.size(); }
  std::size_t size_bytes() const { return entries_.size_bytes() + starts_.size_bytes(); }

 private:
  struct Entry {
    std::uint32_t check = 0;  // the hash's lower half; the upper bits chose the bucket
    std::uint32_t word = 0;
    friend auto operator<=>(const Entry&, const Entry&) = default;
  };
  unsigned shift_ = 63;
  Frozen<std::uint32_t> starts_;  // size buckets + 1
  Frozen<Entry> entries_;         // by bucket, ascending within
};

}  // namespace tessera
