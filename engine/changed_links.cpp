#include "engine/changed_links.hpp"

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_sort.h>

#include <algorithm>

#include "blocking/block_names.hpp"
#include "data/check.hpp"
#include "engine/candidates.hpp"
#include "engine/job_aids.hpp"
#include "engine/pair_weigher.hpp"
#include "engine/train.hpp"

namespace tessera {
namespace {

constexpr std::size_t kPairsPerTask = 1 << 12;

std::uint64_t packed(Row left, Row right) {
  return (static_cast<std::uint64_t>(left) << 32) | right;
}

// The pairs of one block that have a changed end.
void add_pairs(std::span<const RowKey> block, const std::vector<bool>& changed,
               std::vector<std::uint64_t>& pairs) {
  for (const RowKey& one : block) {
    if (!changed[one.row]) continue;
    for (const RowKey& other : block) {
      if (other.row == one.row || (changed[other.row] && other.row < one.row)) continue;
      pairs.push_back(packed(std::min(one.row, other.row), std::max(one.row, other.row)));
    }
  }
}

// Leaves the names that a changed row has, sorted.
void keep_shared(const std::vector<bool>& changed, std::vector<RowKey>& names) {
  constexpr unsigned kBits = 20;  // names are hashes: by their upper bits most are told apart
  std::vector<bool> may_be_wanted(std::size_t{1} << kBits);
  std::vector<std::uint64_t> wanted;
  for (const RowKey& name : names) {
    if (!changed[name.row]) continue;
    wanted.push_back(name.key);
    may_be_wanted[name.key >> (64 - kBits)] = true;
  }
  std::sort(wanted.begin(), wanted.end());
  std::erase_if(names, [&](const RowKey& name) {
    return !may_be_wanted[name.key >> (64 - kBits)] ||
           !std::binary_search(wanted.begin(), wanted.end(), name.key);
  });
  sort_row_keys(names);
}

std::vector<std::uint64_t> candidate_pairs(const Table& table, const std::vector<bool>& changed,
                                           const JobSpec& job, const References& references) {
  std::vector<std::uint64_t> pairs;
  const auto drop_repeats = [&] {
    tbb::parallel_sort(pairs.begin(), pairs.end());
    pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  };
  const auto add_rule = [&](std::vector<RowKey> names) {
    keep_shared(changed, names);
    for (std::size_t start = 0, i = 1; i <= names.size(); ++i) {
      if (i < names.size() && names[i].key == names[start].key) continue;
      add_pairs(std::span(names).subspan(start, i - start), changed, pairs);
      start = i;
    }
    drop_repeats();
  };
  for_each_rule_names(table, job.rules, references.splits,
                      [&](std::size_t, std::vector<RowKey> names) { add_rule(std::move(names)); });
  return pairs;
}

}  // namespace

ChangedLinks link_changed(const Table& table, const std::vector<bool>& changed, const JobSpec& job,
                          const RunLimits& limits, const Model& model,
                          const References& references) {
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism,
                                    thread_count(limits));
  TESSERA_CHECK(changed.size() == table.size());
  check_model_fits(model, job);
  const std::vector<std::uint64_t> pairs = candidate_pairs(table, changed, job, references);
  const NicknameTable nicknames = job_nicknames(job);
  const RecordComparer comparer(table, job.comparisons, nicknames);
  const PairWeigher weigher(model, table, comparer);
  const PairSpace space = job_space(table, job);
  const double keep_bits = std::min(job.link_threshold.bits(), job.review_threshold.bits());
  struct Found {
    std::vector<Link> links;
    std::uint64_t pairs = 0;
  };
  std::vector<Found> found((pairs.size() + kPairsPerTask - 1) / kPairsPerTask);
  tbb::parallel_for(std::size_t{0}, found.size(), [&](std::size_t task) {
    const std::size_t end = std::min(pairs.size(), (task + 1) * kPairsPerTask);
    for (std::size_t i = task * kPairsPerTask; i < end; ++i) {
      const Row left = static_cast<Row>(pairs[i] >> 32);
      const Row right = static_cast<Row>(pairs[i]);
      if (!may_be_linked(table, space, left, right)) continue;
      ++found[task].pairs;
      const Pattern pattern = comparer.pattern(left, right);
      const double weight_bits = weigher.weight_bits(pattern, left, right);
      if (weight_bits >= keep_bits) {
        found[task].links.push_back({left, right, pattern, weight_bits, 0});
      }
    }
  });
  ChangedLinks out;
  for (const Found& of : found) {
    out.links.insert(out.links.end(), of.links.begin(), of.links.end());
    out.pairs_compared += of.pairs;
  }
  return out;
}

}  // namespace tessera
