#include "engine/write_rows.hpp"

#include <oneapi/tbb/parallel_pipeline.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "data/check.hpp"

namespace tessera {
namespace {

constexpr std::size_t kPiecesPerThread = 2;  // so that a slow write does not stop the formatting

struct Piece {
  std::size_t begin = 0;
  std::size_t end = 0;
  TextBuffer* text = nullptr;
};

constexpr auto kDigitPairs = [] {
  std::array<std::array<char, 2>, 100> pairs{};
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    pairs[i] = {static_cast<char>('0' + i / 10), static_cast<char>('0' + i % 10)};
  }
  return pairs;
}();

}  // namespace

void write_rows(StagedFile& file, std::string_view header, const RowPieces& pieces,
                const FormatRows& format) {
  TESSERA_CHECK(pieces.rows_per_piece > 0);
  file.write(std::string(header) + "\n");
  // Pieces leave in order and no more than buffers are under way, so when a piece is dealt the
  // buffer of the piece that many before it is free.
  std::vector<TextBuffer> buffers(
      kPiecesPerThread * static_cast<std::size_t>(oneapi::tbb::this_task_arena::max_concurrency()));
  std::size_t next = 0;
  const auto deal = [&](oneapi::tbb::flow_control& control) {
    if (next >= pieces.rows) {
      control.stop();
      return Piece{};
    }
    const std::size_t begin = next;
    next = std::min(pieces.rows, next + pieces.rows_per_piece);
    return Piece{begin, next, &buffers[begin / pieces.rows_per_piece % buffers.size()]};
  };
  const auto format_piece = [&](Piece piece) {
    // On this thread's stack: buffers side by side share cache lines, which threads that count in
    // them would take from each other at every field.
    TextBuffer text = std::move(*piece.text);
    text.clear();
    format(text, piece.begin, piece.end);
    *piece.text = std::move(text);
    return piece;
  };
  using Mode = oneapi::tbb::filter_mode;
  oneapi::tbb::parallel_pipeline(
      buffers.size(),
      oneapi::tbb::make_filter<void, Piece>(Mode::serial_in_order, deal) &
          oneapi::tbb::make_filter<Piece, Piece>(Mode::parallel, format_piece) &
          oneapi::tbb::make_filter<Piece, void>(
              Mode::serial_in_order, [&](const Piece& piece) { file.write(piece.text->view()); }));
}

void append_six_decimals(TextBuffer& out, double number) {
  constexpr double kMillion = 1e6;
  TESSERA_DEBUG_CHECK(std::abs(number) < 1e12);
  const std::int64_t millionths = std::llround(number * kMillion);
  std::uint64_t rest = static_cast<std::uint64_t>(std::abs(millionths));
  std::array<char, 40> digits;
  std::size_t at = digits.size();
  const auto put_pair = [&] {
    const std::array<char, 2>& pair = kDigitPairs[rest % 100];
    digits[--at] = pair[1];
    digits[--at] = pair[0];
    rest /= 100;
  };
  for (int i = 0; i < 3; ++i) put_pair();
  digits[--at] = '.';
  while (rest >= 10) put_pair();
  // What is left is one digit: the first of an odd number of them, or the zero before the point.
  if (rest > 0 || digits[at] == '.') digits[--at] = static_cast<char>('0' + rest);
  if (millionths < 0) out.put('-');
  out.put(std::string_view(digits.data() + at, digits.size() - at));
}

void append_six_decimals(std::string& out, double number) {
  TextBuffer text;
  append_six_decimals(text, number);
  out.append(text.view());
}

}  // namespace tessera
