// Sorts the keys of all rows under a rule: dealt out by their upper bits, then partition by
// partition.
//
// Idea. Keys are hashes, so that their upper bits deal them out evenly: some thousand keys to a
// partition, which a core's cache holds. Dealing a batch of rows within the cache and gathering a
// partition from all batches reads and writes memory once, where dealing straight into one array
// would touch a thousand places of it in turn. Within a partition the next bits sort all but a few
// keys, and a comparison those. Rules of one key a row (no words) take a path without combinations.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "blocking/row_keys.hpp"

namespace tessera {

/// Room to sort one partition in; one for each thread.
struct SortRoom {
  std::vector<RowKey> gathered;
  std::vector<RowKey> sorted;
  std::vector<std::uint32_t> ends;
};

/// The keys of a table's rows under one rule after another.
class KeyPartitions {
 public:
  /// Chooses the partitions for a table of `rows` rows.
  explicit KeyPartitions(Row rows);

  /// Takes the keys of all rows under a rule; those of the last rule are forgotten, their memory is
  /// used again. Cost: linear; parallel. Memory: 16 bytes a key.
  void fill(std::span<const BoundPart> parts);

  /// How many partitions: the number does not depend on threads.
  std::size_t size() const { return std::size_t{1} << bits_; }

  /// How many keys the partitions before `partition` hold.
  std::size_t keys_before(std::size_t partition) const { return starts_[partition]; }

  std::uint64_t rows_with_key() const;

  /// The keys of a partition by (key, row). All keys of a partition are less than those of the
  /// next. Valid until `room` is used again. Safe to call from several threads.
  std::span<const RowKey> sorted(std::size_t partition, SortRoom& room) const;

 private:
  struct Batch {
    std::vector<RowKey> keys;           // by partition, then row
    std::vector<std::uint32_t> starts;  // size() + 1 entries, into keys
    std::uint64_t rows_with_key = 0;
  };

  std::size_t partition_of(std::uint64_t key) const { return bits_ == 0 ? 0 : key >> (64 - bits_); }
  void deal(std::span<const RowKey> keys, Batch& batch) const;

  Row rows_;
  unsigned bits_;
  Row batch_rows_;
  std::vector<Batch> batches_;
  std::vector<std::size_t> starts_;  // size() + 1 entries: keys before each partition
};

}  // namespace tessera
