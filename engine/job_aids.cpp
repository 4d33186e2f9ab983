#include "engine/job_aids.hpp"

#include <algorithm>

#include "data/error.hpp"
#include "engine/train.hpp"

namespace tessera {

NicknameTable job_nicknames(const JobSpec& job) {
  NicknameTable table = NicknameTable::built_in();
  if (!job.nickname_file.empty()) table.add_file(job.nickname_file);
  return table;
}

void check_model_fits(const Model& model, const JobSpec& job) {
  if (model.comparisons.size() != job.comparisons.size()) {
    throw Error(ErrorCode::kUsage, "model",
                "has " + std::to_string(model.comparisons.size()) + " comparisons, the job has " +
                    std::to_string(job.comparisons.size()) +
                    "; use the model with the job.toml written beside it");
  }
  for (std::size_t c = 0; c < job.comparisons.size(); ++c) {
    const std::vector<LevelModel>& have = model.comparisons[c].levels;
    const std::vector<LevelSpec>& want = job.comparisons[c].levels;
    const bool same =
        model.comparisons[c].name == job.comparisons[c].name &&
        std::equal(have.begin(), have.end(), want.begin(), want.end(),
                   [](const LevelModel& a, const LevelSpec& b) { return a.text == b.text; });
    if (!same) {
      throw Error(ErrorCode::kUsage, "model: comparisons[" + std::to_string(c) + "]",
                  "is not the job's comparison '" + job.comparisons[c].name +
                      "' with the same levels; train again or use the model's own job.toml");
    }
  }
}

ClusterConstraints constraints_of(const Table& table) {
  ClusterConstraints constraints;
  constraints.row_source = table.row_source;
  for (const SourceFacts& source : table.sources) {
    constraints.duplicate_free.push_back(source.duplicate_free);
  }
  return constraints;
}

void add_training_blocks(const Table& table, const JobSpec& job, const BlockingOptions& options,
                         Blocking& blocking) {
  std::vector<BlockingRule> rules = training_rules(job, table);
  // A pair counts for the first rule that makes it: the same rule again would count none.
  std::erase_if(rules, [&](const BlockingRule& rule) {
    return std::ranges::any_of(job.rules, [&](const BlockingRule& known) {
      return std::ranges::is_permutation(known.parts, rule.parts) &&
             std::ranges::none_of(blocking.not_compared, [&](const UncomparedPairs& lost) {
               return lost.rule == known.text;
             });
    });
  });
  Blocking more = block_rows(table, rules, options);
  for (RuleBlocks& rule : more.rules) blocking.rules.push_back(std::move(rule));
}

std::vector<std::uint32_t> compared_columns(const JobSpec& job) {
  std::vector<std::uint32_t> columns;
  for (const ComparisonSpec& comparison : job.comparisons) columns.push_back(comparison.attribute);
  return columns;
}

}  // namespace tessera
