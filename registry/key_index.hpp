// From block names to records: which records of the store may share a block with given ones,
// without reading the others.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/job.hpp"
#include "engine/references.hpp"
#include "registry/database.hpp"
#include "registry/index_page.hpp"
#include "registry/index_pages.hpp"

namespace tessera {

/// The postings of the rows of a table for which `wanted` says so (size n), by rule; rows: each
/// table row's row in the store. Cost: as for_each_rule_names.
std::vector<std::vector<Posting>> make_postings(const Table& table, const JobSpec& job,
                                                const References& references,
                                                std::span<const std::int64_t> rows,
                                                const std::vector<bool>& wanted);

/// The index in a store. It is written in runs: each `add` makes one, and takes up those before it
/// that are not much larger, so that there are O(log n) of them and each posting is written O(log
/// n) times. What a record was known by before it changed stays until `rebuild`: what the index
/// finds is what may share a block, never less; the caller compares the records themselves.
class KeyIndex {
 public:
  explicit KeyIndex(Database& database) : database_(database) {}

  /// Forgets everything and takes the pages, within the transaction at hand.
  void rebuild(IndexPages& pages);

  /// Adds postings, by rule, within the transaction at hand. Cost: some 5 bytes a posting, and what
  /// it takes up of earlier runs.
  void add(std::vector<std::vector<Posting>> postings);

  /// All rows that have a key of `postings` under the same rule; ascending, each once. Throws
  /// Error(kDamaged) for a page that is not as written. Cost: a page of some 700 postings for each
  /// key and run, read once.
  std::vector<std::int64_t> find(std::vector<std::vector<Posting>> postings) const;

  /// Takes every posting of the rows (ascending) out. Cost: one pass over the index.
  void remove(std::span<const std::int64_t> rows);

  /// All postings of a rule, ascending, each once. For checks. Cost: reads all.
  std::vector<Posting> all(std::size_t rule) const;

 private:
  struct Run {
    std::int64_t number = 0;
    unsigned bits = 0;  ///< A rule's postings lie in 2^bits pages, by the key's upper bits.
    std::int64_t postings = 0;
  };
  std::vector<Run> runs() const;
  std::vector<Posting> of_rule(const Run& run, std::size_t rule) const;

  Database& database_;
};

}  // namespace tessera
