// What a job did, counted: the content of run.json, and where `tessera link` takes its closing
// words from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "data/clean.hpp"
#include "data/table.hpp"
#include "engine/job.hpp"
#include "engine/result_facts.hpp"

namespace tessera {

/// The seconds that one step of the line took, in the order in which they ran.
struct StageTime {
  std::string stage;  ///< `read`, `clean`, `train`, `block_and_score`, `cluster`, `merge`, `write`.
  double elapsed_s = 0.0;
};

/// What one blocking rule brought.
struct RuleFacts {
  std::string rule;                   ///< BlockingRule::text.
  std::uint64_t blocks = 0;           ///< With two records or more.
  std::uint64_t largest_block = 0;    ///< Records.
  std::uint64_t blocks_split = 0;     ///< Oversized, divided by a further attribute.
  std::uint64_t records_without = 0;  ///< Records that have no value for a part of the rule.
  std::uint64_t pairs = 0;            ///< Pairs compared that this rule made first.
};

/// Pairs that share a block and yet were not compared. Nothing is lost in silence (DESIGN, rule 4).
struct NotCompared {
  std::string reason;  ///< `oversized block`, … Never a field's value.
  std::string rule;    ///< BlockingRule::text; empty when no rule is at fault.
  std::uint64_t blocks = 0;
  std::uint64_t records = 0;
  std::uint64_t pairs = 0;
};

/// All facts of one run. What is here is the same for the same input and config, but for `machine`.
struct RunFacts {
  std::string version;       ///< Of this program.
  std::string job_digest;    ///< 16 hex digits of job.toml's text.
  std::string model_digest;  ///< 16 hex digits of model.json's text.
  std::uint64_t seed = 0;
  LinkType link_type = LinkType::kLinkAndDedupe;
  double link_threshold_bits = 0.0;
  double review_threshold_bits = 0.0;

  std::vector<SourceFacts> sources;     ///< In the job's order.
  std::vector<CleaningFacts> cleaning;  ///< One per attribute.

  std::uint64_t pairs_possible = 0;  ///< Under the link type, had nothing been blocked.
  std::uint64_t pairs_compared = 0;  ///< Each pair once, whatever the number of rules that made it.
  std::uint64_t records_in_no_block = 0;  ///< Records that no rule could place beside another.
  std::vector<RuleFacts> rules;           ///< One per blocking rule.
  /// Records that the index rule looked up, and those of them whose search met its limit of rows,
  /// so that what it found need not be the most alike. None without that rule.
  std::optional<std::uint64_t> index_looked_up = std::nullopt;
  std::uint64_t index_not_complete = 0;
  std::vector<NotCompared> not_compared;  ///< Empty: all pairs that share a block were compared.

  std::uint64_t links = 0;          ///< Pairs at or over the link threshold (links.csv).
  std::uint64_t review_pairs = 0;   ///< Pairs of the clerical band (review.csv).
  std::uint64_t closure_links = 0;  ///< Of both, those found through common neighbours.
  std::uint64_t components = 0;     ///< As in Clusters.
  std::uint64_t components_split = 0;
  std::uint64_t twins_apart = 0;  ///< Pairs of records within components that are of twins.
  std::uint64_t links_cut = 0;
  std::uint64_t entities = 0;
  std::uint64_t largest_entity = 0;  ///< Records.

  ResultFacts result;  ///< What report.html draws.

  std::vector<std::string> warnings;  ///< Of training and of the job, in the user's words.

  struct Machine {
    unsigned threads = 0;
    std::uint64_t memory_limit_bytes = 0;  ///< 0: none was set.
    std::uint64_t spilled_bytes = 0;       ///< Put aside on disk to stay under it.
    std::uint64_t peak_memory_bytes = 0;
    std::vector<StageTime> stages;
    double elapsed_s = 0.0;
  };
  Machine machine;
};

/// `link_and_dedupe`, `link_only`, `dedupe_only`.
std::string_view link_type_name(LinkType link_type);

/// The text of run.json: one JSON object, keys in the order of RunFacts, ended by a line feed. Only
/// its member `machine` (threads, memory, seconds) may differ between two runs of one job.
std::string run_json(const RunFacts& facts);

}  // namespace tessera
