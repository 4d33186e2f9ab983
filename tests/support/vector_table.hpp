// Reference vectors by other software, read by the names of their columns.
#pragma once

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/support/shared_data.hpp"

namespace tessera::test {

/// A CSV file of expectations with a header.
class VectorTable {
 public:
  /// Throws std::runtime_error if the file cannot be read.
  explicit VectorTable(const std::filesystem::path& path) : rows_(read_test_csv(path)) {}

  /// Rows below the header.
  std::size_t size() const { return rows_.empty() ? 0 : rows_.size() - 1; }

  /// The field of a row in the column of that name; a short row has empty fields at its end.
  const std::string& at(std::size_t row, const std::string& column) const {
    static const std::string kEmpty;
    const std::vector<std::string>& header = rows_.at(0);
    const auto found = std::find(header.begin(), header.end(), column);
    if (found == header.end()) throw std::runtime_error("no column " + column);
    const auto i = static_cast<std::size_t>(found - header.begin());
    const std::vector<std::string>& fields = rows_.at(row + 1);
    return i < fields.size() ? fields[i] : kEmpty;
  }

 private:
  std::vector<std::vector<std::string>> rows_;
};

/// The folder of the vectors, for `SKIP_WITHOUT_VECTORS` tests. Empty if it is absent.
inline std::filesystem::path vectors_folder() {
  const auto data = shared_data();
  return data && std::filesystem::is_directory(*data / "vectors") ? *data / "vectors"
                                                                  : std::filesystem::path();
}

}  // namespace tessera::test

/// Ends a test with a clear line where the reference vectors are not there.
#define TESSERA_SKIP_WITHOUT_VECTORS()                                               \
  if (tessera::test::vectors_folder().empty()) {                                     \
    GTEST_SKIP() << "../shared/data/vectors (or $TESSERA_SHARED_DATA) is not there"; \
  }                                                                                  \
  static_assert(true)
