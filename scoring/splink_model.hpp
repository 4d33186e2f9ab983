// Reads a model trained by Splink (settings JSON, versions 3 to 5) into ours, and says what could
// not be carried over.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scoring/comparison.hpp"
#include "scoring/model.hpp"
#include "scoring/pair_space.hpp"

namespace tessera {

/// A comparison whose attributes are still names: they become columns when the job is known.
struct SplinkComparison {
  std::string name;               ///< output_column_name
  std::string attribute;          ///< The column compared.
  std::string swapped_with;       ///< Partner column of a level `swapped`; empty: none.
  std::vector<LevelSpec> levels;  ///< Strongest first, as the model's; the last is `else`.
  bool term_frequency = false;
};

struct SplinkModel {
  Model model;  ///< comparisons[i] belongs to comparisons[i] below.
  std::vector<SplinkComparison> comparisons;
  std::vector<std::vector<std::string>>
      rules;  ///< Blocking rules as configs write them: lists of key parts.
  PairScope scope = PairScope::kAnyPair;      ///< link_type
  std::string unique_id_column;               ///< As Splink names it.
  std::string source_column;                  ///< source_dataset_column_name; empty if absent.
  std::vector<std::string> not_carried_over;  ///< One sentence each, naming its place in the JSON.
};

/// Reads the JSON of Splink's `save_model_to_json`. Conditions are read as DuckDB and Spark SQL, as
/// Splink writes them.
///
/// Where every level of a comparison is carried over, the weights (prior, m / u, term-frequency
/// adjustments) are Splink's to 1e-9 bits. A level that has no counterpart is joined to the next
/// weaker level: that level's m and u become the sums. A comparison without a usable level is left
/// out. Both are told in not_carried_over. The text distances are those of DuckDB for ASCII text;
/// beyond ASCII DuckDB counts bytes, Tessera code points. Throws Error(kUsage) naming the place if
/// the text is not such JSON or a probability is not one.
SplinkModel read_splink_model(std::string_view text, const std::string& where);

}  // namespace tessera
