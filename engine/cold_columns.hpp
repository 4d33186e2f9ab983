// What a table holds for its results alone, put aside on disk while records are compared.
#pragma once

#include <filesystem>
#include <vector>

#include "data/spill_file.hpp"
#include "data/table.hpp"

namespace tessera {

/// What ColdColumns would free, in bytes: record ids, and what the sources wrote.
std::uint64_t cold_bytes(const Table& table);

/// Takes record ids, raw codes and raw values out of a table, and puts them back: no step between
/// cleaning and writing reads them.
class ColdColumns {
 public:
  /// Writes them to a file without a name in or above `folder` and frees them. Throws
  /// Error(kResource) if the disk does not take them; the table is then still whole.
  ColdColumns(Table& table, const std::filesystem::path& folder);

  /// Puts them back into the same table. Throws Error(kResource) if the disk does not give them.
  void restore(Table& table) const;

  /// What lies on disk.
  std::uint64_t size_bytes() const { return file_.size_bytes(); }

 private:
  struct Texts {
    SpillFile::Place bytes;
    SpillFile::Place offsets;
  };
  struct Cold {
    SpillFile::Place codes;
    Texts values;
  };

  template <class List>
  Texts write_texts(const List& texts);
  template <class List>
  void read_texts(const Texts& place, List& texts) const;

  SpillFile file_;
  Texts record_ids_;
  std::vector<Cold> columns_;
};

}  // namespace tessera
