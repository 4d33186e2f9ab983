#include "engine/cold_columns.hpp"

#include <span>
#include <string>
#include <utility>

#include "data/check.hpp"
#include "data/free_memory.hpp"

namespace tessera {
namespace {

template <class T>
std::vector<T> read_numbers(const SpillFile& file, const SpillFile::Place& place) {
  std::vector<T> numbers(place.size_bytes / sizeof(T));
  file.read(place, std::as_writable_bytes(std::span(numbers)));
  return numbers;
}

// Assigning an empty one would keep the memory of its text.
template <class List>
void forget(List& texts) {
  const List gone = std::exchange(texts, List());
}

}  // namespace

std::uint64_t cold_bytes(const Table& table) {
  std::uint64_t bytes = table.record_ids.size_bytes();
  for (const Column& column : table.columns) {
    bytes += column.raw_values.size_bytes() + sizeof(Code) * column.raw_codes.size();
  }
  return bytes;
}

template <class List>
ColdColumns::Texts ColdColumns::write_texts(const List& texts) {
  const std::span<const char> bytes(texts.bytes());
  return {file_.write(std::as_bytes(bytes)), file_.write(std::as_bytes(texts.offsets()))};
}

template <class List>
void ColdColumns::read_texts(const Texts& place, List& texts) const {
  std::string bytes(place.bytes.size_bytes, '\0');
  file_.read(place.bytes, std::as_writable_bytes(std::span(bytes)));
  texts = List(std::move(bytes), read_numbers<std::uint64_t>(file_, place.offsets));
}

ColdColumns::ColdColumns(Table& table, const std::filesystem::path& folder) : file_(folder) {
  record_ids_ = write_texts(table.record_ids);
  for (const Column& column : table.columns) {
    columns_.push_back(
        {file_.write(std::as_bytes(std::span(column.raw_codes))), write_texts(column.raw_values)});
  }
  forget(table.record_ids);
  for (Column& column : table.columns) {
    give_back(column.raw_codes);
    forget(column.raw_values);
  }
}

void ColdColumns::restore(Table& table) const {
  TESSERA_CHECK(table.columns.size() == columns_.size());
  read_texts(record_ids_, table.record_ids);
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    table.columns[c].raw_codes = read_numbers<Code>(file_, columns_[c].codes);
    read_texts(columns_[c].values, table.columns[c].raw_values);
  }
}

}  // namespace tessera
