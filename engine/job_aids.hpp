// What a job takes beside its records: nicknames, a model that must fit, threads.
#pragma once

#include "data/nicknames.hpp"
#include "engine/job.hpp"
#include "scoring/model.hpp"

namespace tessera {

/// The built-in nicknames and those of the job's own file. Throws Error as the file's reading does.
NicknameTable job_nicknames(const JobSpec& job);

/// Throws Error(kUsage) unless the model's comparisons are the job's, level by level.
void check_model_fits(const Model& model, const JobSpec& job);

/// As asked for, else as many as the machine has.
unsigned thread_count(const RunLimits& limits);

}  // namespace tessera
