// Interns texts whose number is bounded and whose hashes are known: no table grows, no text is
// hashed twice.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "data/dictionary.hpp"
#include "data/load_ahead.hpp"

namespace tessera {

/// As DictionaryBuilder (data/dictionary.hpp), for callers that computed hash_bytes of each text
/// beforehand, in parallel, and know at most how many texts there are. Memory: 8 to 16 bytes for
/// each of `most_texts`, plus the dictionary. Not thread-safe.
class TextInterner {
 public:
  /// `bytes`: room for texts from the beginning; more is made where they need it.
  explicit TextInterner(std::size_t most_texts, std::size_t bytes = 0);

  /// Starts to load what intern will read for this hash; call it a few texts ahead.
  void prefetch(std::uint64_t hash) const { load_ahead(&slots_[hash & mask_]); }

  /// The code of `text`, new or known; the empty text is code 0. REQUIRES: hash ==
  /// hash_bytes(text).
  Code intern(std::string_view text, std::uint64_t hash);

  /// The finished dictionary; the interner must not be used after.
  Dictionary finish() &&;

 private:
  struct Slot {
    std::uint32_t tag = 0;  // upper half of the hash
    Code code = kMissing;   // kMissing: free
  };

  std::uint64_t mask_ = 0;
  std::vector<Slot> slots_;
  Dictionary dictionary_;
};

}  // namespace tessera
