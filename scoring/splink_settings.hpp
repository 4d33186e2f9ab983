// The settings JSON of Splink, checked once, as plain values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tessera {

/// One comparison level. m and u are in (0, 1), Splink's own defaults where the JSON has none.
struct SplinkRawLevel {
  std::string place;  ///< `comparisons[0].comparison_levels[2] (Exact match on first_name)`
  std::string sql;
  bool is_null = false;
  double m = 0.0;
  double u = 0.0;
  bool m_trained = true;  ///< False: the JSON has no m.
  std::string tf_column;  ///< Empty: no term-frequency adjustment.
  double tf_weight = 1.0;
  double tf_minimum = 0.0;
  bool own_u = false;  ///< disable_tf_exact_match_detection
};

struct SplinkRawComparison {
  std::string place;                   ///< `comparisons[0]`
  std::string name;                    ///< May be empty.
  std::vector<SplinkRawLevel> levels;  ///< Strongest first, at least one; no null levels.
  std::vector<SplinkRawLevel> nulls;
};

struct SplinkRawRule {
  std::string place;
  std::string sql;
  bool takes_arrays_apart = false;
};

struct SplinkSettings {
  std::vector<SplinkRawComparison> comparisons;
  std::vector<SplinkRawRule> rules;
  double prior = 0.0;  ///< In (0, 1).
  std::string link_type;
  std::string unique_id_column;
  std::string source_column;
  std::vector<std::string> notes;  ///< What was changed or not understood, in words.
};

/// Reads and checks the JSON. Throws Error(kUsage) naming the place.
SplinkSettings read_splink_settings(std::string_view text, const std::string& where);

}  // namespace tessera
