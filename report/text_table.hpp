// Tables of plain text for terminals and logs; values of records made safe to print.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tessera {

/// `text` without what could act on a terminal or hide what is written: control characters (ESC,
/// line feeds, …), marks that turn the direction of writing and bytes that are no UTF-8 become
/// U+FFFD each. Longer than `most` characters: cut, its last character `…`. REQUIRES: most >= 1.
std::string printable(std::string_view text, std::size_t most);

/// How many columns a text takes on a terminal: its characters, combining marks not counted, East
/// Asian ones (U+1100 … U+115F, U+2E80 … U+FFDC but for half-width forms) counted twice.
std::size_t text_columns(std::string_view text);

/// `12,345,678`.
std::string with_commas(std::uint64_t number);

enum class Align : unsigned char { kLeft, kRight };

/// Rows of cells in columns as wide as their widest cell, two blanks between.
class TextTable {
 public:
  /// One entry a column.
  explicit TextTable(std::vector<Align> columns) : align_(std::move(columns)) {}

  /// REQUIRES: as many cells as columns, or fewer: the others are empty. A row's last cell may be
  /// of any length where nothing follows it: it does not widen its column.
  void add(std::vector<std::string> cells);

  /// All rows, each after `indent` blanks and ended by a line feed, without blanks at its end.
  std::string text(std::size_t indent = 2) const;

 private:
  std::vector<Align> align_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace tessera
