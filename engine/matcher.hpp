// Looks one record up among many: the index finds candidates, the model weighs them as a job would.
//
// The search goes in phases, each dearer than the one before, and ends with the first that finds a
// certain match: a record equal in all that is compared; equal in all but one comparison; the most
// alike, with errors in every word. Most look-ups end in the first two, which read equal words
// alone. Of the most alike the first 16 are weighed, the others if none of those is certain.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/nicknames.hpp"
#include "data/table.hpp"
#include "engine/job.hpp"
#include "engine/known_records.hpp"
#include "index/nearest.hpp"
#include "scoring/pattern.hpp"

namespace tessera {

/// A record to look up: a text per attribute of the job, as a source would write it; empty: none.
struct MatchQuery {
  std::vector<std::string> texts;
};

/// How a look-up ended.
enum class MatchPhase : std::uint8_t {
  kExact,      ///< A certain match equal in every comparison that both have values for.
  kAllButOne,  ///< A certain match equal in all but one.
  kLikeness,   ///< All words, equal and near.
};
std::string_view match_phase_name(MatchPhase phase);  ///< exact, all_but_one, likeness

/// What a weight says of a candidate.
enum class MatchGrade : std::uint8_t { kCertainlyNot, kPossible, kProbable, kCertain };
std::string_view match_grade_name(MatchGrade grade);  ///< `certainly-not` …, as in HL7 FHIR

/// Certain from the link threshold on, probable from the review threshold on; certainly not where
/// the evidence against is as strong as that for a certain match (minus the link threshold's bits,
/// or the review threshold where that is less); possible between.
MatchGrade match_grade(const JobSpec& job, double weight_bits);

struct MatchCandidate {
  Row row = 0;  ///< Of the known table.
  Pattern pattern = 0;
  double weight_bits = 0.0;
};

struct MatchResult {
  std::vector<MatchCandidate> candidates;  ///< The weightiest first, then by row.
  MatchPhase phase = MatchPhase::kLikeness;
  std::uint32_t weighed = 0;  ///< Candidates.
  bool complete = true;       ///< False: the index's search met its limit of rows (nearest.hpp).
};

struct MatchOptions {
  std::uint32_t count = 10;     ///< Candidates kept.
  std::uint32_t to_weigh = 64;  ///< Candidates weighed at most: at least `count`.
  bool thorough = false;        ///< Do not end before the last phase.
  /// The source that the records are of: how its dates are written, and the prior among its pairs.
  /// None: a source not seen before.
  std::optional<SourceId> source;
};

/// Immutable once made; match may be called from one thread at a time.
class Matcher {
 public:
  /// REQUIRES: the records outlive the matcher.
  Matcher(const KnownRecords& known, const RunLimits& limits);
  ~Matcher();
  Matcher(const Matcher&) = delete;
  Matcher& operator=(const Matcher&) = delete;

  /// Looks up records, in parallel. A candidate's weight is to the last bit that of the same two
  /// records in the job: the query is cleaned by what the job learned of its columns, values by
  /// its frequencies. Cost: 0.1 to 1 ms a record; less a record where many come together.
  std::vector<MatchResult> match(std::span<const MatchQuery> queries,
                                 const MatchOptions& options) const;

  const KnownRecords& known() const { return known_; }

 private:
  struct Batch;
  Table clean(std::span<const MatchQuery> queries, std::optional<SourceId> source) const;
  void search(Batch& batch, bool near, const MatchOptions& options) const;
  void weigh(Batch& batch, std::size_t most, const MatchOptions& options) const;

  std::vector<QueryWord> words_of_query(const Table& queries, Row row) const;

  const KnownRecords& known_;
  RunLimits limits_;
  NicknameTable nicknames_;
  std::vector<bool> open_;
  std::vector<std::vector<std::uint32_t>> compared_;  // per field of the index: columns
  struct Searches;
  std::unique_ptr<Searches> searches_;
};

}  // namespace tessera
