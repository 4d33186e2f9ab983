#include "data/parquet_reader.hpp"

#include <arrow/api.h>
#include <arrow/io/file.h>
#include <parquet/arrow/reader.h>
#include <parquet/arrow/schema.h>
#include <parquet/exception.h>
#include <parquet/properties.h>

#include <algorithm>
#include <array>
#include <numeric>

#include "data/arrow_text.hpp"
#include "data/byte_stream.hpp"
#include "data/column_names.hpp"
#include "data/error.hpp"
#include "data/sort_unique.hpp"
#include "data/unicode.hpp"

namespace tessera {
namespace {

constexpr std::int64_t kBatchRows = 8192;
constexpr std::size_t kBatchBytes = std::size_t{64} << 20;  // a batch of long texts ends early
constexpr std::int64_t kPageBuffer = std::int64_t{1} << 20;

// A column as text: where its values lie in a record batch, and what must be read for it.
struct LeafColumn {
  std::vector<std::string> path;  // the top-level field, then the struct fields below it
  std::vector<int> leaves;        // Parquet leaf columns
  std::shared_ptr<arrow::DataType> type;
};

std::string dotted(const std::vector<std::string>& path) {
  std::string text;
  for (const std::string& name : path) {
    if (!text.empty()) text.push_back('.');
    text.append(trim_blanks(name));
  }
  return text;
}

void collect_leaves(const parquet::arrow::SchemaField& field, std::vector<int>& leaves) {
  if (field.is_leaf()) leaves.push_back(field.column_index);
  for (const auto& child : field.children) collect_leaves(child, leaves);
}

void collect_columns(const parquet::arrow::SchemaField& field, std::vector<std::string>& path,
                     std::vector<LeafColumn>& columns) {
  path.push_back(field.field->name());
  if (field.field->type()->id() == arrow::Type::STRUCT) {
    for (const auto& child : field.children) collect_columns(child, path, columns);
  } else {
    LeafColumn column{.path = path, .leaves = {}, .type = field.field->type()};
    collect_leaves(field, column.leaves);
    columns.push_back(std::move(column));
  }
  path.pop_back();
}

class ParquetReader final : public SourceReader {
 public:
  explicit ParquetReader(const SourceSpec& source) : path_(source.path.string()) {
    open();
    std::vector<std::string> path;
    for (const auto& field : file_->manifest().schema_fields) {
      collect_columns(field, path, leaf_columns_);
    }
    for (const LeafColumn& column : leaf_columns_) columns_.push_back(dotted(column.path));
    check_column_names(columns_, path_);
  }

  std::span<const std::string> columns() const override { return columns_; }
  bool has_text(std::size_t column) const override {
    return has_text_form(*leaf_columns_[column].type);
  }
  void select(std::vector<std::size_t> columns) override;
  std::optional<RowBatch> next(RowBatch recycled) override;
  FileFacts facts() const override {
    return {.format = "parquet",
            .delimiter = std::nullopt,
            .size_bytes = size_bytes_,
            .digest = digest_};
  }

 private:
  void open();
  bool next_arrow_batch();
  std::shared_ptr<arrow::Array> column_of(const arrow::RecordBatch& batch,
                                          const LeafColumn& column) const;
  void take_row(RowBatch& batch);
  void digest_file();

  template <typename T>
  T value_or_throw(arrow::Result<T> result) const {
    if (!result.ok()) throw_damaged();
    return std::move(result).ValueUnsafe();
  }
  [[noreturn]] void throw_damaged() const {
    throw Error(ErrorCode::kUsage, path_,
                "the Parquet data are damaged or cut short; fetch or write the file again");
  }

