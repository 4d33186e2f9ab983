// The project's own files as (path, text), for the house rules to read.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace tessera::house {

/// One file of the project.
struct SourceFile {
  std::string path;  ///< From the project's root, with `/` between folders.
  std::string text;
};

/// One #include line.
struct Include {
  std::string name;     ///< What stands between the quotes or angle brackets.
  bool quoted = false;  ///< "name", so a file of the project; else <name>.
};

/// All text files under `root`, sorted by path: code, CMake, scripts, Markdown, tables. Left out:
/// build/, .git/, files of inputs and expected outputs (tests/corpus, tests/jobs/*/). Throws
/// std::runtime_error if one cannot be read.
std::vector<SourceFile> read_tree(const std::filesystem::path& root);

/// The text with comments and the inside of string and character literals blanked; lines keep their
/// place.
std::string code_only(std::string_view text);

/// The lines of a text, without their ends.
std::vector<std::string_view> lines_of(std::string_view text);

/// The #include lines of a C++ text, in order.
std::vector<Include> includes_of(std::string_view text);

/// The first folder of a path (`data` of `data/table.hpp`); empty for a file at the root.
std::string_view top_folder(std::string_view path);

/// Whether the path ends in .hpp, and whether in .hpp or .cpp.
bool is_header(std::string_view path);
bool is_code(std::string_view path);

}  // namespace tessera::house
