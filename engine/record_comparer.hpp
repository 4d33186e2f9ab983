// Compares two records of a table under all comparisons: the pattern of a pair.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "data/nicknames.hpp"
#include "data/table.hpp"
#include "scoring/comparer.hpp"
#include "scoring/comparison.hpp"
#include "scoring/level_bound.hpp"
#include "scoring/pattern.hpp"

namespace tessera {

/// Everything that turns two rows into a Pattern. Used alike by training, scoring, clustering and
/// look-up, so that all give the same pattern. Immutable; safe on any thread.
class RecordComparer {
 public:
  /// Bounds of levels spare many pairs their kernel; preparing them takes longer than some hundred
  /// pairs do.
  enum class Bounds : std::uint8_t { kPrepared, kNone };

  /// REQUIRES: `table` outlives the comparer; comparisons name its columns.
  RecordComparer(const Table& table, std::span<const ComparisonSpec> comparisons,
                 const NicknameTable& nicknames, Bounds bounds = Bounds::kPrepared);

  std::size_t comparisons() const { return parts_.size(); }

  /// The pattern of two rows. Symmetric. Cost: one look-up per comparison, a text kernel where
  /// values differ.
  Pattern pattern(Row left, Row right) const;

  /// The level of one comparison; 0 = null. Symmetric.
  unsigned level(std::size_t c, Row left, Row right) const;

  /// The level of comparison `c` for two present values of its column, level `swapped` aside: what
  /// a memo may keep.
  unsigned value_level(std::size_t c, Code left, Code right) const {
    const Part& part = parts_[c];
    if (part.bound.may_leave_last() && left != right && part.bound.leaves_last(left, right)) {
      return part.levels;
    }
    return part.comparer.level(left, right);
  }

  /// Asks the processor for what value_level reads first of a value; prefetch_text, called some
  /// values later, for its text where that is always read.
  void prefetch(std::size_t c, Code code) const {
    const Part& part = parts_[c];
    if (part.bound.may_leave_last()) {
      part.bound.prefetch(code);
    } else {
      part.comparer.prefetch(code);
    }
  }
  void prefetch_text(std::size_t c, Code code) const {
    const Part& part = parts_[c];
    if (!part.bound.may_leave_last() && part.comparer.reads_text()) {
      part.column->values.prefetch_text(code);
    }
  }

  /// The level `swapped` of `c` if it holds for the rows, whose codes of its column are `a` and
  /// `b`, and is stronger than `level`; else `level`.
  unsigned with_swap(std::size_t c, Row left, Row right, Code a, Code b, unsigned level) const {
    const Part& part = parts_[c];
    if (part.partner == nullptr || level <= part.comparer.swapped_level()) return level;
    const Code left_there = part.in_partner[a];
    const Code right_there = part.in_partner[b];
    if (left_there == kMissing || right_there == kMissing) return level;
    const bool swapped =
        left_there == part.partner->codes[right] && right_there == part.partner->codes[left];
    return swapped ? part.comparer.swapped_level() : level;
  }

  /// The column that comparison `c` reads.
  const Column& column(std::size_t c) const { return *parts_[c].column; }

  /// The number of its level `exact`; 0 if it has none.
  unsigned exact_level(std::size_t c) const { return parts_[c].exact_level; }

  bool has_swap(std::size_t c) const { return parts_[c].partner != nullptr; }

  /// The comparison that reads the column that `c` may be swapped with; comparisons() if none does.
  /// REQUIRES: has_swap(c).
  std::size_t swap_partner(std::size_t c) const { return parts_[c].partner_comparison; }

  /// The code that a value of `c` has in the column it may be swapped with; kMissing if none.
  /// REQUIRES: has_swap(c).
  Code code_in_partner(std::size_t c, Code code) const { return parts_[c].in_partner[code]; }
  const Column* swap_column(std::size_t c) const { return parts_[c].partner; }
  unsigned swapped_level(std::size_t c) const { return parts_[c].comparer.swapped_level(); }

  /// Whether pairs of `c`'s values are met again often enough, and cost enough to compare, that
  /// remembering their levels pays: names and places do, numbers and dates do not.
  bool repeats(std::size_t c) const { return has_script(parts_[c].column->kind); }

  /// What differing values of `c` may still reach.
  const LevelBound& level_bound(std::size_t c) const { return parts_[c].bound; }

 private:
  struct Part {
    const Column* column = nullptr;
    Comparer comparer;
    LevelBound bound;
    unsigned exact_level = 0;
    unsigned levels = 0;
    const Column* partner = nullptr;  // for level `swapped`
    std::size_t partner_comparison = 0;
    std::vector<Code>
        in_partner;  // per code of the column: the partner's code of the same text, or 0
  };
  static Part make_part(const Table& table, const ComparisonSpec& spec,
                        const NicknameTable& nicknames, Bounds bounds);

  std::vector<Part> parts_;
};

}  // namespace tessera
