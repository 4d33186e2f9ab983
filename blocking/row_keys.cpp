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

// A row's numbers under a part, each once.
std::size_t part_numbers(const BoundPart& part, Row row,
                         std::array<std::uint64_t, kMaxKeysPerRow>& out) {
  std::size_t count = 0;
  const auto add = [&](std::span<const std::uint32_t> numbers) {
    for (const std::uint32_t number : numbers) {
      if (count < out.size()) out[count++] = number;
    }
  };
  add(part.first.of(row));
  const std::size_t of_first = count;
  if (part.second.column != nullptr) add(part.second.of(row));
  if (count > of_first && of_first > 0) {
    std::sort(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(count));
    const auto end = std::unique(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(count));
    count = static_cast<std::size_t>(end - out.begin());
  }
  if (!part.as_one || count == 0) return count;
  std::uint64_t sum = 0;  // whatever the order
  for (std::size_t k = 0; k < count; ++k) sum += mix64(out[k]);
  out[0] = sum;
  return 1;
}

}  // namespace

bool BoundPart::is_plain() const {
  return !as_one && second.column == nullptr && !first.keys->several;
}

bool BoundPart::several() const {
  return !as_one && (second.column != nullptr || first.keys->several);
}

BoundPart bind_part(const KeyPart& part, const Table& table, const PartColumns& keys) {
  BoundPart bound{{&table.columns[part.attribute], &keys.first},
                  {},
                  part.function == KeyFunction::kSortedSounds};
  if (part.with) bound.second = {&table.columns[*part.with], &*keys.second};
  return bound;
}

std::span<const std::uint64_t> RowKeyMaker::keys_of(Row row) {
  keys_.assign(1, kKeySeed);
  std::array<std::uint64_t, kMaxKeysPerRow> numbers;
  for (const BoundPart& part : parts_) {
    const std::size_t count = part_numbers(part, row, numbers);
    if (count == 0) return {};
    const std::size_t before = keys_.size();
    for (std::size_t k = 1; k < count; ++k) {
      for (std::size_t i = 0; i < before && keys_.size() < kMaxKeysPerRow; ++i) {
        keys_.push_back(add_part(keys_[i], numbers[k]));
      }
    }
    for (std::size_t i = 0; i < before; ++i) keys_[i] = add_part(keys_[i], numbers[0]);
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
