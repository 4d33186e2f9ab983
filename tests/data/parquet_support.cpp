#include "tests/data/parquet_support.hpp"

#include <arrow/api.h>
#include <arrow/io/file.h>
#include <parquet/arrow/writer.h>

#include <stdexcept>

namespace tessera::test {
namespace {

void check(const arrow::Status& status) {
  if (!status.ok()) throw std::runtime_error(status.ToString());
}

void write(const std::filesystem::path& path, const arrow::Table& table, std::int64_t group_rows) {
  const auto out = arrow::io::FileOutputStream::Open(path.string()).ValueOrDie();
  check(parquet::arrow::WriteTable(
      table, arrow::default_memory_pool(), out, group_rows, parquet::default_writer_properties(),
      parquet::ArrowWriterProperties::Builder().store_schema()->build()));
  check(out->Close());
}

std::shared_ptr<arrow::Array> texts(const std::vector<std::string>& values) {
  arrow::StringBuilder builder;
  check(builder.AppendValues(values));
  return builder.Finish().ValueOrDie();
}

template <typename Builder, typename Value>
std::shared_ptr<arrow::Array> values(Builder&& builder, const std::vector<Value>& from) {
  for (const Value value : from) check(builder.Append(value));
  return builder.Finish().ValueOrDie();
}

std::shared_ptr<arrow::Array> names() {
  const auto family = std::make_shared<arrow::StringBuilder>();
  const auto given = std::make_shared<arrow::StringBuilder>();
  const auto type =
      arrow::struct_({arrow::field("family", arrow::utf8()), arrow::field("given", arrow::utf8())});
  arrow::StructBuilder builder(type, arrow::default_memory_pool(), {family, given});
  check(builder.Append());
  check(family->Append("Lu"));
  check(given->Append("Ada"));
  check(builder.AppendNull());
  check(builder.Append());
  check(family->Append(" Mo "));
  check(given->AppendNull());
  return builder.Finish().ValueOrDie();
}

std::shared_ptr<arrow::Array> tags() {
  const auto items = std::make_shared<arrow::StringBuilder>();
  arrow::ListBuilder builder(arrow::default_memory_pool(), items);
  check(builder.Append());
  check(items->AppendValues({"x", "y"}));
  check(builder.AppendNull());
  check(builder.Append());
  return builder.Finish().ValueOrDie();
}

}  // namespace

void write_text_parquet(const std::filesystem::path& path, const std::vector<std::string>& columns,
                        const std::vector<std::vector<std::string>>& rows,
                        std::int64_t row_group_rows) {
  std::vector<std::shared_ptr<arrow::Field>> fields;
  std::vector<std::shared_ptr<arrow::Array>> arrays;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    fields.push_back(arrow::field(columns[i], arrow::utf8()));
    std::vector<std::string> column;
    for (const auto& row : rows) column.push_back(row[i]);
    arrays.push_back(texts(column));
  }
  write(path, *arrow::Table::Make(arrow::schema(fields), arrays), row_group_rows);
}

void write_typed_parquet(const std::filesystem::path& path) {
  arrow::StringDictionaryBuilder sex;
  for (const char* text : {"f", "m", "f"}) check(sex.Append(text));
  const auto seen_type = arrow::timestamp(arrow::TimeUnit::MICRO);
  const std::vector<std::pair<std::string, std::shared_ptr<arrow::Array>>> columns = {
      {"id", values(arrow::Int64Builder(), std::vector<std::int64_t>{10, 11, 12})},
      {"born", values(arrow::Date32Builder(), std::vector<std::int32_t>{0, 11016, -1})},
      {"seen", values(arrow::TimestampBuilder(seen_type, arrow::default_memory_pool()),
                      std::vector<std::int64_t>{0, 1'000'000, -1'000'000})},
      {"sex", sex.Finish().ValueOrDie()},
      {"tags", tags()},
      {"name", names()},
      {"gap", values(arrow::DurationBuilder(arrow::duration(arrow::TimeUnit::SECOND),
                                            arrow::default_memory_pool()),
                     std::vector<std::int64_t>{1, 2, 3})}};
  std::vector<std::shared_ptr<arrow::Field>> fields;
  std::vector<std::shared_ptr<arrow::Array>> arrays;
  for (const auto& [name, array] : columns) {
    fields.push_back(arrow::field(name, array->type()));
    arrays.push_back(array);
  }
  write(path, *arrow::Table::Make(arrow::schema(fields), arrays), 2);
}

}  // namespace tessera::test
