#include "exchange/input_files.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "data/error.hpp"
#include "data/source_reader.hpp"
#include "data/text_stream.hpp"
#include "exchange/json_tree.hpp"
#include "exchange/xml_tree.hpp"

namespace tessera {
namespace {

namespace fs = std::filesystem;

std::string name_of(const fs::path& file) {
  return file.filename().string();
}

/// The whole text of a file and what is known of its bytes.
struct WholeFile {
  std::string text;
  ImportedFile facts;
};

WholeFile read_whole(const fs::path& file) {
  TextStream stream(file, Encoding::kUtf8);
  WholeFile whole;
  std::vector<char> room(std::size_t{1} << 20);
  while (const std::size_t got = stream.read(room)) {
    if (whole.text.size() + got > kMaxDocumentBytes) {
      throw Error(ErrorCode::kUsage, file.string(),
                  "is larger than 1 GiB; split it into pages, or write one record a line in "
                  "several files");
    }
    whole.text.append(room.data(), got);
  }
  whole.facts = {name_of(file), stream.bytes().size_bytes(), stream.bytes().digest(), 0};
  return whole;
}

[[noreturn]] void refuse(const fs::path& file, const TreeFault& fault) {
  throw Error(ErrorCode::kUsage,
              file.string() + ":" + std::to_string(fault.line) + ":" + std::to_string(fault.column),
              fault.what + "; nothing was imported");
}

}  // namespace

std::vector<fs::path> list_files(const std::vector<fs::path>& typed) {
  std::vector<fs::path> files;
  for (const fs::path& path : typed) {
    std::error_code fault;
    if (!fs::is_directory(path, fault)) {
      files.push_back(path);
      continue;
    }
    std::vector<fs::path> inside;
    for (const fs::directory_entry& entry : fs::directory_iterator(path, fault)) {
      const bool hidden = entry.path().filename().string().starts_with('.');
      if (entry.is_regular_file() && !hidden) inside.push_back(entry.path());
    }
    if (inside.empty()) throw Error(ErrorCode::kUsage, path.string(), "is a folder without files");
    std::sort(inside.begin(), inside.end());
    files.insert(files.end(), inside.begin(), inside.end());
  }
  if (files.empty()) throw Error(ErrorCode::kUsage, "", "names no file to import");
  return files;
}

bool is_document(const fs::path& file) {
  const char first = TextStream(file, Encoding::kUtf8).first_letter();
  return first == '{' || first == '[' || first == '<';
}

void for_each_document(const fs::path& file, Import& import,
                       const std::function<void(Node&)>& take) {
  import.begin_file(name_of(file));
  const WholeFile whole = read_whole(file);
  if (whole.text.find_first_not_of(" \t\r\n") == std::string::npos) {
    throw Error(ErrorCode::kUsage, file.string(), "is empty; nothing was imported");
  }
  if (whole.text[whole.text.find_first_not_of(" \t\r\n")] == '<') {
    Node root;
    const TreeFault fault = parse_fhir_xml(whole.text, root);
    if (!fault.what.empty()) refuse(file, fault);
    import.begin_document(1);
    take(root);
  } else {
    bool any = false;
    for_each_json(
        whole.text,
        [&](Node& root, std::uint64_t line) {
          any = true;
          import.begin_document(line);
          take(root);
        },
        [&](const TreeFault& fault) {
          if (!any) refuse(file, fault);
          import.reject_line(fault.line, fault.what);
        });
  }
  import.count_file(whole.facts);
}

void for_each_row(const fs::path& file, Import& import, const std::function<void(Node&)>& take) {
  import.begin_file(name_of(file));
  SourceSpec source;
  source.name = name_of(file);
  source.path = file;
  const std::unique_ptr<SourceReader> reader = open_source(source);
  const std::vector<std::string> columns(reader->columns().begin(), reader->columns().end());
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (reader->has_text(i)) all.push_back(i);
  }
  reader->select(all);
  RowBatch recycled;
  while (std::optional<RowBatch> batch = reader->next(std::move(recycled))) {
    for (std::size_t row = 0; row < batch->row_count(); ++row) {
      Node root;
      root.kind = Node::Kind::kObject;
      for (std::size_t c = 0; c < all.size(); ++c) {
        const std::string_view text = batch->text_of(batch->fields[c][row]);
        if (!text.empty()) root.children.push_back(text_node(columns[all[c]], text));
      }
      import.begin_document(batch->lines[row]);
      take(root);
    }
    for (const RowFault& fault : batch->faults) {
      import.reject_line(fault.line, fault_reason(fault, columns.size(), Encoding::kUtf8));
    }
    recycled = std::move(*batch);
  }
  const FileFacts facts = reader->facts();
  import.count_file({name_of(file), facts.size_bytes, facts.digest, 0});
}

std::vector<std::string> column_names(const fs::path& file) {
  SourceSpec source;
  source.name = name_of(file);
  source.path = file;
  const std::unique_ptr<SourceReader> reader = open_source(source);
  return {reader->columns().begin(), reader->columns().end()};
}

}  // namespace tessera
