// The comparison preset of each kind: one table, with the reason for each choice.
#include <initializer_list>

#include "data/check.hpp"
#include "scoring/comparison.hpp"

namespace tessera {
namespace {

ComparisonSpec with_levels(std::initializer_list<std::string_view> levels, bool term_frequency) {
  ComparisonSpec comparison;
  comparison.term_frequency = term_frequency;
  for (const std::string_view text : levels) {
    const std::optional<LevelSpec> level = parse_level(text);
    TESSERA_CHECK(level.has_value());
    comparison.levels.push_back(*level);
  }
  return comparison;
}

}  // namespace

ComparisonSpec preset_comparison(Kind kind, bool given_name) {
  switch (kind) {
    case Kind::kName:
      if (given_name) {
        return with_levels({"exact", "nickname", "jaro_winkler >= 0.94", "jaro_winkler >= 0.88",
                            "contains", "initial", "jaro_winkler >= 0.75", "else"},
                           true);
      }
      return with_levels({"exact", "jaro_winkler >= 0.94", "jaro_winkler >= 0.88", "contains",
                          "jaro_winkler >= 0.75", "else"},
                         true);
    case Kind::kPersonName:
      return with_levels({"exact", "soft_token_set >= 0.99", "soft_token_set >= 0.66",
                          "jaro_winkler >= 0.88", "soft_token_set >= 0.5", "else"},
                         true);
    case Kind::kDate:
      // One slip of the pen first, then what registries do to dates: day and month exchanged, 1
      // January, a near year.
      return with_levels({"exact", "date_one_edit", "date_swap", "date_coarse", "within 1 months",
                          "within 1 years", "within 10 years", "else"},
                         true);
    case Kind::kIdentifier:
      return with_levels({"exact", "transposition", "one_edit", "levenshtein <= 2", "else"}, false);
    case Kind::kSex:
      return with_levels({"exact", "else"}, false);
    case Kind::kPhone:
      return with_levels({"exact", "transposition", "one_edit", "levenshtein <= 2", "else"}, true);
    case Kind::kEmail:
      // An address mostly holds its owner's name: likeness by the beginning would count that twice.
      return with_levels({"exact", "levenshtein <= 2", "levenshtein <= 4", "else"}, true);
    case Kind::kPlace:
      return with_levels(
          {"exact", "jaro_winkler >= 0.92", "soft_token_set >= 0.5", "jaro_winkler >= 0.8", "else"},
          true);
    case Kind::kPostcode:
      return with_levels({"exact", "transposition", "one_edit", "common_prefix >= 3",
                          "common_prefix >= 2", "else"},
                         true);
    case Kind::kAddress:
      return with_levels({"exact", "jaro_winkler >= 0.92", "soft_token_set >= 0.66",
                          "jaccard >= 0.5", "soft_token_set >= 0.3", "else"},
                         true);
    case Kind::kText:
      return with_levels({"exact", "jaro_winkler >= 0.92", "soft_token_set >= 0.66",
                          "jaccard >= 0.5", "soft_token_set >= 0.3", "else"},
                         true);
    case Kind::kNumber:
      return with_levels({"exact", "within 1 %", "within 10 %", "else"}, true);
    case Kind::kGeo:
      return with_levels({"exact", "km <= 0.1", "km <= 1", "km <= 10", "km <= 100", "else"}, false);
    case Kind::kSet:
      return with_levels(
          {"exact", "token_set >= 0.8", "token_set >= 0.5", "token_set >= 0.2", "else"}, true);
  }
  return with_levels({"exact", "else"}, true);
}

}  // namespace tessera
