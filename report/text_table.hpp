// Tables of plain text for terminals and logs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "data/count_text.hpp"
#include "data/printable.hpp"

namespace tessera {

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
