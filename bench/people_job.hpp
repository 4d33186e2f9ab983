// Three registries of invented people with the truth, and the same people read, cleaned, blocked
// and with a trained model: where the benchmarks of single steps begin.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "blocking/blocks.hpp"
#include "data/nicknames.hpp"
#include "data/table.hpp"
#include "engine/candidates.hpp"
#include "engine/cluster.hpp"
#include "engine/job.hpp"
#include "engine/pair_weigher.hpp"
#include "engine/record_comparer.hpp"
#include "scoring/model.hpp"
#include "scoring/pair_space.hpp"

namespace tessera::bench {

/// The files of `generate_registries` with seed 1, in a folder of their own that goes when the
/// object does.
class Registries {
 public:
  explicit Registries(std::uint64_t records);
  ~Registries();
  Registries(const Registries&) = delete;
  Registries& operator=(const Registries&) = delete;

  const std::filesystem::path& folder() const { return folder_; }

  /// The job over them: eleven blocking rules, 24 candidate pairs a record at 100,000
  /// records; eight comparisons with the presets of their kinds.
  JobSpec job() const;

 private:
  std::filesystem::path folder_;
};

/// F1 over the pairs of records that share a cluster against those that share an entity of
/// `truth.csv` in the registries' folder.
double cluster_f1(const Registries& registries, const Table& table, std::span<const Row> label);

/// The pairs of records of one entity in truth.csv.
std::uint64_t true_pairs(const Registries& registries);

/// Records ready to be scored. All members refer to each other: not to be moved.
struct PeopleJob {
  explicit PeopleJob(std::uint64_t records);
  PeopleJob(const PeopleJob&) = delete;
  PeopleJob& operator=(const PeopleJob&) = delete;

  WalkedTable walked() const { return {table, blocking, space, compared_columns(comparer)}; }

  Registries registries;
  JobSpec job;
  Table table;
  Blocking blocking;
  PairSpace space;
  NicknameTable nicknames;
  RecordComparer comparer;
  Model model;
  PairWeigher weigher;
};

/// The job over 100,000 records, made at the first call.
const PeopleJob& people_job();

/// How many distinct candidate pairs the rules' blocks hold: counted by listing and sorting them.
std::uint64_t distinct_pairs(std::span<const RuleBlocks> rules);

}  // namespace tessera::bench
