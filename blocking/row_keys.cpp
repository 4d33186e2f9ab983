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

void append_row_keys(Row row, std::span<const BoundPart> parts, std::vector<std::uint64_t>& scratch,
                     std::vector<RowKey>& out) {
  scratch.assign(1, 0x7465737365726121ULL);
  for (const BoundPart& part : parts) {
    const Code code = part.column->codes[row];
    const std::uint32_t from = part.keys->offsets[code];
    const std::uint32_t to = part.keys->offsets[code + 1];
    if (from == to) return;
    const std::size_t before = scratch.size();
    for (std::uint32_t k = from + 1; k < to; ++k) {
      for (std::size_t i = 0; i < before && scratch.size() < kMaxKeysPerRow; ++i) {
        scratch.push_back(mix64(scratch[i] ^ part.keys->numbers[k]));
      }
    }
    for (std::size_t i = 0; i < before; ++i) {
      scratch[i] = mix64(scratch[i] ^ part.keys->numbers[from]);
    }
  }
  for (const std::uint64_t key : scratch) out.push_back({key, row});
}

}  // namespace

std::vector<RowKey> row_keys(Row rows, std::span<const BoundPart> parts) {
  const std::size_t batches = (std::size_t{rows} + kBatchRows - 1) / kBatchRows;
  std::vector<std::vector<RowKey>> found(batches);
  tbb::parallel_for(std::size_t{0}, batches, [&](std::size_t batch) {
    const Row from = static_cast<Row>(batch * kBatchRows);
    const Row to = static_cast<Row>(std::min<std::size_t>(rows, (batch + 1) * kBatchRows));
    std::vector<std::uint64_t> scratch;
    found[batch].reserve(to - from);
    for (Row row = from; row < to; ++row) append_row_keys(row, parts, scratch, found[batch]);
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
