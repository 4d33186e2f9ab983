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

/// A record that was asked for and one of the index with a key in common, by their rows in the
/// store.
struct SharedKey {
  std::uint32_t row = 0;
  std::uint32_t other_row = 0;
  friend bool operator==(const SharedKey&, const SharedKey&) = default;
  friend auto operator<=>(const SharedKey&, const SharedKey&) = default;
};

/// REQUIRES: rows under 2^32.
SharedKey shared_key(std::int64_t row, std::int64_t other_row);

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

  /// The pairs of a row of `postings` (by rule) and a row of the index that have a key in common
  /// under some rule, those with an index row of `but` (ascending) left out; ascending, each once.
  /// REQUIRES: rows under 2^32. Throws Error(kDamaged) for a page that is not as written. Cost: a
  /// page of some 700 postings for each key and run, read once; 8 bytes a pair.
  std::vector<SharedKey> find(std::vector<std::vector<Posting>> postings,
                              std::span<const std::int64_t> but) const;

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
