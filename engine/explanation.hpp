// Why two records are one person, or are not: every part of the evidence and of the decision, as
// plain values that need no table to be read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tessera {

/// A record as users name it.
struct RecordName {
  std::string source;
  std::string id;

  /// `source:record_id`.
  std::string text() const { return source + ":" + id; }
  friend bool operator==(const RecordName&, const RecordName&) = default;
};

/// What one side has for a comparison.
struct ExplainedValue {
  bool present = false;     ///< There is a value to compare.
  std::string as_written;   ///< As the source wrote it; empty for derived attributes.
  std::string as_compared;  ///< After cleaning.
};

/// What one comparison adds. bits[0] = level_bits + tf_bits.
struct ExplainedComparison {
  std::string name;
  std::string attribute;
  ExplainedValue left;
  ExplainedValue right;
  std::string level;  ///< Its text; `null` where a side is missing.
  double m = 0.0;     ///< Of the level; 0 at `null`, as is u.
  double u = 0.0;
  bool m_trained = true;    ///< False: no pair in training showed this level, m is a guess.
  double level_bits = 0.0;  ///< log2(m / u)
  double tf_bits = 0.0;     ///< The term-frequency adjustment, against strangers.
  /// The share of records with a value that hold the commoner of the two; absent where frequencies
  /// do not count at this level.
  std::optional<double> frequency;
  std::vector<double> bits;  ///< per alternative: what it adds against each
};

/// What the pair could be instead of one person: strangers, or persons related in some way.
struct ExplainedAlternative {
  std::string name;          ///< `strangers`, then the model's relations.
  double prior_bits = 0.0;   ///< log2 of the odds before anything is compared.
  double weight_bits = 0.0;  ///< prior_bits + Σ bits of the comparisons.
  double share = 0.0;        ///< P(this alternative | not one person, what was compared)
};

enum class Verdict : std::uint8_t {
  kLink,    ///< At or over the link threshold.
  kReview,  ///< Between the thresholds.
  kNoLink,  ///< Under the review threshold.
};

enum class KeyState : std::uint8_t {
  kAgree,
  kDiffer,
  kMissingLeft,
  kMissingRight,
  kMissingBoth,
};

struct ExplainedKey {
  std::string key;  ///< As in configs: `year(birth_date)`.
  KeyState state = KeyState::kDiffer;
};

/// How the pair fares under one blocking rule.
struct ExplainedRule {
  std::string rule;
  std::vector<ExplainedKey> keys;
  bool agrees = false;        ///< The records have a key of the whole rule in common.
  bool shares_block = false;  ///< And are compared: the key's block was not split between them.
};

/// A single key function under which the records agree.
struct AgreeingKey {
  std::string key;
  std::uint64_t records = 0;  ///< Records, these two among them, that have a key of theirs.
};

/// Which rule finds the pair, or what would.
struct ExplainedBlocking {
  /// Text of the first rule that makes the pair; `common_neighbours` for a pair found through a
  /// third record; empty: no rule brings it together.
  std::string found_by;
  std::vector<ExplainedRule> rules;     ///< In the job's order.
  std::vector<AgreeingKey> would_find;  ///< If found_by is empty: the sharpest first.
};

/// A link of a chain of links.
struct ExplainedLink {
  RecordName left;
  RecordName right;
  double weight_bits = 0.0;
};

enum class CutReason : std::uint8_t {
  kDuplicateFree,  ///< A duplicate-free source would have two records in one entity.
  kCannotLink,     ///< A decision says that two of the records are two persons.
  kTwins,          ///< Two of the records are of twins (engine/twins.hpp).
  kEvidence,       ///< All pairs across the two groups, taken together, speak against.
  kUnknown,        ///< None of these holds now: the component is large or the input has changed.
};

/// A link whose two records the clustering left in different entities, and why.
struct ExplainedCut {
  ExplainedLink link;
  CutReason reason = CutReason::kEvidence;
  std::string source;                                         ///< kDuplicateFree: which.
  std::optional<std::pair<RecordName, RecordName>> conflict;  ///< The two that may not meet.
  std::uint64_t left_records = 0;                             ///< Of the two groups.
  std::uint64_t right_records = 0;
  /// Over all pairs across, each weight held within the caps of engine/evidence.hpp. They may join
  /// if (mean + best) / 2 >= the link threshold.
  double mean_bits = 0.0;
  double best_bits = 0.0;
};

enum class Outcome : std::uint8_t {
  kUndecided,  ///< One of the records was not in the result.
  kSameEntity,
  kApart,  ///< No chain of links connects them.
  kCut,    ///< A chain connects them, and is cut.
};

struct ExplainedCluster {
  Outcome outcome = Outcome::kUndecided;
  std::uint64_t left_records = 0;  ///< Of the left record's entity, itself included.
  std::uint64_t right_records = 0;
  /// The chain of links from left to right whose weakest link is strongest; the pair alone if it is
  /// a link itself; empty for kApart.
  std::vector<ExplainedLink> chain;
  std::vector<ExplainedCut> cuts;  ///< kCut: of the chain.
};

/// One comparison at another level.
struct LevelChange {
  std::string comparison;
  std::string from;
  std::string to;
  double change_bits = 0.0;  ///< Against strangers.
};

/// The smallest change of at most two comparisons that leads to another verdict.
struct ExplainedFlip {
  Verdict verdict = Verdict::kNoLink;  ///< Then.
  double weight_bits = 0.0;            ///< Then.
  std::vector<LevelChange> changes;
};

/// Everything.
struct Explanation {
  RecordName left;
  RecordName right;
  std::string may_not_be_linked;  ///< Why the job never links the two; empty: it may.
  double prior = 0.0;             ///< P(two records of these sources are one person)
  std::vector<ExplainedAlternative> alternatives;  ///< At least one; [0] are strangers.
  std::vector<ExplainedComparison> comparisons;
  /// Against the relations: what taking all alternatives together adds to alternatives[0]. 0
  /// without relations, never positive.
  double relations_bits = 0.0;
  double weight_bits = 0.0;  ///< alternatives[0].weight_bits + relations_bits
  double probability = 0.0;
  double link_threshold_bits = 0.0;
  double review_threshold_bits = 0.0;
  Verdict verdict = Verdict::kNoLink;
  std::optional<double> decided_weight_bits;  ///< As the result has it, if it kept the pair.
  ExplainedBlocking blocking;
  ExplainedCluster cluster;
  std::vector<ExplainedFlip> flips;  ///< One per neighbouring verdict that can be reached so.
};

}  // namespace tessera
