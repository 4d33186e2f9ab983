// The whole job as one validated value: what `tessera link` does, and nothing else decides.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "blocking/rule.hpp"
#include "data/spec.hpp"
#include "scoring/comparison.hpp"

namespace tessera {

enum class LinkType : std::uint8_t {
  kLinkAndDedupe,  ///< All pairs, within and across sources.
  kLinkOnly,       ///< Pairs of different sources only.
  kDedupeOnly,     ///< Pairs of one source only.
};

/// A threshold as the user wrote it: a match probability, or bits.
struct Threshold {
  double value = 0.0;
  bool in_bits = false;
  /// The threshold in bits of match weight.
  double bits() const;
};

/// `index(top=20, few=50, pairs=10000)`: pairs of records with those most like them (index_rule).
struct IndexRule {
  static constexpr std::uint32_t kAll = 0xffffffff;
  std::uint32_t top = 20;  ///< Records taken for each that is looked up.
  /// Records with fewer candidates by the other rules are looked up; kAll: every record.
  std::uint32_t few = 50;
  std::uint64_t pairs = 0;  ///< Only so many of the pairs, the most alike; 0: all.
  std::string text;  ///< Canonical: as in job.toml and links.csv.
};

/// Everything that a run depends on besides its input. A JobSpec that exists is valid: names
/// resolved to indices, levels ordered, probabilities in range. Made by read_job (TOML) or
/// propose_job (no config).
struct JobSpec {
  LinkType link_type = LinkType::kLinkAndDedupe;
  Threshold link_threshold{0.95, false};
  Threshold review_threshold{0.50, false};
  std::uint64_t seed = 1;
  std::string today;  ///< ISO date; later dates are impossible. Empty: no check.
  double max_rejected_share = 0.001;
  std::uint64_t max_block_records = 2000;  ///< Larger blocks are split by a further attribute.
  std::filesystem::path nickname_file;     ///< Extends the built-in table; may be empty.

  std::vector<SourceSpec> sources;
  /// Columns are numbered through: attributes, then derived.
  std::vector<AttributeSpec> attributes;
  std::vector<DerivedAttribute> derived;
  std::vector<BlockingRule> rules;
  std::optional<IndexRule> index_rule;  ///< Comes after all rules; its number is rules.size().
  std::vector<ComparisonSpec> comparisons;

  /// Of a column, derived or not.
  const std::string& column_name(std::uint32_t column) const {
    return column < attributes.size() ? attributes[column].name
                                      : derived[column - attributes.size()].name;
  }
  Kind column_kind(std::uint32_t column) const {
    return column < attributes.size() ? attributes[column].kind
                                      : derived[column - attributes.size()].kind;
  }
};

/// Limits of the machine: they never change the result.
struct RunLimits {
  unsigned threads = 0;            ///< 0: as many as the machine has.
  std::uint64_t memory_bytes = 0;  ///< 0: no ceiling.
  /// Where what is needed only later may be put aside on disk, or a folder yet to be made there;
  /// empty: the system's folder for temporary files.
  std::filesystem::path spill_folder = {};
};

}  // namespace tessera
