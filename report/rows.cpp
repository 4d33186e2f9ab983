#include "report/rows.hpp"

#include <utility>

#include "data/column_names.hpp"
#include "data/count_text.hpp"
#include "data/error.hpp"

namespace tessera {
namespace {

SourceSpec spec_of(const std::filesystem::path& path, std::optional<char> delimiter) {
  SourceSpec spec;
  spec.name = path.filename().string();
  spec.path = path;
  spec.delimiter = delimiter;
  return spec;
}

}  // namespace

RowFile::RowFile(const std::filesystem::path& path, std::optional<char> delimiter)
    : reader_(open_source(spec_of(path, delimiter))) {}

std::uint64_t RowFile::read(const std::vector<std::size_t>& columns,
                            const std::function<void(std::span<const std::string_view>)>& row) {
  reader_->select(columns);
  std::uint64_t bad_rows = 0;
  std::vector<std::string_view> fields(columns.size());
  for (std::optional<RowBatch> batch = reader_->next({}); batch;
       batch = reader_->next(std::move(*batch))) {
    bad_rows += batch->faults.size();
    for (std::size_t i = 0; i < batch->row_count(); ++i) {
      for (std::size_t c = 0; c < fields.size(); ++c) {
        fields[c] = batch->text_of(batch->fields[c][i]);
      }
      row(fields);
    }
  }
  return bad_rows;
}

void read_own_rows(const std::filesystem::path& path, std::span<const std::string_view> columns,
                   const std::function<void(std::span<const std::string_view>)>& row) {
  RowFile file(path, ',');
  std::vector<std::size_t> places;
  for (const std::string_view column : columns) {
    const std::optional<std::size_t> place = find_column(file.columns(), column);
    if (!place) {
      throw Error(ErrorCode::kUsage, path.string(),
                  "has no column '" + std::string(column) +
                      "'; give the --out folder of a finished `tessera link`");
    }
    places.push_back(*place);
  }
  if (const std::uint64_t bad = file.read(places, row); bad != 0) {
    throw Error(ErrorCode::kUsage, path.string(),
                counted(bad, "damaged row") + "; run `tessera link` again");
  }
}

}  // namespace tessera
