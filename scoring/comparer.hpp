// Compares two distinct values of one column: which level does the pair reach?
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "data/dictionary.hpp"
#include "data/nicknames.hpp"
#include "data/table.hpp"
#include "scoring/comparison.hpp"
#include "scoring/pattern.hpp"

namespace tessera {

/// Decides the level of a pair of values under one comparison. Values are prepared once, at
/// construction: dates parsed, phonetic codes and nickname groups looked up, per distinct value.
/// Immutable afterwards; safe on any thread. The level depends on the two texts only, and not on
/// which is left.
class Comparer {
 public:
  /// REQUIRES: `column` outlives the comparer; spec.levels ends in kElse.
  Comparer(const ComparisonSpec& spec, const Column& column, const NicknameTable& nicknames);
  ~Comparer();
  Comparer(Comparer&&) noexcept;
  Comparer& operator=(Comparer&&) noexcept;

  /// The level of two present values, 1 = the first; `swapped` never holds here (see
  /// swapped_level). REQUIRES: left and right are codes of the column, neither kMissing. No
  /// allocation for ASCII of up to 64 characters.
  unsigned level(Code left, Code right) const;

  /// Asks the processor for what `level` reads first of a value.
  void prefetch(Code code) const;

  /// Whether `level` reads texts of most pairs, and not just what was prepared.
  bool reads_text() const;

  /// The number of level `swapped`, or 0 if the comparison has none.
  unsigned swapped_level() const { return swapped_level_; }

 private:
  struct Prepared;
  std::unique_ptr<Prepared> prepared_;
  unsigned swapped_level_ = 0;
};

}  // namespace tessera
