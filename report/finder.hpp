// Free text over golden and source records: `amina nalule 1987 gulu`.
//
// Every term of the text may stand in any attribute, misspelt too; the records that hold most of
// them, and the rarest, come first. `family_name:nalule` looks in one attribute, `nal*` for words
// that begin so.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/known_records.hpp"
#include "index/nearest.hpp"
#include "report/query_lines.hpp"

namespace tessera {

struct FindOptions {
  std::uint32_t count = 10;
  /// Every record for itself; otherwise each person once, by the best of golden and source records.
  bool every_record = false;
};

/// A record found.
struct FindHit {
  Row row = 0;  ///< Of the known records: a source's record, or a golden one.
  bool golden = false;
  std::string_view entity;      ///< Empty where it has none.
  double relevance_bits = 0.0;  ///< What the terms that it holds say: rarer, more.
};

/// find may be called from one thread at a time.
class Finder {
 public:
  /// REQUIRES: the records outlive the finder.
  explicit Finder(const KnownRecords& known);

  /// The records that the text is about, the most relevant first, then by row. Throws Error(kUsage)
  /// if the text has no word to look for. Cost: some milliseconds at a million records; a pattern
  /// looks at every word of its attributes.
  std::vector<FindHit> find(std::string_view text, const FindOptions& options);

  const KnownRecords& known() const { return known_; }

 private:
  std::vector<QueryWord> words_of_text(std::string_view text) const;
  void add_term(std::string_view term, std::uint32_t number, std::vector<QueryWord>& words) const;

  const KnownRecords& known_;
  QueryColumns columns_;
  NearestSearch search_;
};

}  // namespace tessera
