// What is compared and how: a comparison is an attribute and an ordered list of levels.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/kind.hpp"

namespace tessera {

/// The claim that a level makes about two values that differ or agree. Text forms as in configs.
enum class LevelFunction : std::uint8_t {
  kExact,               ///< `exact`
  kLevenshtein,         ///< `levenshtein <= N`
  kDamerauLevenshtein,  ///< `damerau_levenshtein <= N` (unrestricted)
  kOsa,                 ///< `osa <= N`
  kJaro,                ///< `jaro >= S`
  kJaroWinkler,         ///< `jaro_winkler >= S`
  kQgramJaccard,        ///< `jaccard >= S` (q = 2) or `jaccard(3) >= S`
  kQgramDice,           ///< `dice >= S`
  kQgramCosine,         ///< `cosine >= S`
  kCommonPrefix,        ///< `common_prefix >= N`
  kTokenSet,            ///< `token_set >= S`: Jaccard of the sets of words
  kSoftTokenSet,        ///< `soft_token_set >= S`: words match when alike or initial of the other
  kContains,            ///< `contains`: all words of the shorter stand in the longer
  kDateOneEdit,         ///< `date_one_edit`: yyyymmdd texts one edit or transposition apart
  kDateSwap,            ///< `date_swap`: day and month exchanged
  kDateCoarse,  ///< `date_coarse`: one is partial or a heap, and what both know agrees (year within
                ///< 1)
  kDateWithinDays,    ///< `within N days`
  kDateWithinMonths,  ///< `within N months`
  kDateWithinYears,   ///< `within N years`
  kNumberWithin,      ///< `within N`
  kNumberPercent,     ///< `within N %`
  kKilometres,        ///< `km <= N` (great circle)
  kOneEdit,           ///< `one_edit`: one insertion, deletion or substitution
  kTransposition,     ///< `transposition`: two neighbours exchanged
  kSoundex,           ///< `soundex`: equal codes
  kNysiis,            ///< `nysiis`
  kMetaphone,         ///< `metaphone`
  kDoubleMetaphone,   ///< `double_metaphone`: a code in common
  kNickname,          ///< `nickname`: a group of the table in common
  kInitial,           ///< `initial`: one is the other's first letter
  kSwapped,  ///< `swapped`: this value is the partner column's value of the other record, and vice
             ///< versa
  kElse,     ///< `else`: the last level
};

/// One level. `text` is its canonical form, shown in links.csv and the model.
struct LevelSpec {
  LevelFunction function = LevelFunction::kElse;
  double threshold = 0.0;
  std::uint8_t q = 2;  ///< For the q-gram functions.
  std::string text;
};

/// One comparison of one attribute. Null when a side is missing.
struct ComparisonSpec {
  std::string name;             ///< Its column in links.csv; the attribute's name by default.
  std::uint32_t attribute = 0;  ///< Column of the table.
  std::optional<std::uint32_t> swapped_with;  ///< Partner column for level `swapped`.
  std::vector<LevelSpec> levels;  ///< Strongest first; the last is kElse; at most kMaxLevels.
  bool term_frequency = false;    ///< Adjust agreement by how common the value is.
};

/// Reads one level's text; nullopt if it is none. Blanks are free, case is ignored.
std::optional<LevelSpec> parse_level(std::string_view text);

/// The names of all level functions, for "did you mean".
std::span<const std::string_view> level_function_names();

/// The comparison preset of a kind: levels that suit it, and whether term frequency helps.
/// `given_name`: kName only; adds nicknames and initials.
ComparisonSpec preset_comparison(Kind kind, bool given_name);

}  // namespace tessera
