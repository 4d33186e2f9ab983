// Reads some columns of a file row by row: the files of a job, and truth files.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/source_reader.hpp"

namespace tessera {

/// An opened file of rows, in any format that `tessera link` reads.
class RowFile {
 public:
  /// delimiter: sniffed when absent. Throws Error as open_source does.
  RowFile(const std::filesystem::path& path, std::optional<char> delimiter);

  std::span<const std::string> columns() const { return reader_->columns(); }

  /// Calls `row` with the fields of `columns` (places in columns()), row by row. The views last for
  /// the call only. Returns how many rows could not be read. Call once. Throws Error as
  /// SourceReader does.
  std::uint64_t read(const std::vector<std::size_t>& columns,
                     const std::function<void(std::span<const std::string_view>)>& row);

 private:
  std::unique_ptr<SourceReader> reader_;
};

/// Reads the named columns of a file that this program wrote. Throws Error(kUsage), naming the
/// file, if a column is absent or a row is bad: then it is not one of ours.
void read_own_rows(const std::filesystem::path& path, std::span<const std::string_view> columns,
                   const std::function<void(std::span<const std::string_view>)>& row);

}  // namespace tessera
