// Interns a column of texts a batch at a time: DictionaryBuilder's codes, memory latency hidden.
//
// Idea. Looking up a text of a column with many distinct values is three reads that miss the cache:
// the slot, the place of the candidate's text, and that text. Done row by row the misses add up;
// done for 64 rows in passes (hash and prefetch the slots; prefetch the candidates' places, then
// their texts; compare) they overlap. Reading 1 M rows of 12 columns took 1.34 s of one core with
// DictionaryBuilder and 0.96 s with this (two busy cores, all steps of reading counted).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "data/dictionary.hpp"

namespace tessera {

/// Interns texts: the same text always gets the same code, numbered by first appearance; the empty
/// text is kMissing. Not thread-safe. Memory: the dictionary and 16 to 32 bytes a distinct value.
class BatchInterner {
 public:
  BatchInterner();

  /// Writes the code of texts[i] to codes[i]. REQUIRES: codes.size() == texts.size().
  void intern(std::span<const std::string_view> texts, std::span<Code> codes);

  const Dictionary& dictionary() const { return dictionary_; }

  /// The finished dictionary, with room to grow; the interner must not be used after.
  Dictionary finish() &&;

 private:
  static constexpr std::size_t kBatch = 64;

  /// An empty slot has the code kMissing.
  struct Slot {
    std::uint32_t hash = 0;
    Code code = kMissing;
  };

  void intern_some(std::span<const std::string_view> texts, Code* codes);
  Code intern_one(std::string_view text, std::uint32_t hash);
  void grow();

  Dictionary dictionary_;
  std::vector<Slot> slots_;  ///< Open addressing; the size is a power of two, at most 3/4 are full.
  std::size_t next_growth_ = 0;
};

}  // namespace tessera
