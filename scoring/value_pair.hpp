// The claims of levels about one pair of values: dates, numbers, places and texts.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "data/date.hpp"
#include "scoring/comparison.hpp"
#include "scoring/text_view.hpp"

namespace tessera {

/// How a text pair fares under a text function: a similarity in [0, 1], a distance, a count, or 1/0
/// for a claim that holds or not. `limit` bounds distances: more than it is told as limit + 1.
double text_measure(LevelFunction function, unsigned q, std::uint32_t limit, AsciiText a,
                    AsciiText b);
double text_measure(LevelFunction function, unsigned q, std::uint32_t limit, WideText a,
                    WideText b);

/// Whether a date function's claim holds. Partial dates: only kDateCoarse and kDateWithinYears can
/// hold.
bool date_claim(const LevelSpec& level, const Date& a, const Date& b);

/// A date with what comparing it needs, worked out once.
struct PreparedDate {
  Date date;
  bool plain = false;        ///< Whole and no heap.
  std::uint32_t digits = 0;  ///< If plain: yyyymmdd, four bits a digit.
  std::int32_t day = 0;      ///< If plain: days since 1970-01-01.
};

PreparedDate prepare_date(const Date& date);

/// The date levels of a comparison, compiled: a pair of plain dates takes a few operations for all
/// of them together.
class DateLevels {
 public:
  /// `levels`: of a comparison whose last is kElse; all but date functions and one edit never hold.
  explicit DateLevels(std::span<const LevelSpec> levels);

  /// Whether a level is `levenshtein <= 1`, which is told of plain dates: their texts are of one
  /// length, so that one edit is one digit.
  static bool is_one_edit(const LevelSpec& level);

  /// The first level whose date_claim holds for two dates that differ, or whose text edit; else the
  /// last. REQUIRES: both are plain if a level is not of dates.
  unsigned level(const PreparedDate& a, const PreparedDate& b) const {
    return a.plain && b.plain ? plain_level(a, b) : any_level(a, b);
  }

 private:
  struct Step {
    LevelFunction function = LevelFunction::kElse;
    std::int32_t days = 0;  // at most so many apart
    std::int32_t months = 0;
    bool one_edit = false;  // of the text
  };
  unsigned plain_level(const PreparedDate& a, const PreparedDate& b) const;
  unsigned any_level(const PreparedDate& a, const PreparedDate& b) const;

  std::vector<Step> steps_;  // per level
  std::vector<LevelSpec> levels_;
};

/// Great-circle distance in kilometres of two places in degrees, on a sphere of 6371.0088 km
/// (haversine: Sinnott 1984, Sky and Telescope 68(2), p. 159).
double kilometres(std::pair<double, double> a, std::pair<double, double> b);

/// Whether two numbers differ by at most `percent` of the greater absolute value.
bool within_percent(double a, double b, double percent);

}  // namespace tessera
