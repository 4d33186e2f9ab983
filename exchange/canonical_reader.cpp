#include "exchange/canonical_reader.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <span>

#include "data/csv_scanner.hpp"
#include "data/error.hpp"
#include "data/text_stream.hpp"
#include "exchange/input_files.hpp"
#include "exchange/record.hpp"

namespace tessera {
namespace {

namespace fs = std::filesystem;

using RawRow = std::array<std::string_view, 8>;

constexpr RawRow kRawColumns = {"table", "record_id", "column", "clean",
                                "raw",   "repair",    "path",   "file"};

constexpr std::size_t kReadBytes = std::size_t{1} << 16;

std::optional<CanonicalTable> table_named(std::string_view name) {
  for (std::size_t i = 0; i < kCanonicalTables; ++i) {
    const auto table = static_cast<CanonicalTable>(i);
    if (contract(table).name == name) return table;
  }
  return std::nullopt;
}

std::optional<Repair> repair_named(std::string_view name) {
  for (std::size_t i = 1; i < kRepairs; ++i) {
    if (repair_name(static_cast<Repair>(i)) == name) return static_cast<Repair>(i);
  }
  return std::nullopt;
}

void refuse_column(const fs::path& file, const std::string& column) {
  throw Error(
      ErrorCode::kUsage, file.string(),
      "has a column '" + column +
          "' that this table has not, so its values would be lost; docs/exchange.md has the "
          "tables, and a file of one's own is read as list:FILE");
}

std::string field(Node& row, std::string_view column) {
  const std::vector<Node*> found = select(row, column);
  if (found.empty()) return {};
  mark_mapped(*found.front());
  return found.front()->text;
}

// What names a relation may be an identifier instead of an id; every other row needs its key.
bool has_key(CanonicalTable table, const std::vector<std::string>& fields) {
  if (table == CanonicalTable::kRelation) {
    return std::any_of(fields.begin(), fields.end(), [](const auto& text) { return text != ""; });
  }
  return !fields[table == CanonicalTable::kDetail ? 1 : 0].empty();
}

void read_table(const fs::path& file, CanonicalTable table, Import& import) {
  const TableContract& kind = contract(table);
  for (const std::string& column : column_names(file)) {
    if (!column_of(table, column)) refuse_column(file, column);
  }
  for_each_row(file, import, [&](Node& row) {
    std::vector<std::string> fields;
    for (const CanonicalColumn& column : kind.columns) {
      const std::string text = field(row, column.name);
      CleanedField clean = clean_field(text, column.kind, import.dates());
      // A value written by hand may need what a message's needs.
      if (clean.repair != Repair::kNone) {
        import.keep_raw(table, fields.empty() ? "" : fields.front(), column.name, clean, text,
                        column.name);
      }
      fields.push_back(std::move(clean.text));
    }
    if (!has_key(table, fields)) {
      import.reject(std::string(kind.name), "has no key, so nothing can name it");
    } else {
      import.add(table, fields);
    }
    import.end_document(row, kind.name);
  });
}

// Rows as they stand, blanks at the ends and bytes that are no UTF-8 too: these are the values that
// had to be put right. The file is held in memory, as its lines will be.
void for_each_raw_row(const fs::path& file, Import& import,
                      const std::function<void(const RawRow&)>& take) {
  import.begin_file(file.filename().string());
  TextStream stream(file, Encoding::kUtf8);
  std::vector<char> text;
  std::size_t size = 0;
  for (std::size_t got = 1; got > 0; size += got) {
    text.resize(size + kReadBytes);
    got = stream.read(std::span(text).subspan(size));
  }
  text.resize(size + CsvScanner::kPadding);
  CsvScanner scanner({.expected_fields = kRawColumns.size()});
  scanner.feed(text, size, true);
  bool header = true;
  for (CsvScanner::Step step = scanner.next(); step != CsvScanner::Step::kMore;
       step = scanner.next()) {
    if (step == CsvScanner::Step::kFault || scanner.fields().size() != kRawColumns.size()) {
      import.reject_line(scanner.line(), "is no row of raw.csv: a quote or a count of columns");
      continue;
    }
    scanner.unescape();
    RawRow row;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const FieldRef field = scanner.fields()[i];
      row[i] = std::string_view(text.data() + field.begin, field.length);
    }
    if (header) {
      if (row != kRawColumns) {
        throw Error(ErrorCode::kUsage, file.string(),
                    "begins with other columns than raw.csv has; give the folder that `tessera "
                    "import` wrote");
      }
      header = false;
      continue;
    }
    import.begin_document(scanner.line());
    take(row);
  }
  import.count_file(
      {file.filename().string(), stream.bytes().size_bytes(), stream.bytes().digest(), 0});
}

void read_raw(const fs::path& file, Import& import) {
  for_each_raw_row(file, import, [&](const RawRow& row) {
    const auto& [name, record, column, clean, raw, how, path, from] = row;
    const std::optional<CanonicalTable> table = table_named(name);
    const std::optional<Repair> repair = repair_named(how);
    if (!table || !repair) {
      import.reject("raw", "names no canonical table or no repair");
    } else {
      import.keep_raw_of(from, *table, record, column, {std::string(clean), *repair}, raw, path);
    }
  });
}

}  // namespace

void import_canonical(const std::vector<fs::path>& files, Import& import) {
  for (const fs::path& file : files) {
    const std::string name = file.filename().string();
    if (name == "rejects.csv" || name == "import.json") {
      import.leave_out("file " + name + " of the import before");
      continue;
    }
    if (name == "raw.csv") {
      read_raw(file, import);
      continue;
    }
    const bool is_csv = file.extension() == ".csv";
    const std::optional<CanonicalTable> table =
        is_csv ? table_named(file.stem().string()) : std::nullopt;
    if (!table) {
      throw Error(ErrorCode::kUsage, file.string(),
                  "is no canonical table by its name (person.csv, identifier.csv, family.csv, …); "
                  "give the folder that `tessera import` wrote");
    }
    read_table(file, *table, import);
  }
}

}  // namespace tessera
