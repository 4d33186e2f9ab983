// Distinct texts of a column, each stored once and named by a code.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/load_ahead.hpp"

namespace tessera {

/// Names a distinct value of one column. Code 0 is missing, in every column.
using Code = std::uint32_t;
inline constexpr Code kMissing = 0;

/// Texts by code: codes 0 … size()-1, where 0 is the missing value (empty text). Immutable once
/// built, so safe to read from any thread. Memory: the text plus 8 bytes a value.
class Dictionary {
 public:
  Dictionary();
  /// Of what `bytes` and `offsets` gave.
  Dictionary(std::string bytes, std::vector<std::uint64_t> offsets);

  /// The number of codes, the missing one included: at least 1.
  std::uint32_t size() const { return static_cast<std::uint32_t>(offsets_.size() - 1); }

  /// The text of `code`. REQUIRES: code < size(). Valid as long as the dictionary.
  std::string_view operator[](Code code) const {
    return {bytes_.data() + offsets_[code], offsets_[code + 1] - offsets_[code]};
  }

  /// Starts to load where a text lies; prefetch_text, called some texts later, starts to load the
  /// text itself. For readers of texts in no order. REQUIRES: code < size().
  void prefetch_place(Code code) const { load_ahead(&offsets_[code]); }
  void prefetch_text(Code code) const { load_ahead(bytes_.data() + offsets_[code]); }

  /// Appends a text, which must differ from all present, and returns its code.
  Code append(std::string_view text);

  /// Bytes held.
  std::size_t size_bytes() const {
    return bytes_.capacity() + offsets_.capacity() * sizeof(std::uint64_t);
  }

  /// All texts end to end, and where each starts: size() + 1 entries.
  std::string_view bytes() const { return bytes_; }
  std::span<const std::uint64_t> offsets() const { return offsets_; }

  /// Room for so many values and bytes in all, so that appending moves none.
  void reserve(std::size_t values, std::size_t bytes);

  /// Gives back room that is not needed, where it is more than an eighth: less is not worth a copy.
  void shrink_to_fit();

 private:
  std::string bytes_;
  std::vector<std::uint64_t> offsets_;  // size() + 1 entries
};

/// Interns texts: the same text always gets the same code; the empty text is code 0. Not
/// thread-safe.
class DictionaryBuilder {
 public:
  DictionaryBuilder();

  /// The code of `text`, new or known. Cost: one hash and, mostly, one comparison.
  Code intern(std::string_view text);

  const Dictionary& dictionary() const { return dictionary_; }

  /// The finished dictionary; the builder must not be used after.
  Dictionary finish() &&;

 private:
  void grow();

  Dictionary dictionary_;
  std::vector<Code> slots_;            // open addressing; kMissing marks an empty slot
  std::vector<std::uint32_t> hashes_;  // one per code: the upper hash bits
};

/// A 64-bit hash of bytes, the same on every run and machine (wyhash-like mixing; not for secrets).
std::uint64_t hash_bytes(std::string_view text);

/// Mixes one 64-bit word well (the finaliser of SplitMix64, Steele et al. 2014, OOPSLA, p. 463).
constexpr std::uint64_t mix64(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

}  // namespace tessera
