// Writes small Parquet files for tests.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace tessera::test {

/// A file of text columns; row_group_rows: rows of each row group.
void write_text_parquet(const std::filesystem::path& path, const std::vector<std::string>& columns,
                        const std::vector<std::vector<std::string>>& rows,
                        std::int64_t row_group_rows = 1 << 20);

/// A file of three rows with the columns id (int64), born (date32), seen (timestamp), sex
/// (dictionary), tags (list of text), name (struct of family and given; null in row 2), gap
/// (duration).
void write_typed_parquet(const std::filesystem::path& path);

}  // namespace tessera::test
