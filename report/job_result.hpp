// What a finished `tessera link` left in its folder, read back.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "data/table.hpp"
#include "engine/job.hpp"

namespace tessera {

/// A pair of links.csv or review.csv.
struct ScoredPair {
  Row left = 0;
  Row right = 0;  ///< left < right
  double weight_bits = 0.0;
};

/// Rows are numbered as the job numbered them (crosswalk.csv is in their order).
struct JobResult {
  std::vector<std::string> sources;   ///< In the job's order.
  std::vector<std::string> digests;   ///< Of each source's file, as in run.json.
  std::string job_digest;             ///< Of job.toml's text.
  std::string model_digest;           ///< Of model.json's text.
  std::string version;                ///< Of the program that ran the job.
  std::vector<SourceId> row_source;   ///< size n
  TextList record_ids;                ///< size n
  std::vector<std::uint32_t> entity;  ///< size n: 0 … entities-1, numbered by first appearance
  std::uint32_t entities = 0;
  Dictionary entity_ids;  ///< Their names: entity e is code e + 1.
  std::vector<ScoredPair> pairs;  ///< Links and clerical pairs, by (left, right).
  LinkType link_type = LinkType::kLinkAndDedupe;
  double link_threshold_bits = 0.0;
  double review_threshold_bits = 0.0;  ///< Pairs below are not known.
  std::uint64_t pairs_compared = 0;
  std::uint64_t pairs_possible = 0;

  Row size() const { return static_cast<Row>(row_source.size()); }
};

/// What of a result is read.
enum class ResultParts : std::uint8_t { kAll, kWithoutPairs };

/// Reads crosswalk.csv, links.csv, review.csv and run.json of `folder`. Throws Error(kUsage) naming
/// the file that is absent or not as `tessera link` writes it. Memory: 30 bytes a record and its
/// id, 16 a pair.
JobResult read_job_result(const std::filesystem::path& folder,
                          ResultParts parts = ResultParts::kAll);

}  // namespace tessera
