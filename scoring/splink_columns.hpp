// The columns, constants and wrappings in Splink's SQL, for those who read its conditions and
// rules.
#pragma once

#include <optional>
#include <string>

#include "scoring/splink_sql.hpp"

namespace tessera {

/// A column of the left or the right record of a pair.
struct SideColumn {
  std::string attribute;  ///< Without its side.
  bool left = false;
};

/// Two values compared: the left record's column and the right record's.
struct ColumnPair {
  std::string of_left;
  std::string of_right;
  bool same() const { return of_left == of_right; }
};

/// What is under casts, trimming, changes of case, parsing of dates and NULLIF(…, ''): Tessera
/// compares normalised values, so these say nothing.
const SqlNode& under_wrappings(const SqlNode& node);

/// The column that an expression is, wrappings aside: `"name_l"`, `l.name`; nullopt for all else.
std::optional<SideColumn> side_column(const SqlNode& node);

/// The columns of two expressions of different sides, in either order.
std::optional<ColumnPair> column_pair(const SqlNode& a, const SqlNode& b);

/// The value of a number, floor(number), a product or a quotient of such.
std::optional<double> constant(const SqlNode& node);

/// How many first letters are taken: n of substr(x, 1, n) and left(x, n), 1 … 100.
std::optional<double> prefix_length(const SqlNode& node);

/// Whether a date format within holds an hour: then it is more than a date.
bool reads_time_of_day(const SqlNode& node);

}  // namespace tessera
