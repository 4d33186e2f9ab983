#include "engine/references.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>

#include "data/check.hpp"

namespace tessera {

std::vector<ColumnFrequencies> learn_frequencies(const Table& table, const Model& model,
                                                 std::span<const std::uint32_t> compared) {
  TESSERA_CHECK(compared.size() == model.comparisons.size());
  std::vector<ColumnFrequencies> learned(table.columns.size());
  for (std::size_t c = 0; c < compared.size(); ++c) {
    const std::vector<LevelModel>& levels = model.comparisons[c].levels;
    const bool asked = std::any_of(levels.begin(), levels.end(),
                                   [](const LevelModel& level) { return level.term_frequency; });
    ColumnFrequencies& of = learned[compared[c]];
    if (!asked || of.filled > 0) continue;
    const Column& column = table.columns[compared[c]];
    for (Code code = 1; code < column.values.size(); ++code) {
      of.filled += column.counts[code];
      if (column.counts[code] > 1) {
        of.repeated.push_back({hash_bytes(column.values[code]), column.counts[code]});
      }
    }
    std::sort(of.repeated.begin(), of.repeated.end());
  }
  return learned;
}

void set_frequencies(Table& table, std::span<const ColumnFrequencies> frequencies) {
  TESSERA_CHECK(frequencies.size() == table.columns.size());
  tbb::parallel_for(std::size_t{0}, table.columns.size(), [&](std::size_t c) {
    const ColumnFrequencies& learned = frequencies[c];
    Column& column = table.columns[c];
    column.frequencies.clear();
    if (learned.filled == 0) return;
    column.frequencies.assign(column.values.size(), 0.0);
    for (Code code = 1; code < column.values.size(); ++code) {
      const std::uint64_t value = hash_bytes(column.values[code]);
      const auto found = std::lower_bound(
          learned.repeated.begin(), learned.repeated.end(), value,
          [](const ValueCount& have, std::uint64_t wanted) { return have.value < wanted; });
      const bool repeated = found != learned.repeated.end() && found->value == value;
      const std::uint32_t records = repeated ? found->records : 1;
      column.frequencies[code] = static_cast<double>(records) / static_cast<double>(learned.filled);
    }
  });
}

}  // namespace tessera
