// Normalises a raw table: every distinct value once, by the kind of its attribute.
//
// The normalised form of each kind (what Column::values holds):
//   name, person_name, place, address, text   folded text: NFKC, case-folded, diacritics removed,
//   scripts kept,
//                     punctuation to blanks (apostrophes vanish, hyphens part: o'brien → obrien,
//                     jean-luc → jean luc), blanks squeezed. Code points of any script survive.
//   date              EDTF text: `1990-04-05`, `1990-04`, `1990`, X for unknown parts
//   (`XXXX-04-05`), and with a
//                     closing `~` where day and month are a heap (1 January, registry defaults):
//                     `1990-01-01~`. See data/date.hpp. An attribute read from parts is year,
//                     month, day.
//   identifier        letters and digits only, upper case, leading zeros kept; a type before `:`
//   kept, in
//                     lower case (`nid:0123`).
//   sex               `f`, `m`, `o` (other or indeterminate).
//   phone             digits only, an international prefix 00 or + dropped, an extension too.
//   email             lower case, no blanks.
//   postcode          upper case, letters and digits only.
//   number            shortest decimal text of the value (`12.5`); geo: `lat,lon` likewise; set:
//   sorted words
//                     joined by |.
// Null words (data/null_words.hpp), placeholders by form and values held by implausibly many
// records (data/placeholders.hpp) become missing.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "data/column_judgement.hpp"
#include "data/spec.hpp"
#include "data/table.hpp"

namespace tessera {

/// What cleaning found in one column, in rows. Rows that were empty are in none but the table's
/// count of missing: n = filled + null_words + placeholders + impossible + future + empty rows.
struct CleaningFacts {
  std::string attribute;
  std::uint64_t filled = 0;        ///< Rows that hold a normalised value.
  std::uint64_t null_words = 0;    ///< Rows whose text says "no value".
  std::uint64_t placeholders = 0;  ///< Rows whose value stopped being evidence.
  std::uint64_t impossible = 0;  ///< Dates that do not exist, numbers that are none, and the like.
  std::uint64_t future = 0;      ///< Dates after the job's day.
  std::uint64_t coarse = 0;      ///< Of the filled: dates without a day, or on a heap.
};

struct CleanTable {
  Table table;
  std::vector<CleaningFacts> facts;        ///< one per column
  std::vector<ColumnKnowledge> knowledge;  ///< one per column: learned, or as it was given
};

struct CleanOptions {
  std::string today;  ///< ISO date; dates after it are future, and two-digit years end with it.
                      ///< Empty: no check.
  /// One per column, or none: then cleaning learns from the whole column.
  std::span<const ColumnKnowledge> known = {};
};

/// Cleans every column of `raw` (consumed; take its rejects before). attributes: one per raw
/// column; sources: one per raw source, in its order (date order). Codes are numbered by first
/// appearance in row order; the same bytes at any thread count. Throws Error(kUsage) if a cleaning
/// rule is not RE2. Cost: once per distinct value, and two passes over the codes; columns, and
/// ranges of distinct values, in parallel.
CleanTable clean_table(RawTable raw, std::span<const AttributeSpec> attributes,
                       std::span<const SourceSpec> sources, const CleanOptions& options);

}  // namespace tessera
