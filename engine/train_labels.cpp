#include "engine/train_labels.hpp"

#include <algorithm>
#include <map>

#include "engine/job_aids.hpp"
#include "engine/pair_weigher.hpp"

namespace tessera {

LabelledModel train_on_labels(const Table& table, const JobSpec& job, const Model& model,
                              std::span<const Link> links, std::span<const RowLabel> labels) {
  check_model_fits(model, job);
  std::map<std::pair<Row, Row>, bool> verdicts;
  for (const RowLabel& label : labels) {
    verdicts[std::minmax(label.left, label.right)] = label.is_match;
  }
  std::vector<LabelledPattern> pairs;
  for (const Link& link : links) {
    LabelledPattern pair{link.pattern, link.weight_bits, false, false};
    if (const auto found = verdicts.find({link.left, link.right}); found != verdicts.end()) {
      pair.labelled = true;
      pair.is_match = found->second;
      verdicts.erase(found);
    }
    pairs.push_back(pair);
  }
  const NicknameTable nicknames = job_nicknames(job);
  const RecordComparer comparer(table, job.comparisons, nicknames);
  const PairWeigher weigher(model, table, comparer);
  for (const auto& [rows, is_match] : verdicts) {
    const Pattern pattern = comparer.pattern(rows.first, rows.second);
    pairs.push_back(
        {pattern, weigher.weight_bits(pattern, rows.first, rows.second), true, is_match});
  }
  return learn_from_labels(model, pairs);
}

}  // namespace tessera
