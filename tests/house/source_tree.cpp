#include "tests/house/source_tree.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace tessera::house {
namespace {

constexpr std::array<std::string_view, 10> kExtensions = {
    ".hpp", ".cpp", ".txt", ".cmake", ".md", ".py", ".sh", ".toml", ".tsv", ".json"};

bool is_left_out(const std::filesystem::path& folder, const std::string& relative) {
  const std::string name = folder.filename().string();
  return name == "build" || name == ".git" || name == "__pycache__" || name == "corpus" ||
         (relative.starts_with("tests/jobs/") && std::filesystem::is_directory(folder));
}

bool is_text(const std::filesystem::path& path) {
  const std::string extension = path.extension().string();
  return path.filename() == "run" ||
         std::find(kExtensions.begin(), kExtensions.end(), extension) != kExtensions.end();
}

std::string read_whole(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) throw std::runtime_error("cannot read " + path.string());
  return text.str();
}

// Where the literal or comment that begins at `at` ends (one past its last character).
std::size_t end_of_quoted(std::string_view text, std::size_t at) {
  const char quote = text[at];
  std::size_t i = at + 1;
  while (i < text.size() && text[i] != quote && text[i] != '\n') i += text[i] == '\\' ? 2 : 1;
  return std::min(text.size(), i + 1);
}

std::size_t end_of_raw(std::string_view text, std::size_t at) {
  const std::size_t open = text.find('(', at);
  if (open == std::string_view::npos) return text.size();
  std::string close(1, ')');
  close += text.substr(at + 2, open - at - 2);
  close += '"';
  const std::size_t end = text.find(close, open);
  return end == std::string_view::npos ? text.size() : end + close.size();
}

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// A quote inside a number parts its digits: 1'000.
bool parts_digits(std::string_view text, std::size_t i) {
  return text[i] == '\'' && i > 0 && std::isdigit(static_cast<unsigned char>(text[i - 1])) != 0;
}

std::size_t end_of_skipped(std::string_view text, std::size_t i) {
  if (text.substr(i, 2) == "//") return std::min(text.size(), text.find('\n', i));
  if (text.substr(i, 2) == "/*") {
    const std::size_t end = text.find("*/", i + 2);
    return end == std::string_view::npos ? text.size() : end + 2;
  }
  if (text.substr(i, 2) == "R\"" && (i == 0 || !is_word(text[i - 1]))) return end_of_raw(text, i);
  if (text[i] == '"' || (text[i] == '\'' && !parts_digits(text, i))) return end_of_quoted(text, i);
  return i;
}

}  // namespace

std::vector<SourceFile> read_tree(const std::filesystem::path& root) {
  std::vector<SourceFile> files;
  auto walk = std::filesystem::recursive_directory_iterator(root);
  for (auto at = begin(walk); at != end(walk); ++at) {
    const std::string relative = at->path().lexically_relative(root).generic_string();
    if (at->is_directory()) {
      if (is_left_out(at->path(), relative)) at.disable_recursion_pending();
    } else if (is_text(at->path())) {
      files.push_back({relative, read_whole(at->path())});
    }
  }
  std::sort(files.begin(), files.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return files;
}

std::string code_only(std::string_view text) {
  std::string out(text);
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t end = end_of_skipped(text, i);
    if (end == i) {
      ++i;
      continue;
    }
    for (; i < end; ++i) {
      if (out[i] != '\n') out[i] = ' ';
    }
  }
  return out;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.size(), text.find('\n'));
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return lines;
}

std::vector<Include> includes_of(std::string_view text) {
  std::vector<Include> includes;
  for (std::string_view line : lines_of(text)) {
    constexpr std::string_view kDirective = "#include ";
    if (!line.starts_with(kDirective)) continue;
    line.remove_prefix(kDirective.size());
    const bool quoted = line.starts_with('"');
    const std::size_t end = line.find(quoted ? '"' : '>', 1);
    if (end == std::string_view::npos) continue;
    includes.push_back({std::string(line.substr(1, end - 1)), quoted});
  }
  return includes;
}

std::string_view top_folder(std::string_view path) {
  const std::size_t slash = path.find('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

bool is_header(std::string_view path) {
  return path.ends_with(".hpp");
}

bool is_code(std::string_view path) {
  return is_header(path) || path.ends_with(".cpp");
}

}  // namespace tessera::house
