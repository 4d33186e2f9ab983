// What one SQL condition of a Splink model claims, in Tessera's terms.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scoring/comparison.hpp"

namespace tessera {

/// A level's condition, understood or not.
struct SplinkLevelMeaning {
  std::optional<LevelSpec> level;  ///< The level that says the same; absent: `reason` says why.
  std::string attribute;           ///< The column that it compares, without _l and _r.
  std::string partner;             ///< The other column of `swapped`; empty otherwise.
  std::string difference;  ///< How the level differs a little from Splink's; empty: it does not.
  std::string reason;      ///< Why there is no level: the end of "…: ".
};

/// Reads a condition such as `jaro_winkler_similarity("name_l", "name_r") >= 0.9`, or ELSE. Casts,
/// trimming, changes of case and parsing of dates are seen through, since Tessera compares
/// normalised values. Never throws.
SplinkLevelMeaning read_splink_condition(std::string_view sql);

/// Whether a null level's condition says just that a side of `attribute` is missing.
bool is_splink_null_of(std::string_view sql, std::string_view attribute);

/// A blocking rule's condition.
struct SplinkRuleMeaning {
  std::vector<std::string>
      parts;  ///< Key parts as configs write them: `prefix(surname,3)`. Empty: see reason.
  bool more_conditions =
      false;  ///< Conditions besides equality of keys were left out: the rule makes more pairs.
  std::string reason;  ///< Why there are no parts.
};

/// Reads a blocking rule such as `(l."city" = r."city") AND (substr(l.name, 1, 2) = substr(r.name,
/// 1, 2))`. Never throws.
SplinkRuleMeaning read_splink_rule(std::string_view sql);

}  // namespace tessera
