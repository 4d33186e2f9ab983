// The folder of a finished `tessera link`, with its job's records read and cleaned again.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "data/clean.hpp"
#include "data/spec.hpp"
#include "engine/job.hpp"
#include "report/job_result.hpp"
#include "scoring/model.hpp"

namespace tessera {

struct JobFolder {
  JobSpec job;
  Model model;
  CleanTable clean;
  JobResult result;
  std::vector<Row> row_of;  ///< size result.size(): the table's row of the same name, or kNoRow
  /// What is no longer as it was when the job ran, one sentence each: sources, job.toml,
  /// model.json, the program. Empty: weights are the job's own.
  std::vector<std::string> changes;

  static constexpr Row kNoRow = 0xffffffff;
};

/// The job and the model of a folder, without its records. As read_job_folder for the rest.
struct FolderJob {
  JobSpec job;
  Model model;
  std::string model_text;
};
FolderJob read_folder_job(const std::filesystem::path& folder, std::span<const SourceSpec> files);

/// Reads DIR/job.toml, the sources it names, DIR/model.json and the result's own files. files:
/// sources that lie elsewhere now, by name and path. parts: of the result. Throws Error as reading
/// the job, its sources and its result does; kUsage where the model is not of the job. Cost:
/// reading and cleaning the sources, a look-up a record.
JobFolder read_job_folder(const std::filesystem::path& folder, std::span<const SourceSpec> files,
                          const RunLimits& limits, ResultParts parts);

}  // namespace tessera
