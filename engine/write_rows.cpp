#include "engine/write_rows.hpp"

#include <oneapi/tbb/parallel_pipeline.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "data/check.hpp"

namespace tessera {
namespace {

constexpr std::size_t kRowsPerPiece =
    16384;  // about 1 MB of text: larger than a cache miss, smaller than memory
constexpr std::size_t kPiecesPerThread = 4;  // so that a slow write does not stop the formatting

struct Piece {
  std::size_t begin = 0;
  std::size_t end = 0;
};

}  // namespace

void write_rows(StagedFile& file, std::string_view header, std::size_t rows,
                const FormatRows& format) {
  file.write(std::string(header) + "\n");
  std::size_t next = 0;
  const auto deal = [&](oneapi::tbb::flow_control& control) {
    if (next >= rows) {
      control.stop();
      return Piece{};
    }
    const std::size_t begin = next;
    next = std::min(rows, next + kRowsPerPiece);
    return Piece{begin, next};
  };
  const auto format_piece = [&](Piece piece) {
    std::string text;
    format(text, piece.begin, piece.end);
    return text;
  };
  using Mode = oneapi::tbb::filter_mode;
  const auto threads = static_cast<std::size_t>(oneapi::tbb::this_task_arena::max_concurrency());
  oneapi::tbb::parallel_pipeline(
      threads * kPiecesPerThread,
      oneapi::tbb::make_filter<void, Piece>(Mode::serial_in_order, deal) &
          oneapi::tbb::make_filter<Piece, std::string>(Mode::parallel, format_piece) &
          oneapi::tbb::make_filter<std::string, void>(
              Mode::serial_in_order, [&](const std::string& text) { file.write(text); }));
}

void append_six_decimals(std::string& out, double number) {
  constexpr double kMillion = 1e6;
  TESSERA_DEBUG_CHECK(std::abs(number) < 1e12);
  const std::int64_t millionths = std::llround(number * kMillion);
  std::uint64_t rest = static_cast<std::uint64_t>(std::abs(millionths));
  std::array<char, 32> digits;
  std::size_t at = digits.size();
  for (int i = 0; i < 6; ++i, rest /= 10) digits[--at] = static_cast<char>('0' + rest % 10);
  digits[--at] = '.';
  do {
    digits[--at] = static_cast<char>('0' + rest % 10);
    rest /= 10;
  } while (rest != 0);
  if (millionths < 0) out.push_back('-');
  out.append(digits.data() + at, digits.size() - at);
}

}  // namespace tessera