  std::string path_;
  std::unique_ptr<parquet::arrow::FileReader> file_;
  std::unique_ptr<arrow::RecordBatchReader> batches_;
  std::vector<LeafColumn> leaf_columns_;
  std::vector<std::string> columns_;
  std::vector<std::size_t> selected_;
  std::vector<std::shared_ptr<arrow::Array>> arrays_;  // of the current batch, one per selected
  std::int64_t batch_row_ = 0;
  std::int64_t batch_rows_ = 0;
  std::uint64_t rows_before_ = 0;
  std::string text_;  // of the current row
  std::vector<FieldRef> row_fields_;
  std::uint64_t size_bytes_ = 0;
  std::string digest_;
};

void ParquetReader::open() {
  // Tells a missing file, a folder and the like in the words of every other format.
  std::array<char, 1> first{};
  if (ByteStream(path_).read(first) == 0) {
    throw Error(ErrorCode::kUsage, path_, "the file is empty; Parquet data are expected");
  }
  parquet::ReaderProperties properties = parquet::default_reader_properties();
  properties.enable_buffered_stream();
  properties.set_buffer_size(kPageBuffer);
  parquet::ArrowReaderProperties arrow_properties;
  arrow_properties.set_batch_size(kBatchRows);
  arrow_properties.set_pre_buffer(false);
  arrow_properties.set_arrow_extensions_enabled(true);
  try {
    parquet::arrow::FileReaderBuilder builder;
    auto input = value_or_throw(arrow::io::ReadableFile::Open(path_));
    if (!builder.Open(std::move(input), properties).ok()) throw_damaged();
    builder.properties(arrow_properties);
    file_ = value_or_throw(builder.Build());
  } catch (const parquet::ParquetException&) {
    throw_damaged();
  }
}

void ParquetReader::select(std::vector<std::size_t> columns) {
  std::vector<int> leaves;
  for (const std::size_t column : columns) {
    const LeafColumn& leaf = leaf_columns_[column];
    if (!has_text(column)) {
      throw Error(ErrorCode::kUsage, path_,
                  "column '" + columns_[column] + "' is of type " + leaf.type->ToString() +
                      ", which has no text form; leave it out or write it as text");
    }
    leaves.insert(leaves.end(), leaf.leaves.begin(), leaf.leaves.end());
  }
  sort_unique(leaves);
  std::vector<int> row_groups(static_cast<std::size_t>(file_->num_row_groups()));
  std::iota(row_groups.begin(), row_groups.end(), 0);
  try {
    batches_ = value_or_throw(file_->GetRecordBatchReader(row_groups, leaves));
  } catch (const parquet::ParquetException&) {
    throw_damaged();
  }
  selected_ = std::move(columns);
  row_fields_.resize(selected_.size());
}

std::shared_ptr<arrow::Array> ParquetReader::column_of(const arrow::RecordBatch& batch,
                                                       const LeafColumn& column) const {
  std::shared_ptr<arrow::Array> array = batch.GetColumnByName(column.path.front());
  for (std::size_t depth = 1; depth < column.path.size() && array != nullptr; ++depth) {
    const auto& parent = static_cast<const arrow::StructArray&>(*array);
    const auto& type = static_cast<const arrow::StructType&>(*parent.type());
    // Flattened: null where the struct around it is.
    array = value_or_throw(parent.GetFlattenedField(type.GetFieldIndex(column.path[depth])));
  }
  if (array == nullptr) throw_damaged();
  return array;
}

bool ParquetReader::next_arrow_batch() {
  try {
    for (;;) {
      std::shared_ptr<arrow::RecordBatch> batch;
      if (!batches_->ReadNext(&batch).ok()) throw_damaged();
      if (batch == nullptr) return false;
      rows_before_ += static_cast<std::uint64_t>(batch_rows_);
      batch_row_ = 0;
      batch_rows_ = batch->num_rows();
      if (batch_rows_ == 0) continue;
      arrays_.clear();
      for (const std::size_t column : selected_) {
        arrays_.push_back(column_of(*batch, leaf_columns_[column]));
        // Not ValidateFull: bad UTF-8 is a bad row, not a damaged file.
        if (!arrays_.back()->Validate().ok()) throw_damaged();
      }
      return true;
    }
  } catch (const parquet::ParquetException&) {
    throw_damaged();
  }
}

std::optional<RowBatch> ParquetReader::next(RowBatch recycled) {
  recycled.clear(selected_.size());
  recycled.text.clear();
  if (batch_row_ == batch_rows_ && !next_arrow_batch()) {
    digest_file();
    return std::nullopt;
  }
  for (; batch_row_ < batch_rows_ && recycled.text.size() < kBatchBytes; ++batch_row_) {
    take_row(recycled);
  }
  return recycled;
}

void ParquetReader::take_row(RowBatch& batch) {
  RowFault fault{.line = rows_before_ + static_cast<std::uint64_t>(batch_row_) + 1};
  text_.clear();
  for (std::size_t i = 0; i < arrays_.size(); ++i) {
    const std::size_t begin = text_.size();
    append_arrow_text(*arrays_[i], batch_row_, text_);
    if (text_.size() > kMaxRowBytes) {
      fault.kind = RowFaultKind::kTooLong;
      fault.column = RowFault::kWholeRow;
      batch.faults.push_back(fault);
      return;
    }
    const std::string_view whole = std::string_view(text_).substr(begin);
    fault.column = static_cast<std::uint32_t>(selected_[i]);
    if (!is_ascii(whole) && !is_utf8(whole)) {
      fault.kind = RowFaultKind::kEncoding;
      batch.faults.push_back(fault);
      return;
    }
    if (whole.find('\0') != std::string_view::npos) {
      fault.kind = RowFaultKind::kNul;
      batch.faults.push_back(fault);
      return;
    }
    const std::string_view field = trim_blanks(whole);
    row_fields_[i] = {
        static_cast<std::uint32_t>(batch.text.size() +
                                   static_cast<std::size_t>(field.data() - text_.data())),
        static_cast<std::uint32_t>(field.size())};
  }
  batch.text.insert(batch.text.end(), text_.begin(), text_.end());
  for (std::size_t i = 0; i < arrays_.size(); ++i) batch.fields[i].push_back(row_fields_[i]);
  batch.lines.push_back(fault.line);
}

// The digest is of the bytes on disk, all of them; Arrow reads only the columns it needs.
void ParquetReader::digest_file() {
  ByteStream bytes{path_};
  std::vector<char> room(std::size_t{256} << 10);
  while (bytes.read(room) > 0) {
  }
  size_bytes_ = bytes.size_bytes();
  digest_ = bytes.digest();
}

}  // namespace

std::unique_ptr<SourceReader> make_parquet_reader(const SourceSpec& source) {
  return std::make_unique<ParquetReader>(source);
}

}  // namespace tessera

// What data/parquet_module.cpp looks for in the module.
extern "C" tessera::SourceReader* tessera_open_parquet(const tessera::SourceSpec& source);
extern "C" tessera::SourceReader* tessera_open_parquet(const tessera::SourceSpec& source) {
  return tessera::make_parquet_reader(source).release();
}
