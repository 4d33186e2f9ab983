// A finished `tessera link` with its records read again: what explains and reviews its pairs.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/nicknames.hpp"
#include "data/spec.hpp"
#include "data/table.hpp"
#include "engine/explain.hpp"
#include "engine/job.hpp"
#include "engine/pair_weigher.hpp"
#include "engine/record_comparer.hpp"
#include "report/job_result.hpp"
#include "report/record_index.hpp"
#include "scoring/model.hpp"

namespace tessera {

/// Reads DIR/job.toml, the sources it names, DIR/model.json and the result's own files, and is
/// ready to weigh any pair as the job did. Not to be moved: its parts refer to each other.
class LinkedJob {
 public:
  /// files: sources that lie elsewhere now, by name and path. Throws Error as reading the job, its
  /// sources and its result does; kUsage where the model is not of the job. Cost: reading and
  /// cleaning the sources, and two sorts of the result's pairs.
  LinkedJob(const std::filesystem::path& folder, std::span<const SourceSpec> files,
            const RunLimits& limits);
  LinkedJob(const LinkedJob&) = delete;
  LinkedJob& operator=(const LinkedJob&) = delete;

  /// What is no longer as it was when the job ran, one sentence each: sources, job.toml,
  /// model.json, the program. Empty: weights are the job's own.
  const std::vector<std::string>& changes() const { return changes_; }

  /// The row that `source:record_id` names, or a record id alone if only one source has it. Throws
  /// Error(kUsage) if there is none or there are several.
  Row find(std::string_view name) const;

  /// As explain_pair. REQUIRES: left != right.
  Explanation explain(Row left, Row right) const;

  /// As explain_evidence. REQUIRES: left != right.
  Explanation explain_weight(Row left, Row right) const;

  /// What the job's model gives the pair. REQUIRES: left != right.
  double weight_bits(Row left, Row right) const { return weigher_->weight_bits(left, right); }

  const JobSpec& job() const { return job_; }
  const Table& table() const { return table_; }
  std::span<const WeightedPair> links() const { return links_; }

 private:
  void take_result(const JobResult& result, const std::vector<Row>& row_of);

  JobSpec job_;
  Model model_;
  Table table_;
  PairSpace space_;
  std::vector<Row> label_;           // size n
  std::vector<WeightedPair> links_;  // by (left, right)
  std::vector<std::string> changes_;
  NicknameTable nicknames_;
  std::unique_ptr<RecordIndex> index_;
  std::unique_ptr<RecordComparer> comparer_;
  std::unique_ptr<PairWeigher> weigher_;
};

}  // namespace tessera
