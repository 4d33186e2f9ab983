#include "report/text_table.hpp"

#include <algorithm>

#include "data/check.hpp"

namespace tessera {

void TextTable::add(std::vector<std::string> cells) {
  TESSERA_CHECK(cells.size() <= align_.size());
  rows_.push_back(std::move(cells));
}

std::string TextTable::text(std::size_t indent) const {
  std::vector<std::size_t> width(align_.size());
  for (const std::vector<std::string>& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      // The last of a short row stands alone at its end.
      const bool is_free = align_[i] == Align::kLeft && i + 1 == row.size();
      if (!is_free) width[i] = std::max(width[i], text_columns(row[i]));
    }
  }
  std::string text;
  for (const std::vector<std::string>& row : rows_) {
    std::string line(indent, ' ');
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::size_t columns = text_columns(row[i]);
      const std::string blanks(width[i] - std::min(columns, width[i]), ' ');
      line += align_[i] == Align::kRight ? blanks + row[i] : row[i] + blanks;
      line += "  ";
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

}  // namespace tessera
