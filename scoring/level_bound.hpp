// Which levels two differing values can still reach, told without comparing their texts.
//
// Idea: most candidate pairs differ in both names so plainly that letters alone show it. A bag of
// letters, the first four letters and a few marks of each value (24 bytes) bound every measure from
// above; what they leave possible is a class, a small number, and each class has its set of levels.
// "maria" against "mohamed" shares two letters at most, so no Jaro–Winkler threshold over 0.7 is in
// reach, neither is an initial, and only `else` is left: about 5 ns instead of 100.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

#include "data/load_ahead.hpp"
#include "data/nicknames.hpp"
#include "data/table.hpp"
#include "scoring/comparison.hpp"
#include "scoring/letter_bag.hpp"
#include "scoring/pattern.hpp"

namespace tessera {

/// Levels as bits: bit (level − 1).
using LevelSet = std::uint16_t;

/// Bounds for one comparison over one column. Immutable; safe on any thread. Memory: 24 bytes a
/// distinct value.
class LevelBound {
 public:
  LevelBound() = default;  ///< Not useful.
  /// REQUIRES: spec.levels ends in kElse.
  LevelBound(const ComparisonSpec& spec, const Column& column, const NicknameTable& nicknames);

  /// Whether some class excludes a level: otherwise there is nothing to ask.
  bool is_useful() const { return useful_; }

  /// Whether some class leaves the last level, `else`, alone: of dates that are near in time, say,
  /// letters tell nothing.
  bool may_leave_last() const { return useful_ && may_leave_last_; }

  /// What is known of a value: 24 bytes. A caller that asks often keeps it at hand.
  struct Signature {
    LetterBag bag;
    std::uint32_t first = 0;      ///< One byte for each of the first four code points.
    std::uint16_t nicknames = 0;  ///< Bits of its groups.
    std::uint8_t words = 0;       ///< At most 14, and marks.
  };

  /// REQUIRES: is_useful().
  const Signature& signature(Code code) const { return signatures_[code]; }
  void prefetch(Code code) const { load_ahead(&signatures_[code]); }

  /// The class of two differing values, neither of them missing. Cost: some twenty operations.
  unsigned class_of(const Signature& a, const Signature& b) const;

  /// Whether two differing values can reach the last level, `else`, alone. REQUIRES: is_useful().
  bool leaves_last(Code a, Code b) const {
    return levels_[class_of(signatures_[a], signatures_[b])] == last_;
  }

  /// Per class, the levels that its pairs may reach, `exact` and `swapped` aside: at least the one
  /// that they do reach. Size kClasses.
  const std::vector<LevelSet>& levels() const { return levels_; }

  static constexpr unsigned kClasses = 256;

 private:
  static constexpr std::uint8_t kWords = 0xf;
  static constexpr std::uint8_t kSingleLetter = 0x10;
  static constexpr std::uint8_t kUnknown = 0x20;  // too long to be judged
  static constexpr std::uint8_t kForeign = 0x40;  // compared in Latin letters with other scripts
  // A class: thresholds of Jaro–Winkler in reach (3 bits), edit limits in reach (2 bits), then
  // whether a nickname, containment, an initial is possible.
  static constexpr unsigned kMostThresholds = 6;
  static constexpr unsigned kAll = kClasses - 1;  // nothing is excluded
  static constexpr unsigned kLongest = 31;        // lengths beyond are not judged

  static Signature signature_of(std::string_view text);
  template <class Text>
  static Signature signature_of_letters(Text text);
  unsigned thresholds_in_reach(const Signature& a, const Signature& b, unsigned common) const;
  void set_levels(const ComparisonSpec& spec, const std::vector<double>& thresholds);
  void set_needed(const std::vector<double>& thresholds);

  std::vector<Signature> signatures_;  // size values
  /// Per prefix length and pair of lengths: the letters in common that each threshold needs,
  /// ascending with the threshold; size 5 * 32 * 32 * thresholds_.
  std::vector<std::uint8_t> needed_;
  unsigned thresholds_ = 0;
  std::vector<std::uint32_t> edit_limits_;  // ascending, at most three
  bool useful_ = false;
  bool may_leave_last_ = false;
  bool has_nickname_ = false;
  bool has_contains_ = false;
  bool has_initial_ = false;
  std::vector<LevelSet> levels_;
  LevelSet last_ = 0;
};

inline unsigned LevelBound::thresholds_in_reach(const Signature& a, const Signature& b,
                                                unsigned common) const {
  const auto zeros = static_cast<unsigned>(std::countr_zero(a.first ^ b.first));  // 32 if equal
  const unsigned prefix = zeros / 8;
  const std::uint8_t* needed =
      needed_.data() +
      ((prefix * (kLongest + 1) + a.bag.length) * (kLongest + 1) + b.bag.length) * thresholds_;
  unsigned reached = 0;
  while (reached < thresholds_ && common >= needed[reached]) ++reached;
  return reached;
}

inline unsigned LevelBound::class_of(const Signature& left, const Signature& right) const {
  if (((left.words | right.words) & kUnknown) != 0) return kAll;
  if (((left.words ^ right.words) & kForeign) != 0) return kAll;
  const unsigned over_left = surplus_letters_bound(left.bag, right.bag);
  const unsigned over_right = surplus_letters_bound(right.bag, left.bag);
  const unsigned common_left = left.bag.length - over_left;
  const unsigned common_right = right.bag.length - over_right;
  const unsigned common = common_left < common_right ? common_left : common_right;
  unsigned of = thresholds_ == 0 ? 0 : thresholds_in_reach(left, right, common);
  if (!edit_limits_.empty()) {
    const unsigned longer = left.bag.length > right.bag.length ? left.bag.length : right.bag.length;
    unsigned reached = 0;
    for (const std::uint32_t limit : edit_limits_) reached += longer - common <= limit ? 1U : 0U;
    of |= reached << 3;
  }
  if ((left.nicknames & right.nicknames) != 0) of |= 1U << 5;
  if (has_contains_ && (left.words & kWords) != (right.words & kWords) &&
      (over_left == 0 || over_right == 0)) {
    of |= 1U << 6;
  }
  if (has_initial_ && ((left.words | right.words) & kSingleLetter) != 0 &&
      ((left.first ^ right.first) & 0xff) == 0) {
    of |= 1U << 7;
  }
  return of;
}

}  // namespace tessera
