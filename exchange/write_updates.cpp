#include "exchange/write_updates.hpp"

#include <algorithm>

#include "exchange/input_files.hpp"
#include "exchange/person_list.hpp"
#include "exchange/table_view.hpp"

namespace tessera {
namespace {

constexpr const char* kId = "ID";

/// A row of the receiver on its way back.
class UpdatedRow {
 public:
  UpdatedRow(const Node& row, std::string_view record, FlatFields changed, std::string_view born)
      : changed_(std::move(changed)) {
    fields_.emplace_back(kId, record);
    for (const Node& value : row.children) {
      if (is_record_id_column(value.key) && value.text == record) continue;
      const std::string_view column = list_column(value.key);
      std::string text = value.text;
      if (std::string news = column.empty() ? "" : take_value(changed_, column); !news.empty()) {
        text = std::move(news);
        has_news_ = true;
      } else if (column == "birth_date" && born.size() == 10) {
        text = born;  // the file may write it in another order
      }
      columns_.push_back(value.key);
      if (!text.empty()) fields_.emplace_back(value.key, std::move(text));
    }
  }

  bool has_news() const { return has_news_; }
  std::size_t without_column() const { return changed_.size(); }
  const FlatFields& fields() const { return fields_; }
  const std::vector<std::string>& columns() const { return columns_; }

 private:
  FlatFields changed_;  // what no column took
  FlatFields fields_;
  std::vector<std::string> columns_;
  bool has_news_ = false;
};

std::string_view birth_date(const Import& tables, std::string_view record) {
  const std::vector<TableRow> rows = rows_of(tables, CanonicalTable::kPerson, record);
  return rows.empty() ? std::string_view() : rows.front()["birth_date"];
}

}  // namespace

Written write_updates(std::span<const std::filesystem::path> files, const Import& tables,
                      const ChangedDetails& changed) {
  std::map<std::string, UpdatedRow, std::less<>> rows;  // the last that a file has of somebody
  std::vector<std::string> columns = {kId};
  Import rejects;  // told when the files were imported
  for (const std::filesystem::path& file : files) {
    for_each_row(file, rejects, [&](Node& row) {
      const std::string record = list_record_id(row);
      const auto found = changed.find(record);
      if (found == changed.end() || !is_uuid(record)) return;
      UpdatedRow updated(row, record, found->second, birth_date(tables, record));
      for (const std::string& column : updated.columns()) {
        if (std::find(columns.begin(), columns.end(), column) == columns.end()) {
          columns.push_back(column);
        }
      }
      rows.insert_or_assign(record, std::move(updated));
    });
  }
  Written written;
  std::vector<FlatFields> lines;
  for (const auto& [record, details] : changed) {
    const auto row = rows.find(record);
    if (!is_uuid(record)) {
      leave_out(written, "no UUID of openIMIS");
    } else if (row == rows.end()) {
      leave_out(written, "not in the receiver's files");
    } else if (!row->second.has_news()) {
      leave_out(written, "the receiver's file has no column for what changed");
    } else {
      if (const std::size_t more = row->second.without_column(); more > 0) {
        written.counts["details for which the receiver's file has no column"] += more;
      }
      lines.push_back(row->second.fields());
      count_written(written);
    }
  }
  written.text = flat_csv(columns, lines);
  return written;
}

}  // namespace tessera
