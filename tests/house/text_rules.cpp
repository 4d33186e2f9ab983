// What a file looks like: how it opens, how large it is, and the words it must not hold.
#include <algorithm>
#include <array>
#include <cctype>

#include "tests/house/house_rules.hpp"

namespace tessera::house {
namespace {

constexpr std::size_t kColumns = 100;
constexpr std::size_t kSourceLines = 400;
constexpr std::size_t kHeaderLines = 200;

/// A file that may be longer, and why.
struct LongFile {
  std::string_view path;
  std::string_view reason;
};

constexpr std::array<LongFile, 1> kLongFiles = {{
    {"data/nicknames_table.cpp", "a table: one group of names a line"},
}};

/// A word that code must not hold, but for files whose path begins with one of `except` (parted by
/// blanks).
struct BannedWord {
  std::string_view word;
  std::string_view reason;
  std::string_view except;
};

constexpr std::string_view kMayPrint = "cli/ tests/ bench/ data/check.hpp";

constexpr std::array<BannedWord, 13> kBannedWords = {{
    {"random_device", "every draw comes from a seed in the spec", ""},
    {"rand", "every draw comes from a seed in the spec", ""},
    {"srand", "every draw comes from a seed in the spec", ""},
    {"parallel_reduce", "it adds floating point in no fixed order", ""},
    {"new", "own with values, std::vector or std::make_unique", "cli/large_memory.cpp"},
    {"malloc", "own with values, std::vector or std::make_unique",
     "data/free_memory.cpp data/huge_pages.cpp"},
    {"cout", "only the command prints", kMayPrint},
    {"cerr", "only the command prints", kMayPrint},
    {"printf", "only the command prints", kMayPrint},
    {"fprintf", "only the command prints", kMayPrint},
    {"exit", "only the command ends the program", kMayPrint},
    {"abort", "only the command ends the program", kMayPrint},
    {"goto", "say it with a loop or a function", ""},
}};

/// Text that no file of the project may hold; written in two halves so that this file does not.
struct BannedText {
  std::string_view head;
  std::string_view tail;
  std::string_view reason;
};

constexpr std::array<BannedText, 8> kBannedTexts = {{
    {"/ro", "ot/", "a path of somebody's machine"},
    {"/ho", "me/", "a path of somebody's machine"},
    {"/wo", "rk/", "a path of somebody's machine"},
    {"py", "pi.org", "a package host"},
    {"pythonho", "sted", "a package host"},
    {"deb.deb", "ian.org", "a package host"},
    {"DISA", "BLED_", "a test left out"},
    {"FIX", "ME", "finish it, or file an issue and name its number"},
}};

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

std::size_t find_word(std::string_view line, std::string_view word, std::size_t from = 0) {
  for (std::size_t at = line.find(word, from); at != std::string_view::npos;
       at = line.find(word, at + 1)) {
    const bool opens = at == 0 || !is_word(line[at - 1]);
    const std::size_t end = at + word.size();
    if (opens && (end == line.size() || !is_word(line[end]))) return at;
  }
  return std::string_view::npos;
}

bool begins_with_one_of(std::string_view path, std::string_view prefixes) {
  while (!prefixes.empty()) {
    const std::size_t end = std::min(prefixes.size(), prefixes.find(' '));
    if (path.starts_with(prefixes.substr(0, end))) return true;
    prefixes.remove_prefix(std::min(prefixes.size(), end + 1));
  }
  return false;
}

std::size_t count_code_points(std::string_view line) {
  return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

std::string place(const SourceFile& file, std::size_t line) {
  return file.path + ":" + std::to_string(line + 1) + ": ";
}

bool may_be_long(std::string_view path) {
  return std::any_of(kLongFiles.begin(), kLongFiles.end(),
                     [&](const LongFile& file) { return file.path == path; });
}

// A to-do is well formed when an issue's number follows it in parentheses: (#12).
bool is_todo_without_issue(std::string_view line) {
  const std::size_t at = find_word(line,
                                   "TO"
                                   "DO");
  if (at == std::string_view::npos) return false;
  const std::string_view rest = line.substr(at + 4);
  return !(rest.size() > 2 && rest.starts_with("(#") &&
           std::isdigit(static_cast<unsigned char>(rest[2])) != 0);
}

void check_words(const SourceFile& file, Problems& problems) {
  const std::string code = code_only(file.text);
  const std::vector<std::string_view> lines = lines_of(code);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].starts_with("#include ")) continue;  // <new> is a header
    for (const BannedWord& banned : kBannedWords) {
      if (find_word(lines[i], banned.word) == std::string_view::npos) continue;
      if (begins_with_one_of(file.path, banned.except)) continue;
      problems.push_back(place(file, i) + std::string(banned.word) + ": " +
                         std::string(banned.reason));
    }
  }
}

void check_texts(const SourceFile& file, Problems& problems) {
  const std::vector<std::string_view> lines = lines_of(file.text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (const BannedText& banned : kBannedTexts) {
      const std::string text = std::string(banned.head) + std::string(banned.tail);
      if (lines[i].find(text) == std::string_view::npos) continue;
      problems.push_back(place(file, i) + text + ": " + std::string(banned.reason));
    }
    if (is_todo_without_issue(lines[i])) {
      problems.push_back(place(file, i) +
                         "a TO"
                         "DO without an issue's number");
    }
  }
}

}  // namespace

Problems find_bad_openings(std::span<const SourceFile> files) {
  Problems problems;
  for (const SourceFile& file : files) {
    if (!is_header(file.path)) continue;
    const std::vector<std::string_view> lines = lines_of(file.text);
    std::size_t i = 0;
    while (i < lines.size() && (lines[i] == "//" || lines[i].starts_with("// "))) ++i;
    if (i == 0) problems.push_back(file.path + ":1: does not open with what it is for");
    if (i == lines.size() || lines[i] != "#pragma once") {
      problems.push_back(place(file, i) + "#pragma once must follow the opening comment");
    }
  }
  return problems;
}

Problems find_oversize(std::span<const SourceFile> files) {
  Problems problems;
  for (const SourceFile& file : files) {
    if (!is_code(file.path) || may_be_long(file.path)) continue;
    const std::vector<std::string_view> lines = lines_of(file.text);
    const std::size_t most = is_header(file.path) ? kHeaderLines : kSourceLines;
    if (lines.size() > most) {
      problems.push_back(file.path + ": " + std::to_string(lines.size()) + " lines, over " +
                         std::to_string(most) + "; it is asking to be two files");
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const std::size_t columns = count_code_points(lines[i]);
      if (columns <= kColumns) continue;
      problems.push_back(place(file, i) + std::to_string(columns) + " columns, over 100");
    }
  }
  return problems;
}

Problems find_banned_words(std::span<const SourceFile> files) {
  Problems problems;
  for (const SourceFile& file : files) {
    if (is_code(file.path)) check_words(file, problems);
    check_texts(file, problems);
  }
  return problems;
}

}  // namespace tessera::house
