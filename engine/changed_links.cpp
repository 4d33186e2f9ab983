#include "engine/changed_links.hpp"

#include <algorithm>

#include "blocking/block_names.hpp"
#include "engine/job_aids.hpp"
#include "engine/thread_limit.hpp"
#include "engine/train.hpp"

namespace tessera {
namespace {

// Where each row's names begin, which are ordered by row: size rows + 1.
std::vector<std::size_t> first_names(std::span<const RowKey> names, Row rows) {
  std::vector<std::size_t> first(std::size_t{rows} + 1);
  for (const RowKey& name : names) ++first[name.row + 1];
  for (Row row = 0; row < rows; ++row) first[row + 1] += first[row];
  return first;
}

bool share_a_name(std::span<const RowKey> left, std::span<const RowKey> right) {
  return std::any_of(left.begin(), left.end(), [&](const RowKey& name) {
    return std::any_of(right.begin(), right.end(),
                       [&](const RowKey& other) { return other.key == name.key; });
  });
}

}  // namespace

void add_pairs_of_names(std::vector<RowKey> names, std::vector<RowPair>& pairs) {
  sort_row_keys(names);
  for (std::size_t start = 0, i = 1; i <= names.size(); ++i) {
    if (i < names.size() && names[i].key == names[start].key) continue;
    for (std::size_t a = start; a < i; ++a) {
      for (std::size_t b = a + 1; b < i; ++b) {
        if (names[a].row != names[b].row) pairs.emplace_back(names[a].row, names[b].row);
      }
    }
    start = i;
  }
}

ScoredPairs link_stars(const Table& table, const Stars& stars, const JobSpec& job,
                       const RunLimits& limits, const Model& model) {
  const ThreadLimit threads(limits);
  check_model_fits(model, job);
  const NicknameTable nicknames = job_nicknames(job);
  const RecordComparer comparer(table, job.comparisons, nicknames);
  const PairWeigher weigher(model, table, comparer);
  const PairSpace space = job_space(table, job);
  const WalkedTable walked(table, no_blocks(table.size()), space, compared_columns(comparer));
  const double keep_bits = std::min(job.link_threshold.bits(), job.review_threshold.bits());
  return score_stars(walked, weigher, stars, {.keep_bits = keep_bits});
}

std::vector<bool> share_blocks(const Table& table, std::span<const RowPair> pairs,
                               const JobSpec& job, const References& references) {
  std::vector<bool> share(pairs.size());
  for_each_rule_names(
      table, job.rules, references.splits, [&](std::size_t, const std::vector<RowKey>& names) {
        const std::vector<std::size_t> first = first_names(names, table.size());
        const auto of = [&](Row row) {
          return std::span(names).subspan(first[row], first[row + 1] - first[row]);
        };
        for (std::size_t i = 0; i < pairs.size(); ++i) {
          share[i] = share[i] || share_a_name(of(pairs[i].first), of(pairs[i].second));
        }
      });
  return share;
}

}  // namespace tessera
