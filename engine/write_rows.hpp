// Formats many rows on all threads and writes them in order.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "engine/output_folder.hpp"

namespace tessera {

/// Appends the text of rows begin … end-1 to a string. Called from several threads.
using FormatRows = std::function<void(std::string& out, std::size_t begin, std::size_t end)>;

/// Writes `header` and a line feed, then rows 0 … rows-1 in order. The bytes do not depend on the
/// number of threads. Memory: a few pieces of 16384 rows per thread. Throws Error(kResource).
void write_rows(StagedFile& file, std::string_view header, std::size_t rows,
                const FormatRows& format);

/// Appends a number with six decimals (`-0.000001` at least in size; nearer to zero is `0.000000`).
/// REQUIRES: |number| < 1e12. Cost: one integer division a digit.
void append_six_decimals(std::string& out, double number);

}  // namespace tessera
