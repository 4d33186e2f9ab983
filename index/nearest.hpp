// The records most like a given one: the best k by what their words have in common.
//
// A word in common says as much as it is rare: log2(n / rows with it) bits. A near word, one that
// shares a form, says what the form says (all rows whose words have it), less an allowance for
// errors being rare. Each word of the query counts once, by the best word of the record; the
// likeness is the sum. It ranks candidates and nothing else: whether two records are one person is
// for the model to say.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "index/value_index.hpp"

namespace tessera {

/// A record found, with its likeness in units of 2^-6 bits.
struct Near {
  Row row = 0;
  std::uint32_t likeness = 0;

  friend bool operator==(const Near&, const Near&) = default;
};

/// A word to look up.
struct QueryWord {
  std::size_t field = 0;
  std::string text;
  /// Words of one term count once, by the best of them: a term that may stand in several fields.
  /// Absent: the word's own place.
  std::optional<std::uint32_t> term = std::nullopt;
  /// The text is a pattern: `*` stands for any letters. Only words equal to it count.
  bool is_pattern = false;
};

struct NearestOptions {
  std::uint32_t top = 20;
  /// Of them the first so many are the best there are; the others the best of the rows that were
  /// looked at to find these. At least as many as `top`: all.
  std::uint32_t sure = 0xffffffff;
  /// At most so many rows are looked at; what is found then is the best of these.
  std::uint32_t most_rows = 1 << 12;
  bool near_words = true;  ///< False: words must be equal.
  Row end = 0xffffffff;    ///< Rows from here on are not looked at.
};

/// What a search found.
struct NearestRows {
  std::vector<Near> rows;       ///< By likeness, the greatest first, then by row.
  std::uint32_t looked_at = 0;  ///< Rows.
  /// Whether no record of the index that is not in `rows` is more like the query (nor as like and
  /// of a lesser row): false where most_rows ended the search.
  bool complete = true;
};

/// The likeness of a record to itself: what all its words say. Cost: a logarithm a word.
std::uint32_t own_likeness(const ValueIndex& index, Row row);

/// Searches one index. One object per thread: it holds room for all words and rows, 8 bytes each.
class NearestSearch {
 public:
  /// REQUIRES: the index outlives the search.
  explicit NearestSearch(const ValueIndex& index);

  /// The records most like row `row`, itself aside, of the sources for which `open` is true (size
  /// sources). The same whatever was searched before. Cost: 5 to 20 µs and some 15 ns for each row
  /// looked at.
  NearestRows near_row(Row row, const std::vector<bool>& open, const NearestOptions& options);

  /// The records most like what the words say; no words, no records. Terms from kMostQueryWords on
  /// do not count. A pattern costs a look at every word of its field.
  NearestRows near_words(std::span<const QueryWord> words, const std::vector<bool>& open,
                         const NearestOptions& options);

  static constexpr std::size_t kMostQueryWords = 64;

 private:
  struct Match {
    WordNumber word = 0;
    std::uint32_t units = 0;  ///< What it adds.
    std::uint32_t query = 0;  ///< The word of the query that it matches best.
  };
  void match(std::size_t query, std::size_t field, std::string_view text, bool near);
  void match_pattern(std::size_t query, std::size_t field, std::string_view pattern);
  void keep(WordNumber word, std::uint32_t units, std::size_t query);
  NearestRows walk(Row self, const std::vector<bool>& open, const NearestOptions& options);
  std::uint32_t likeness_of(Row row);
  void forget();

  const ValueIndex& index_;
  std::vector<std::uint32_t> weight_;   // per word: units << 8 | query, 0 = no match
  std::vector<std::uint64_t> matched_;  // a bit per word: weight_ is not 0; small enough to be near
  std::vector<std::uint32_t> seen_;     // per row: the search that looked at it last
  std::uint32_t search_ = 0;
  std::vector<Match> matches_;
  std::vector<WordNumber> touched_;  // words with a weight
  std::vector<WordNumber> alike_;    // words that share a form, of one kind
  std::vector<std::uint32_t> best_;  // per word of the query, while a row is looked at
};

}  // namespace tessera
