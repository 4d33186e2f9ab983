// Formats many rows on all threads and writes them in order.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "data/text_buffer.hpp"
#include "engine/output_folder.hpp"

namespace tessera {

/// Appends the text of rows begin … end-1 to an empty buffer. Called from several threads.
using FormatRows = std::function<void(TextBuffer& out, std::size_t begin, std::size_t end)>;

/// How many rows a file has, and how many of them are formatted and written at a time.
struct RowPieces {
  std::size_t rows = 0;
  /// Should come to some mebibyte of text: the system takes large writes in large pages, which
  /// costs a seventh less of its time than 256 KiB at once, and a third less than 100 KiB.
  std::size_t rows_per_piece = 16384;
};

/// Writes `header` and a line feed, then rows 0 … rows-1 in order. The bytes do not depend on the
/// number of threads or on rows_per_piece. Memory: two pieces per thread. Throws Error(kResource).
void write_rows(StagedFile& file, std::string_view header, const RowPieces& pieces,
                const FormatRows& format);

/// Appends a number with six decimals (`-0.000001` at least in size; nearer to zero is `0.000000`).
/// REQUIRES: |number| < 1e12. Cost: one integer division for two digits.
void append_six_decimals(TextBuffer& out, double number);
void append_six_decimals(std::string& out, double number);

}  // namespace tessera
