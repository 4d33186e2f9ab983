// What a job takes beside its records: nicknames, a model that must fit, blocks for training,
// constraints.
#pragma once

#include "blocking/blocks.hpp"
#include "data/nicknames.hpp"
#include "data/table.hpp"
#include "engine/cluster.hpp"
#include "engine/job.hpp"
#include "scoring/model.hpp"

namespace tessera {

/// The built-in nicknames and those of the job's own file. Throws Error as the file's reading does.
NicknameTable job_nicknames(const JobSpec& job);

/// Throws Error(kUsage) unless the model's comparisons are the job's, level by level.
void check_model_fits(const Model& model, const JobSpec& job);

/// What the sources alone say of clusters: which are duplicate-free.
ClusterConstraints constraints_of(const Table& table);

/// Adds to the job's blocks those that training alone sees (training_rules), at the end.
void add_training_blocks(const Table& table, const JobSpec& job, const BlockingOptions& options,
                         Blocking& blocking);

/// The table columns that the job's comparisons read, in their order.
std::vector<std::uint32_t> compared_columns(const JobSpec& job);

}  // namespace tessera
