// How long the stages of a job should take, from counts: what the time still to go is told by.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "blocking/blocks.hpp"
#include "data/spec.hpp"

namespace tessera {

/// read, clean, block, train, score, cluster, merge, measure, write.
inline constexpr std::size_t kJobStages = 9;

/// What is known of a job's work. Before files are read, rows follow from their size.
struct JobWork {
  std::uint64_t rows = 0;
  std::uint64_t attributes = 0;
  std::uint64_t rules = 0;
  std::uint64_t comparisons = 0;
  bool trains = true;                  ///< False: a model is given.
  std::optional<std::uint64_t> pairs;  ///< Within blocks; none: not blocked yet.
};

/// Seconds of each stage on the machine of docs/performance.md with two threads. Only their
/// proportions are meant for use: another machine is faster or slower in all of them alike, and
/// whoever watches sees by how much.
std::array<double, kJobStages> expected_stage_s(const JobWork& work);

/// Of the stage of training, the share that laying out rows takes before training itself begins.
double layout_share(const JobWork& work);

/// The share of the stage that is done when `trained` of training itself is, which comes last.
double train_stage_share(const JobWork& work, double trained);

/// About how many rows the files hold, from their sizes: 90 bytes a row, packed files four times as
/// dense. Files that cannot be seen count nothing.
std::uint64_t rows_by_size(std::span<const SourceSpec> sources);

/// Pairs within the blocks of each rule, a pair of two rules counted in both. Cost: one pass over
/// the block numbers of all rows and rules, on all threads.
std::vector<std::uint64_t> pairs_in_blocks(const Blocking& blocking);

}  // namespace tessera
