#include "data/source_rows.hpp"

namespace tessera {

std::vector<SourceRows> rows_by_source(std::span<const SourceId> row_source) {
  std::vector<SourceRows> blocks;
  for (Row row = 0; row < row_source.size(); ++row) {
    const auto source = static_cast<std::size_t>(row_source[row]);
    if (blocks.empty() || blocks.back().source != source) {
      blocks.push_back({.begin = row, .end = row, .source = source});
    }
    blocks.back().end = row + 1;
  }
  return blocks;
}

}  // namespace tessera
