#include "engine/expected_times.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <filesystem>

namespace tessera {
namespace {

constexpr double kBytesPerRow = 90.0;
constexpr double kPackedBytesPerRow = kBytesPerRow / 4;

// Of jobs without a blocking yet: what proposed rules make (docs/performance.md, pairs a record). A
// small job has room for as many pairs a record as are worth comparing, up to so many in all; of a
// million records on, about as many as there are keys.
constexpr double kPairsPerRow = 65.0;
constexpr double kRoomForPairs = 7e6;
constexpr double kPairsPerKey = 1.0;

// Seconds, from the stages of run.json: jobs of 100 thousand and a million generated records, under
// 7 rules and under some 20.
constexpr double kReadRow = 5.0e-7;
constexpr double kCleanValue = 2.5e-8;
constexpr double kBlockKey = 4.0e-8;  // a row and rule
constexpr double kTrainRule = 4.0e-2;
constexpr double kTrainKey = 4.0e-8;
constexpr double kWalkKey = 2.5e-8;
constexpr double kScorePair = 1.6e-7;
constexpr double kClusterRow = 1.9e-7;
constexpr double kMergeValue = 2.7e-8;
constexpr double kMeasureRow = 1.5e-7;
constexpr double kWriteValue = 5.0e-8;

bool is_packed(const std::filesystem::path& path) {
  const std::filesystem::path ending = path.extension();
  return ending == ".gz" || ending == ".parquet" || ending == ".pq";
}

double likely_pairs(double rows, double rules) {
  if (rules == 0.0) return 0.0;
  return std::max(rows * rules * kPairsPerKey, std::min(rows * kPairsPerRow, kRoomForPairs));
}

}  // namespace

std::array<double, kJobStages> expected_stage_s(const JobWork& work) {
  const auto rows = static_cast<double>(work.rows);
  const auto rules = static_cast<double>(work.rules);
  const double values = rows * static_cast<double>(work.attributes);
  const double keys = rows * rules;
  const double pairs = work.pairs ? static_cast<double>(*work.pairs) : likely_pairs(rows, rules);
  return {rows * kReadRow,
          values * kCleanValue,
          keys * kBlockKey,
          keys * kWalkKey + (work.trains ? rules * kTrainRule + keys * kTrainKey : 0.0),
          pairs * kScorePair,
          rows * kClusterRow,
          values * kMergeValue,
          rows * kMeasureRow,
          values * kWriteValue};
}

double layout_share(const JobWork& work) {
  const double layout = static_cast<double>(work.rows * work.rules) * kWalkKey;
  const double stage = expected_stage_s(work)[3];
  return stage > 0.0 ? layout / stage : 0.0;
}

double train_stage_share(const JobWork& work, double trained) {
  const double before = layout_share(work);
  return before + (1.0 - before) * trained;
}

std::uint64_t rows_by_size(std::span<const SourceSpec> sources) {
  double rows = 0.0;
  for (const SourceSpec& source : sources) {
    std::error_code unseen;
    const std::uintmax_t size = std::filesystem::file_size(source.path, unseen);
    if (unseen) continue;
    rows +=
        static_cast<double>(size) / (is_packed(source.path) ? kPackedBytesPerRow : kBytesPerRow);
  }
  return static_cast<std::uint64_t>(rows);
}

std::vector<std::uint64_t> pairs_in_blocks(const Blocking& blocking) {
  std::vector<std::uint64_t> pairs(blocking.rules.size(), 0);
  tbb::parallel_for(std::size_t{0}, pairs.size(), [&](std::size_t r) {
    const RuleBlocks& rule = blocking.rules[r];
    std::vector<std::uint32_t> size(std::size_t{rule.blocks} + 1, 0);
    for (const BlockNumber block : rule.is_single() ? rule.single : rule.several) {
      pairs[r] += block == 0 ? 0 : size[block]++;
    }
  });
  return pairs;
}

}  // namespace tessera
