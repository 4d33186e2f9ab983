#include "report/linked_job.hpp"

#include <algorithm>

#include "data/error.hpp"
#include "engine/job_aids.hpp"
#include "engine/train.hpp"
#include "report/job_folder.hpp"

namespace tessera {
namespace {

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
  JobFolder read = read_job_folder(folder, files, limits, ResultParts::kAll);
  job_ = std::move(read.job);
  model_ = std::move(read.model);
  table_ = std::move(read.clean.table);
  changes_ = std::move(read.changes);
  space_ = job_space(table_, job_);
  nicknames_ = job_nicknames(job_);
  index_ = std::make_unique<RecordIndex>(table_.record_ids, table_.row_source);
  comparer_ = std::make_unique<RecordComparer>(table_, job_.comparisons, nicknames_);
  weigher_ = std::make_unique<PairWeigher>(model_, table_, *comparer_);
  take_result(read.result, read.row_of);
}

void LinkedJob::take_result(const JobResult& result, const std::vector<Row>& row_of) {
  label_.assign(table_.size(), kNoLabel);
  std::vector<Row> first(result.entities, kNoLabel);
  for (Row row = 0; row < result.size(); ++row) {
    if (row_of[row] == JobFolder::kNoRow) continue;
    Row& label = first[result.entity[row]];
    if (label == kNoLabel) label = row_of[row];
    label_[row_of[row]] = label;
  }
  for (const ScoredPair& pair : result.pairs) {
    const auto [left, right] = std::minmax(row_of[pair.left], row_of[pair.right]);
    if (right != JobFolder::kNoRow) links_.push_back({left, right, pair.weight_bits});
  }
  std::ranges::sort(links_, {},
                    [](const WeightedPair& pair) { return std::pair(pair.left, pair.right); });
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

Explanation LinkedJob::explain_weight(Row left, Row right) const {
  return explain_evidence({job_, table_, model_, *weigher_, space_, label_, links_, {}}, left,
                          right);
}

}  // namespace tessera
