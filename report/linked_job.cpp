#include "report/linked_job.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>

#include "data/dictionary.hpp"  // hash_bytes
#include "data/error.hpp"
#include "engine/job_aids.hpp"
#include "engine/pipeline.hpp"
#include "engine/read_job.hpp"
#include "engine/train.hpp"
#include "report/job_result.hpp"

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

std::string digest_of(std::string_view text) {
  return fmt::format("{:016x}", hash_bytes(text));
}

// `client, social or crvs`.
std::string any_of(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    text += (i == 0 ? "" : i + 1 == names.size() ? " or " : ", ") + names[i];
  }
  return text;
}

}  // namespace

LinkedJob::LinkedJob(const std::filesystem::path& folder, std::span<const SourceSpec> files,
                     const RunLimits& limits)
    : nicknames_(NicknameTable::built_in()) {
  const std::string model_path = (folder / "model.json").string();
  const std::string model_text = read_text(folder / "model.json");
  job_ = read_job(folder / "job.toml");
  for (const SourceSpec& file : files) {
    const auto same = [&](const SourceSpec& source) { return source.name == file.name; };
    const auto found = std::ranges::find_if(job_.sources, same);
    if (found == job_.sources.end()) {
      std::vector<std::string> names;
      for (const SourceSpec& source : job_.sources) names.push_back(source.name);
      throw Error(ErrorCode::kUsage, file.name,
                  "is no source of this job; its sources are named " + any_of(names));
    }
    found->path = file.path;
  }
  model_ = read_model_json(model_text, model_path);
  check_model_fits(model_, job_);
  table_ = read_job_records(job_, limits);
  space_ = job_space(table_, job_);
  nicknames_ = job_nicknames(job_);
  index_ = std::make_unique<RecordIndex>(table_.record_ids, table_.row_source);
  comparer_ = std::make_unique<RecordComparer>(table_, job_.comparisons, nicknames_);
  weigher_ = std::make_unique<PairWeigher>(model_, table_, *comparer_);
  read_result(folder);
}

void LinkedJob::read_result(const std::filesystem::path& folder) {
  const JobResult result = read_job_result(folder);
  // Rows by name: the sources may have changed since.
  std::vector<std::optional<SourceId>> source(result.sources.size());
  for (std::size_t s = 0; s < result.sources.size(); ++s) {
    const auto named = [&](const SourceFacts& facts) { return facts.name == result.sources[s]; };
    const auto found = std::ranges::find_if(table_.sources, named);
    if (found == table_.sources.end()) {
      changes_.push_back("source " + result.sources[s] + " is no longer in job.toml");
      continue;
    }
    source[s] = static_cast<SourceId>(found - table_.sources.begin());
    if (!result.digests[s].empty() && result.digests[s] != found->digest) {
      changes_.push_back("the file of source " + result.sources[s] +
                         " has changed since the job ran: its records are explained as they are "
                         "now");
    }
  }
  std::vector<Row> row_of(result.size(), kNoLabel);
  label_.assign(table_.size(), kNoLabel);
  std::vector<Row> first(result.entities, kNoLabel);
  for (Row row = 0; row < result.size(); ++row) {
    const auto of = source[static_cast<std::size_t>(result.row_source[row])];
    const auto found = of ? index_->find(result.record_ids[row], *of) : std::nullopt;
    if (!found) continue;
    row_of[row] = *found;
    Row& label = first[result.entity[row]];
    if (label == kNoLabel) label = *found;
    label_[*found] = label;
  }
  for (const ScoredPair& pair : result.pairs) {
    const auto [left, right] = std::minmax(row_of[pair.left], row_of[pair.right]);
    if (right != kNoLabel) links_.push_back({left, right, pair.weight_bits});
  }
  std::ranges::sort(links_, {},
                    [](const WeightedPair& pair) { return std::pair(pair.left, pair.right); });
  const auto note = [&](const std::string& then, const std::string& now, const char* what) {
    if (!then.empty() && then != now) changes_.push_back(what);
  };
  note(result.job_digest, digest_of(read_text(folder / "job.toml")),
       "job.toml has changed since the job ran: it is read as it is now");
  note(result.model_digest, digest_of(read_text(folder / "model.json")),
       "model.json has changed since the job ran: it is read as it is now");
  note(result.version, TESSERA_VERSION, "another version of this program ran the job");
}

Row LinkedJob::find(std::string_view name) const {
  std::vector<Row> found;
  std::vector<std::string> names;
  for (std::size_t s = 0; s < table_.sources.size(); ++s) {
    names.push_back(table_.sources[s].name);
    if (!name.starts_with(names.back() + ":")) continue;
    const std::string_view id = name.substr(names.back().size() + 1);
    if (const auto row = index_->find(id, static_cast<SourceId>(s))) found.push_back(*row);
  }
  if (found.empty()) found = index_->find(name);
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    throw Error(ErrorCode::kUsage, std::string(name),
                "there is no such record; name it SOURCE:RECORD_ID as crosswalk.csv does, its "
                "source being " +
                    any_of(names) + " (rows that were rejected are in rejects.csv)");
  }
  std::vector<std::string> several;
  for (const Row row : found) {
    several.push_back(table_.sources[static_cast<std::size_t>(table_.row_source[row])].name);
  }
  std::ranges::sort(several);
  throw Error(
      ErrorCode::kUsage, std::string(name),
      "several sources have such a record: " + any_of(several) + "; write SOURCE:RECORD_ID");
}

Explanation LinkedJob::explain(Row left, Row right) const {
  return explain_pair({job_, table_, model_, *weigher_, space_, label_, links_, {}}, left, right);
}

}  // namespace tessera
