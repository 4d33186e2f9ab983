// Text in other scripts written in Latin letters, so that records of one person in two scripts
// meet.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/dictionary.hpp"

namespace tessera {

/// The values of a column that hold letters of other scripts, in Latin letters.
class Romanised {
 public:
  bool empty() const { return codes_.empty(); }

  /// Of the values that are romanised, ascending.
  std::span<const Code> codes() const { return codes_; }

  /// The Latin form of a code's value; empty for values in Latin letters. Cost: a binary search.
  std::string_view of(Code code) const;

 private:
  friend Romanised romanise_values(const Dictionary& values);
  std::vector<Code> codes_;         // ascending
  std::vector<std::string> texts_;  // size codes_.size()
};

/// Romanises the values that hold letters of other scripts. The same at any thread count. Cost: a
/// look at every value; 1 to 10 µs for each that is romanised, in parallel.
Romanised romanise_values(const Dictionary& values);

/// A folded text (unicode.hpp: fold) in lower-case ASCII letters as far as its script is known;
/// other characters stay. Reads are coarse: both "mohamed" and "muhammad" are written محمد, which
/// comes out as "mhmd"; Jaro–Winkler bears with that better than with a letter that was guessed.
///
/// Arabic and Khmer by tables of our own (romanise.cpp: why), all else by ICU's Any-Latin.
std::string romanise(std::string_view folded);

/// Whether a text has a letter outside ASCII that romanise would change. Cost: one pass.
bool has_other_script(std::string_view text);

}  // namespace tessera
