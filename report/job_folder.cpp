#include "report/job_folder.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>

#include "data/digest.hpp"
#include "data/error.hpp"
#include "engine/job_aids.hpp"
#include "engine/pipeline.hpp"
#include "engine/read_job.hpp"
#include "report/record_index.hpp"

namespace tessera {
namespace {

std::string read_text(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file.is_open() || file.bad()) {
    throw Error(ErrorCode::kUsage, path.string(),
                "cannot be read; give the --out folder of a finished `tessera link`");
  }
  return text;
}

void replace_paths(JobSpec& job, std::span<const SourceSpec> files) {
  for (const SourceSpec& file : files) {
    const auto same = [&](const SourceSpec& source) { return source.name == file.name; };
    const auto found = std::ranges::find_if(job.sources, same);
    if (found == job.sources.end()) {
      std::string names;
      for (std::size_t i = 0; i < job.sources.size(); ++i) {
        names += (i == 0 ? "" : i + 1 == job.sources.size() ? " or " : ", ") + job.sources[i].name;
      }
      throw Error(ErrorCode::kUsage, file.name,
                  "is no source of this job; its sources are named " + names);
    }
    found->path = file.path;
  }
}

// Rows by name: the sources may have changed since.
void find_rows(JobFolder& read) {
  const Table& table = read.clean.table;
  const JobResult& result = read.result;
  std::vector<std::optional<SourceId>> source(result.sources.size());
  for (std::size_t s = 0; s < result.sources.size(); ++s) {
    const auto named = [&](const SourceFacts& facts) { return facts.name == result.sources[s]; };
    const auto found = std::ranges::find_if(table.sources, named);
    if (found == table.sources.end()) {
      read.changes.push_back("source " + result.sources[s] + " is no longer in job.toml");
      continue;
    }
    source[s] = static_cast<SourceId>(found - table.sources.begin());
    if (!result.digests[s].empty() && result.digests[s] != found->digest) {
      read.changes.push_back("the file of source " + result.sources[s] +
                             " has changed since the job ran: its records are explained as they "
                             "are now");
    }
  }
  const RecordIndex index(table.record_ids, table.row_source);
  read.row_of.assign(result.size(), JobFolder::kNoRow);
  for (Row row = 0; row < result.size(); ++row) {
    const auto of = source[static_cast<std::size_t>(result.row_source[row])];
    if (!of) continue;
    read.row_of[row] = index.find(result.record_ids[row], *of).value_or(JobFolder::kNoRow);
  }
}

}  // namespace

FolderJob read_folder_job(const std::filesystem::path& folder, std::span<const SourceSpec> files) {
  FolderJob read;
  read.model_text = read_text(folder / "model.json");
  read.job = read_job(folder / "job.toml");
  replace_paths(read.job, files);
  read.model = read_model_json(read.model_text, (folder / "model.json").string());
  check_model_fits(read.model, read.job);
  return read;
}

JobFolder read_job_folder(const std::filesystem::path& folder, std::span<const SourceSpec> files,
                          const RunLimits& limits, ResultParts parts) {
  FolderJob of_folder = read_folder_job(folder, files);
  JobFolder read;
  read.job = std::move(of_folder.job);
  read.model = std::move(of_folder.model);
  read.clean = read_job_table(read.job, limits);
  read.result = read_job_result(folder, parts);
  find_rows(read);
  const auto note = [&](const std::string& then, const std::string& now, const char* what) {
    if (!then.empty() && then != now) read.changes.push_back(what);
  };
  note(read.result.job_digest, text_digest(read_text(folder / "job.toml")),
       "job.toml has changed since the job ran: it is read as it is now");
  note(read.result.model_digest, text_digest(of_folder.model_text),
       "model.json has changed since the job ran: it is read as it is now");
  note(read.result.version, TESSERA_VERSION, "another version of this program ran the job");
  return read;
}

}  // namespace tessera
