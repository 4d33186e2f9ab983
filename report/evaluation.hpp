// How right a job is: pairs, clusters and blocking measured against the truth.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "report/group_pairs.hpp"
#include "report/job_result.hpp"
#include "report/truth.hpp"

namespace tessera {

/// Pairs found, pairs that are true, and those that are both.
struct PairScore {
  std::uint64_t true_positives = 0;
  std::uint64_t found = 0;   ///< true and false positives
  std::uint64_t actual = 0;  ///< true positives and false negatives

  /// Each in [0, 1]; nothing where it would be 0 / 0.
  std::optional<double> precision() const;
  std::optional<double> recall() const;
  std::optional<double> f1() const;  ///< 2 · true positives / (found + actual)
};

/// The pairs at or over a threshold taken as found.
struct ThresholdScore {
  double threshold_bits = 0.0;
  PairScore score;
};

/// Over records, not pairs. Source: Bagga & Baldwin (1998), ACL, p. 79: the mean over records of |E
/// ∩ T| / |E| and of |E ∩ T| / |T|, where E is the record's entity in the job and T its true one.
struct BCubedScore {
  std::uint64_t records = 0;
  double precision = 0.0;
  double recall = 0.0;
  double f1() const;
};

/// What blocking kept within reach.
struct BlockingScore {
  std::uint64_t true_pairs = 0;
  std::uint64_t at_least = 0;  ///< True pairs among links and clerical pairs: those were compared.
  std::optional<std::uint64_t>
      in_blocks;  ///< True pairs that share a block; nothing if no one could tell.
  std::uint64_t pairs_compared = 0;
  std::uint64_t pairs_possible = 0;

  std::optional<double> pairs_completeness() const;  ///< in_blocks / true_pairs
  std::optional<double> reduction_ratio() const;     ///< 1 − compared / possible
};

/// Two sources, of the left side and the right, perhaps the same.
struct SourcePairScore {
  std::string left;
  std::string right;
  PairScore pairs;  ///< At the link threshold.
  PairScore clusters;
};

/// A pair that the job got wrong.
struct WrongPair {
  Row left = 0;
  Row right = 0;  ///< left < right
  double weight_bits = 0.0;
  bool in_one_entity = false;
};

/// Those to look at.
struct WrongPairs {
  std::vector<WrongPair> false_links;    ///< Of two persons, heaviest first.
  std::vector<WrongPair> missed_nearly;  ///< Of one, in two entities, not linked: heaviest first.
  std::vector<WrongPair> missed_by_far;  ///< The same, lightest first; none of missed_nearly.
};

/// Everything that `tessera evaluate` tells. Only judged pairs count: both records in the truth,
/// within the scope.
struct Evaluation {
  PairScope scope = PairScope::kAnyPair;
  bool truth_of_pairs = false;
  std::uint64_t records = 0;
  std::uint64_t records_judged = 0;
  std::uint64_t true_entities = 0;     ///< Of the judged records.
  std::uint64_t entities = 0;          ///< That the job made of the judged records.
  std::uint64_t pairs_not_judged = 0;  ///< Links and clerical pairs left out.
  double review_threshold_bits = 0.0;  ///< No pair below it is known: the sweep ends there.

  std::vector<ThresholdScore> sweep;  ///< Thresholds ascending, evenly spaced, whole bits.
  ThresholdScore at_link_threshold;
  std::optional<ThresholdScore>
      best;             ///< Of greatest F1; of equals the highest threshold. None: no pairs.
  PairScore clusters;   ///< Pairs of records in one entity.
  BCubedScore b_cubed;  ///< Over all judged records, whatever the scope.
  BlockingScore blocking;
  std::vector<SourcePairScore> by_source;  ///< If asked for; source pairs within the scope.
  WrongPairs wrong;                        ///< At most options.wrong_pairs of each sort.

  std::uint64_t truth_rows = 0;  ///< These as in Truth.
  std::uint64_t truth_bad_rows = 0;
  std::uint64_t truth_unknown_records = 0;
  std::uint64_t truth_ambiguous_records = 0;
  std::uint64_t truth_repeated_rows = 0;
  std::uint64_t truth_contradicting_rows = 0;
};

struct EvaluationOptions {
  bool by_source = false;
  /// Whether two rows share a block of the job (left < right). Without it pairs completeness is not
  /// known: the job keeps links, not candidates. Asked once for each true pair within the scope.
  std::function<bool(Row, Row)> shares_block = nullptr;
  std::size_t wrong_pairs = 0;
  /// The weight of two rows (left < right), kept by the job or not. Without it only pairs that the
  /// job kept can be among the missed. Asked once for each true pair within the scope that was not
  /// kept and whose records are in two entities.
  std::function<double(Row, Row)> weigh = nullptr;
};

/// Measures a result. Scope: kAcrossSources for a job link_only, or if the truth lists pairs and
/// each joins two sources; kWithinSource for dedupe_only; else kAll. Where the truth lists pairs,
/// exactly those are true (not what follows from them), and every record is judged; for B-cubed its
/// connected components are the true entities. Cost: sorting records and pairs; 10 million records
/// in some seconds.
Evaluation evaluate(const JobResult& result, const Truth& truth, const EvaluationOptions& options);

/// `all pairs`, `pairs across sources`, `pairs within a source`.
std::string scope_name(PairScope scope);

}  // namespace tessera
