// Finds a record by its id, or by source and id.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "data/table.hpp"

namespace tessera {

/// An index over record ids that may repeat across sources. Views the ids: they must outlive it.
class RecordIndex {
 public:
  /// ids and source: size n each. Memory: 8 to 16 bytes a record.
  RecordIndex(const TextList& ids, const std::vector<SourceId>& source);

  /// All records of that id, at most one per source, in no particular order.
  std::vector<Row> find(std::string_view id) const;

  /// The record of that id in that source.
  std::optional<Row> find(std::string_view id, SourceId source) const;

 private:
  template <typename Visit>
  void visit(std::string_view id, Visit visit_row) const;

  const TextList& ids_;
  const std::vector<SourceId>& source_;
  std::vector<Row> slots_;  // open addressing, a power of two of them; n marks an empty slot
};

}  // namespace tessera
