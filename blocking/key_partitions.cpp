#include "blocking/key_partitions.hpp"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <array>
#include <bit>

namespace tessera {
namespace {

constexpr Row kPartitionRows = 1024;  // aimed at: 16 KiB of keys
constexpr unsigned kMostBits = 12;
constexpr unsigned kMostFinerBits = 10;
constexpr Row kRowsPerDeal = 32;  // of a batch to a partition: some cache lines
constexpr Row kFewestBatchRows = 4096;
constexpr std::size_t kStrip = 512;

/// A part that gives a row one key at most: the key's number by code, 0 for none.
struct SinglePart {
  const Code* codes = nullptr;
  std::vector<std::uint32_t> numbers;
};

bool is_single(std::span<const BoundPart> parts) {
  return std::all_of(parts.begin(), parts.end(),
                     [](const BoundPart& part) { return part.is_plain(); });
}

std::vector<SinglePart> single_parts(std::span<const BoundPart> parts) {
  std::vector<SinglePart> out;
  for (const BoundPart& part : parts) {
    SinglePart& single = out.emplace_back();
    single.codes = part.first.column->codes.data();
    const std::vector<std::uint32_t>& offsets = part.first.keys->offsets;
    single.numbers.resize(offsets.size() - 1, 0);
    for (std::size_t code = 0; code + 1 < offsets.size(); ++code) {
      if (offsets[code] != offsets[code + 1])
        single.numbers[code] = part.first.keys->numbers[offsets[code]];
    }
  }
  return out;
}

/// Rows first … last - 1, strip by strip and in each part by part: the look-ups of many rows
/// overlap.
std::uint64_t append_single_keys(std::span<const SinglePart> parts, Row first, Row last,
                                 std::vector<RowKey>& out) {
  std::array<std::uint64_t, kStrip> keys;
  std::array<bool, kStrip> has_all;
  const std::size_t before = out.size();
  for (Row begin = first; begin < last; begin += static_cast<Row>(kStrip)) {
    const std::size_t count = std::min<std::size_t>(kStrip, last - begin);
    keys.fill(kKeySeed);
    has_all.fill(true);
    for (const SinglePart& part : parts) {
      for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t number = part.numbers[part.codes[begin + i]];
        has_all[i] = has_all[i] && number != 0;
        keys[i] = add_part(keys[i], number);
      }
    }
    for (std::size_t i = 0; i < count; ++i) {
      if (has_all[i]) out.push_back({keys[i], static_cast<Row>(begin + i)});
    }
  }
  return out.size() - before;
}

std::uint64_t append_all_keys(RowKeyMaker& maker, Row first, Row last, std::vector<RowKey>& out) {
  std::uint64_t rows_with_key = 0;
  for (Row row = first; row < last; ++row) {
    const std::span<const std::uint64_t> keys = maker.keys_of(row);
    if (!keys.empty()) ++rows_with_key;
    for (const std::uint64_t key : keys) out.push_back({key, row});
  }
  return rows_with_key;
}

bool all_equal(std::span<const RowKey> keys) {
  return std::all_of(keys.begin(), keys.end(),
                     [&](const RowKey& key) { return key.key == keys.front().key; });
}

/// Sorts a few keys, those of equal key being in order already.
void sort_few(std::span<RowKey> keys) {
  constexpr std::size_t kFew = 32;
  if (keys.size() > kFew) {
    if (!all_equal(keys)) std::sort(keys.begin(), keys.end());
    return;
  }
  for (std::size_t i = 1; i < keys.size(); ++i) {
    const RowKey key = keys[i];
    std::size_t at = i;
    for (; at > 0 && key.key < keys[at - 1].key; --at) keys[at] = keys[at - 1];
    keys[at] = key;
  }
}

}  // namespace

KeyPartitions::KeyPartitions(Row rows)
    : rows_(rows),
      bits_(std::min<unsigned>(kMostBits,
                               static_cast<unsigned>(std::bit_width(rows / kPartitionRows)))),
      batch_rows_(std::max(kFewestBatchRows, kRowsPerDeal << bits_)),
      batches_((std::size_t{rows} + batch_rows_ - 1) / batch_rows_),
      starts_(size() + 1, 0) {}

void KeyPartitions::fill(std::span<const BoundPart> parts) {
  const bool single = is_single(parts);
  const std::vector<SinglePart> singles = single ? single_parts(parts) : std::vector<SinglePart>();
  tbb::enumerable_thread_specific<std::vector<RowKey>> rooms;
  tbb::parallel_for(std::size_t{0}, batches_.size(), [&](std::size_t b) {
    std::vector<RowKey>& keys = rooms.local();
    keys.clear();
    const Row first = static_cast<Row>(b * batch_rows_);
    const Row last = static_cast<Row>(std::min<std::size_t>(rows_, (b + 1) * batch_rows_));
    if (single) {
      batches_[b].rows_with_key = append_single_keys(singles, first, last, keys);
    } else {
      RowKeyMaker maker(parts);
      batches_[b].rows_with_key = append_all_keys(maker, first, last, keys);
    }
    deal(keys, batches_[b]);
  });
  for (std::size_t p = 0; p < size(); ++p) {
    starts_[p + 1] = starts_[p];
    for (const Batch& batch : batches_) starts_[p + 1] += batch.starts[p + 1] - batch.starts[p];
  }
}

void KeyPartitions::deal(std::span<const RowKey> keys, Batch& batch) const {
  batch.starts.assign(size() + 1, 0);
  for (const RowKey& key : keys) ++batch.starts[partition_of(key.key)];
  std::uint32_t total = 0;
  for (std::uint32_t& start : batch.starts) {
    total += start;
    start = total;
  }
  batch.keys.resize(keys.size());
  // From the back, so that the ends become the starts.
  for (std::size_t i = keys.size(); i-- > 0;) {
    batch.keys[--batch.starts[partition_of(keys[i].key)]] = keys[i];
  }
}

std::uint64_t KeyPartitions::rows_with_key() const {
  std::uint64_t rows = 0;
  for (const Batch& batch : batches_) rows += batch.rows_with_key;
  return rows;
}

std::span<const RowKey> KeyPartitions::sorted(std::size_t partition, SortRoom& room) const {
  room.gathered.clear();
  for (const Batch& batch : batches_) {
    const auto keys = batch.keys.begin();
    room.gathered.insert(room.gathered.end(), keys + batch.starts[partition],
                         keys + batch.starts[partition + 1]);
  }
  const std::size_t count = room.gathered.size();
  const unsigned finer_bits =
      std::min<unsigned>(kMostFinerBits, static_cast<unsigned>(std::bit_width(count)));
  const unsigned shift = 64 - finer_bits;
  const auto bin_of = [&](std::uint64_t key) { return (key << bits_) >> shift; };
  if (count < 2) return room.gathered;
  room.ends.assign((std::size_t{1} << finer_bits) + 1, 0);
  for (const RowKey& key : room.gathered) ++room.ends[bin_of(key.key) + 1];
  for (std::size_t bin = 1; bin < room.ends.size(); ++bin) room.ends[bin] += room.ends[bin - 1];
  room.sorted.resize(count);
  for (const RowKey& key : room.gathered) room.sorted[room.ends[bin_of(key.key)]++] = key;
  std::size_t begin = 0;
  for (std::size_t bin = 0; bin + 1 < room.ends.size(); ++bin) {
    sort_few(std::span(room.sorted).subspan(begin, room.ends[bin] - begin));
    begin = room.ends[bin];
  }
  return room.sorted;
}

}  // namespace tessera
