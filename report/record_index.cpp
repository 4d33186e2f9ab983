#include "report/record_index.hpp"

#include <bit>

#include "data/dictionary.hpp"  // hash_bytes

namespace tessera {

RecordIndex::RecordIndex(const TextList& ids, const std::vector<SourceId>& source)
    : ids_(ids), source_(source) {
  const std::size_t rows = source.size();
  slots_.assign(std::bit_ceil(rows * 2 + 1), static_cast<Row>(rows));
  const std::size_t mask = slots_.size() - 1;
  for (Row row = 0; row < rows; ++row) {
    std::size_t slot = hash_bytes(ids[row]) & mask;
    while (slots_[slot] != rows) slot = (slot + 1) & mask;
    slots_[slot] = row;
  }
}

template <typename Visit>
void RecordIndex::visit(std::string_view id, Visit visit_row) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t slot = hash_bytes(id) & mask; slots_[slot] != source_.size();
       slot = (slot + 1) & mask) {
    if (ids_[slots_[slot]] == id && !visit_row(slots_[slot])) return;
  }
}

std::vector<Row> RecordIndex::find(std::string_view id) const {
  std::vector<Row> found;
  visit(id, [&](Row row) {
    found.push_back(row);
    return true;
  });
  return found;
}

std::optional<Row> RecordIndex::find(std::string_view id, SourceId source) const {
  std::optional<Row> found;
  visit(id, [&](Row row) {
    if (source_[row] == source) found = row;
    return !found.has_value();
  });
  return found;
}

}  // namespace tessera
