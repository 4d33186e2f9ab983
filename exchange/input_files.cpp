#include "exchange/input_files.hpp"

#include <algorithm>

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

/// A file's text as far as it was read.
class Text {
 public:
  Text(const fs::path& file, std::size_t max_bytes)
      : file_(file), max_bytes_(max_bytes), stream_(file, Encoding::kUtf8) {}

  /// Reads on; false at the end. Throws where what is held grows over the limit.
  bool more() {
    const std::size_t got = stream_.read(room_);
    if (held_.size() + got > max_bytes_) refuse();
    held_.append(room_.data(), got);
    return got > 0;
  }

  /// Reads to the end, what is not held yet. Throws as `more`; before that where the file's size
  /// says it already (a packed file is larger than it says, and a pipe says nothing).
  void all() {
    std::error_code unknown;
    const std::uintmax_t size = fs::is_regular_file(file_, unknown) ? fs::file_size(file_) : 0;
    if (size > max_bytes_) refuse();
    while (more()) {
    }
  }

  std::string_view held() const { return held_; }
  void drop(std::size_t bytes) { held_.erase(0, bytes); }

  ImportedFile facts() const {
    return {name_of(file_), stream_.bytes().size_bytes(), stream_.bytes().digest(), 0};
  }

 private:
  [[noreturn]] void refuse() const {
    throw Error(ErrorCode::kUsage, file_.string(),
                "holds a document larger than 1 GiB; split it into pages, or write one record a "
                "line");
  }

  fs::path file_;
  std::size_t max_bytes_;
  TextStream stream_;
  std::string held_;
  std::vector<char> room_ = std::vector<char>(std::size_t{1} << 20);
};

[[noreturn]] void refuse(const fs::path& file, const TreeFault& fault) {
  throw Error(ErrorCode::kUsage,
              file.string() + ":" + std::to_string(fault.line) + ":" + std::to_string(fault.column),
              fault.what + "; nothing was imported");
}

using TakeDocument = std::function<void(Node&, std::string_view)>;

void take_line(std::string_view line, std::uint64_t number, Node& document, Import& import,
               const TakeDocument& take) {
  if (line.find_first_not_of(" \t\r") == std::string_view::npos) return;
  const TreeFault fault = parse_json(line, document);
  if (!fault.what.empty()) {
    import.reject_line(number, fault.what);
    return;
  }
  import.begin_document(number);
  take(document, line);
}

// Whether the text begins with a line that is a whole JSON value and has more behind it: one record
// a line. Reads until the first line is there.
bool is_one_a_line(Text& text) {
  std::size_t begin = text.held().find_first_not_of(" \t\r\n");
  while (begin == std::string_view::npos && text.more()) {
    begin = text.held().find_first_not_of(" \t\r\n");
  }
  if (begin == std::string_view::npos || text.held()[begin] != '{') return false;
  std::size_t end = text.held().find('\n', begin);
  while (end == std::string_view::npos) {
    const std::size_t looked = text.held().size();
    if (!text.more()) return false;
    end = text.held().find('\n', looked);
  }
  while (text.held().find_first_not_of(" \t\r\n", end) == std::string_view::npos) {
    if (!text.more()) return false;
  }
  Node first;
  return parse_json(text.held().substr(begin, end - begin), first).what.empty();
}

// Line after line, holding no more than a block and the line at hand.
void take_lines(Text& text, Import& import, const TakeDocument& take) {
  Node document;
  std::uint64_t number = 0;
  std::size_t looked = 0;  // no line ends before
  for (bool more = true; more;) {
    std::size_t at = 0;
    const std::string_view held = text.held();
    for (;;) {
      const std::size_t end = held.find('\n', std::max(at, looked));
      if (end == std::string_view::npos) break;
      ++number;
      take_line(held.substr(at, end - at), number, document, import, take);
      at = end + 1;
    }
    looked = held.size() - at;
    text.drop(at);
    more = text.more();
  }
  take_line(text.held(), number + 1, document, import, take);
}

std::unique_ptr<SourceReader> open_table(const fs::path& file) {
  SourceSpec source;
  source.name = name_of(file);
  source.path = file;
  return open_source(source);
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
  for_each_document_text(file, import, [&](Node& root, std::string_view) { take(root); });
}

void for_each_document_text(const fs::path& file, Import& import, const TakeDocument& take,
                            std::size_t max_bytes) {
  import.begin_file(name_of(file));
  Text text(file, max_bytes);
  if (is_one_a_line(text)) {
    take_lines(text, import, take);
    import.count_file(text.facts());
    return;
  }
  text.all();
  const std::size_t begin = text.held().find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) {
    throw Error(ErrorCode::kUsage, file.string(), "is empty; nothing was imported");
  }
  Node root;
  const bool is_xml = text.held()[begin] == '<';
  const TreeFault fault =
      is_xml ? parse_fhir_xml(text.held(), root) : parse_json(text.held(), root);
  if (!fault.what.empty()) refuse(file, fault);
  import.begin_document(1);
  take(root, is_xml ? std::string_view() : text.held());
  import.count_file(text.facts());
}

void for_each_row(const fs::path& file, Import& import, const std::function<void(Node&)>& take) {
  import.begin_file(name_of(file));
  const std::unique_ptr<SourceReader> reader = open_table(file);
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
  const std::unique_ptr<SourceReader> reader = open_table(file);
  return {reader->columns().begin(), reader->columns().end()};
}

bool has_rows(const fs::path& file) {
  const std::unique_ptr<SourceReader> reader = open_table(file);
  for (std::optional<RowBatch> batch = reader->next({}); batch;
       batch = reader->next(std::move(*batch))) {
    if (batch->row_count() > 0 || !batch->faults.empty()) return true;
  }
  return false;
}

}  // namespace tessera
