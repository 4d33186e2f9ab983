#include "blocking/row_keys.hpp"

#include <tbb/blocked_range.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>

namespace tessera {
namespace {

constexpr Row kBatchRows = 1 << 16;
constexpr std::size_t kMaxKeysPerRow = 64;
constexpr unsigned kPartitionBits = 10;

}  // namespace

std::span<const std::uint64_t> RowKeyMaker::keys_of(Row row) {
  keys_.assign(1, kKeySeed);
  for (const BoundPart& part : parts_) {
    const Code code = part.column->codes[row];
    const std::uint32_t from = part.keys->offsets[code];
    const std::uint32_t to = part.keys->offsets[code + 1];
    if (from == to) return {};
    const std::size_t before = keys_.size();
    for (std::uint32_t k = from + 1; k < to; ++k) {
      for (std::size_t i = 0; i < before && keys_.size() < kMaxKeysPerRow; ++i) {
        keys_.push_back(add_part(keys_[i], part.keys->numbers[k]));
      }
    }
    for (std::size_t i = 0; i < before; ++i) {
      keys_[i] = add_part(keys_[i], part.keys->numbers[from]);
    }
  }
  return keys_;
}

std::vector<RowKey> row_keys(Row rows, std::span<const BoundPart> parts) {
  const std::size_t batches = (std::size_t{rows} + kBatchRows - 1) / kBatchRows;
  std::vector<std::vector<RowKey>> found(batches);
  tbb::parallel_for(std::size_t{0}, batches, [&](std::size_t batch) {
    const Row from = static_cast<Row>(batch * kBatchRows);
    const Row to = static_cast<Row>(std::min<std::size_t>(rows, (batch + 1) * kBatchRows));
    RowKeyMaker maker(parts);
    found[batch].reserve(to - from);
    for (Row row = from; row < to; ++row) {
      for (const std::uint64_t key : maker.keys_of(row)) found[batch].push_back({key, row});
    }
  });
  std::size_t total = 0;
  for (const auto& part : found) total += part.size();
  std::vector<RowKey> keys;
  keys.reserve(total);
  for (auto& part : found) {
    keys.insert(keys.end(), part.begin(), part.end());
    part = {};
  }
  return keys;
}

void sort_row_keys(std::vector<RowKey>& keys) {
  constexpr std::size_t kPartitions = std::size_t{1} << kPartitionBits;
  constexpr unsigned kShift = 64 - kPartitionBits;
  std::array<std::size_t, kPartitions + 1> starts{};
  for (const RowKey& key : keys) ++starts[(key.key >> kShift) + 1];
  for (std::size_t p = 0; p < kPartitions; ++p) starts[p + 1] += starts[p];
  std::vector<RowKey> sorted(keys.size());
  std::array<std::size_t, kPartitions> next{};
  std::copy_n(starts.begin(), kPartitions, next.begin());
  for (const RowKey& key : keys) sorted[next[key.key >> kShift]++] = key;
  keys = std::move(sorted);
  tbb::parallel_for(std::size_t{0}, kPartitions, [&](std::size_t p) {
    std::sort(keys.begin() + static_cast<std::ptrdiff_t>(starts[p]),
              keys.begin() + static_cast<std::ptrdiff_t>(starts[p + 1]));
  });
}

}  // namespace tessera
