#include "exchange/write_canonical.hpp"

#include <nlohmann/json.hpp>
#include <span>
#include <vector>

#include "data/csv_writer.hpp"
#include "engine/output_folder.hpp"

namespace tessera {
namespace {

using Json = nlohmann::ordered_json;

// What a text adds up to before it is handed to the disk.
constexpr std::size_t kChunk = std::size_t{1} << 20;

/// A CSV file being staged.
class TableFile {
 public:
  explicit TableFile(const std::filesystem::path& path) : file_(path) {}

  void line(std::string_view text) {
    buffer_ += text;
    buffer_ += '\n';
    if (buffer_.size() >= kChunk) flush();
  }

  void row(std::span<const std::string_view> fields) {
    append_csv_row(buffer_, fields);
    if (buffer_.size() >= kChunk) flush();
  }

  void finish() {
    flush();
    file_.finish();
  }

 private:
  void flush() {
    file_.write(buffer_);
    buffer_.clear();
  }

  StagedFile file_;
  std::string buffer_;
};

std::string file_of(const TableContract& table) {
  return std::string(table.name) + ".csv";
}

void write_table(const OutputFolder& folder, const Import& import, CanonicalTable table) {
  TableFile file(folder.staged(file_of(contract(table))));
  std::vector<std::string_view> header;
  for (const CanonicalColumn& column : contract(table).columns) header.push_back(column.name);
  file.row(header);
  for (const std::string& row : import.packed_rows(table)) file.row(unpack_row(row));
  file.finish();
}

Json counts(const std::map<std::string, std::uint64_t>& counted) {
  Json out = Json::object();
  for (const auto& [what, count] : counted) out[what] = count;
  return out;
}

}  // namespace

std::string import_json(const Import& import, std::string_view format) {
  Json files = Json::array();
  for (const ImportedFile& file : import.files()) {
    files.push_back({{"file", file.file},
                     {"bytes", file.size_bytes},
                     {"digest", file.digest},
                     {"documents", file.documents}});
  }
  Json tables = Json::object();
  for (std::size_t i = 0; i < kCanonicalTables; ++i) {
    const auto table = static_cast<CanonicalTable>(i);
    tables[std::string(contract(table).name)] = import.packed_rows(table).size();
  }
  Json repairs = Json::object();
  for (std::size_t i = 1; i < kRepairs; ++i) {
    if (import.repairs()[i] == 0) continue;
    repairs[std::string(repair_name(static_cast<Repair>(i)))] = import.repairs()[i];
  }
  const Json all = {{"format", format},
                    {"files", files},
                    {"rows", tables},
                    {"repairs", repairs},
                    {"rejects", import.rejects().size()},
                    {"left_out", counts(import.left_out())},
                    {"remarks", counts(import.remarks())},
                    {"mapped", counts(import.mapped())},
                    {"unmapped", counts(import.unmapped())}};
  return all.dump(2) + "\n";
}

void write_canonical(const std::filesystem::path& folder, const Import& import,
                     std::string_view format) {
  OutputFolder output(folder);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < kCanonicalTables; ++i) {
    const auto table = static_cast<CanonicalTable>(i);
    write_table(output, import, table);
    names.push_back(file_of(contract(table)));
  }
  TableFile raw(output.staged("raw.csv"));
  raw.line("table,record_id,column,clean,raw,repair,path,file");
  for (const std::string& line : import.raw_lines()) raw.line(line);
  raw.finish();
  TableFile rejects(output.staged("rejects.csv"));
  rejects.line("file,line,where,reason");
  for (const ImportReject& reject : import.rejects()) {
    const std::string line = std::to_string(reject.line);
    rejects.row(std::vector<std::string_view>{reject.file, line, reject.where, reject.reason});
  }
  rejects.finish();
  StagedFile facts(output.staged("import.json"));
  facts.write(import_json(import, format));
  facts.finish();
  names.insert(names.end(), {"raw.csv", "rejects.csv", "import.json"});
  const std::vector<std::string_view> views(names.begin(), names.end());
  output.commit(views);
}

}  // namespace tessera
