// The sampled rows as a clean table, and what a blocking rule would cost on all records.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "blocking/key_values.hpp"
#include "blocking/rule.hpp"
#include "data/table.hpp"
#include "engine/propose_columns.hpp"

namespace tessera {

/// The sampled rows of all files, mapped and cleaned as the job would.
Table sample_table(std::span<const SampledFile> files, std::span<const SourceSpec> sources,
                   std::span<const AttributeSpec> attributes);

/// About how many rows a file has: exactly, if the sample holds them all; else by its size and the
/// sampled rows' length (compressed files by a usual ratio).
std::uint64_t estimate_rows(const SampledFile& file, std::size_t sample_rows);

/// Estimates what rules cost. What was asked before is kept.
class RuleCosts {
 public:
  /// table: the sample. records: of all files together.
  RuleCosts(const Table& table, std::uint64_t records) : table_(&table), records_(records) {}

  /// What a rule of these parts would do.
  ///
  /// Pairs of rows that stand near each other in a file are left out of the count: files sorted by
  /// person or household hold the copies of one person there, which would look like a broad rule.
  struct Cost {
    double pairs_per_record = 0.0;  ///< Candidate pairs that it makes, divided by all records.
    double keyed_share = 0.0;       ///< Of the sampled rows have a key.
    bool one_source = false;        ///< Of several sources just one has rows with a key.
  };
  Cost of(std::span<const KeyPart> parts);

 private:
  const PartColumns& keys_of(const KeyPart& part);
  Cost estimate(std::span<const KeyPart> parts);

  const Table* table_;
  std::uint64_t records_;
  std::map<KeyPart, PartColumns> keys_;
  std::map<std::vector<KeyPart>, Cost> costs_;
};

}  // namespace tessera
