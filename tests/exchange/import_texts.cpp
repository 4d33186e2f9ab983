#include "tests/exchange/import_texts.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "data/csv_writer.hpp"
#include "exchange/fhir_parts.hpp"
#include "exchange/json_tree.hpp"

namespace tessera::test {
namespace {

void add_counts(std::string& text, std::string_view title,
                const std::map<std::string, std::uint64_t>& counts) {
  for (const auto& [what, count] : counts) {
    text += std::string(title) + " " + std::to_string(count) + " " + what + "\n";
  }
}

}  // namespace

std::vector<std::filesystem::path> samples(std::string_view format) {
  std::vector<std::filesystem::path> files;
  const std::filesystem::path folder = std::filesystem::path("tests/exchange/samples") / format;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<std::string> table_lines(const Import& import, CanonicalTable table) {
  std::vector<std::string> lines;
  for (const std::vector<std::string>& row : import.rows(table)) {
    std::string line;
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (row[c].empty()) continue;
      if (!line.empty()) line += " | ";
      line += std::string(contract(table).columns[c].name) + "=" + row[c];
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

std::string import_text(const Import& import) {
  std::string text;
  for (std::size_t i = 0; i < kCanonicalTables; ++i) {
    const auto table = static_cast<CanonicalTable>(i);
    const std::vector<std::string> lines = table_lines(import, table);
    if (lines.empty()) continue;
    text += "== " + std::string(contract(table).name) + "\n";
    for (const std::string& line : lines) text += line + "\n";
  }
  text += "== raw\n";
  for (const std::string& line : import.raw_lines()) text += line + "\n";
  text += "== rejects\n";
  for (const ImportReject& reject : import.rejects()) {
    text += reject.file + ":" + std::to_string(reject.line) + ": " + reject.where + ": " +
            reject.reason + "\n";
  }
  text += "== counts\n";
  add_counts(text, "left out", import.left_out());
  add_counts(text, "remark", import.remarks());
  add_counts(text, "mapped", import.mapped());
  add_counts(text, "unmapped", import.unmapped());
  return text;
}

std::string cell(const Import& import, CanonicalTable table, std::string_view id,
                 std::string_view column) {
  for (const std::vector<std::string>& row : import.rows(table)) {
    if (row.front() == id) return row[column_of(table, column).value()];
  }
  return {};
}

Node json(std::string_view text) {
  Node root;
  const TreeFault fault = parse_json(text, root);
  if (!fault.what.empty()) throw std::runtime_error("test JSON " + fault.what);
  return root;
}

Import imported(std::string_view text, void (*read)(Node&, Import&)) {
  Import import;
  Node root = json(text);
  import.begin_file("message.json");
  import.begin_document(1);
  read(root, import);
  import.finish();
  return import;
}

std::vector<std::string> lost_texts(const Import& import, const std::vector<Node>& documents) {
  std::set<std::string> kept;
  std::string all_raw;
  std::string all_kept;
  for (std::size_t i = 0; i < kCanonicalTables; ++i) {
    for (const auto& row : import.rows(static_cast<CanonicalTable>(i))) {
      kept.insert(row.begin(), row.end());
      for (const std::string& field : row) all_kept += field + "\n";
    }
  }
  for (const std::string& line : import.raw_lines()) {
    all_raw += line + "\n";
    for (std::size_t at = 0; at < line.size();) {  // plain fields, without looking at quotes
      const std::size_t end = std::min(line.find(',', at), line.size());
      kept.insert(line.substr(at, end - at));
      at = end + 1;
    }
  }
  std::vector<std::string> lost;
  for (const Node& document : documents) {
    for (const std::string& text : mapped_texts(document)) {
      std::string quoted;
      append_csv_field(quoted, text);
      // Whole; without what leads to an id; joined with its neighbours (given names, address
      // lines); or as it was written, where it was put right.
      if (kept.contains(text) || kept.contains(reference_id(text)) ||
          all_kept.find(text) != std::string::npos || all_raw.find(quoted) != std::string::npos ||
          all_raw.find(text) != std::string::npos) {
        continue;
      }
      lost.push_back(text);
    }
  }
  return lost;
}

}  // namespace tessera::test
