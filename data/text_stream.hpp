// The text of one input file as UTF-8, in pieces: byte-order mark dropped, Latin-1 and UTF-16
// converted.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "data/byte_stream.hpp"
#include "data/spec.hpp"

namespace tessera {

/// Converts while reading. What is ill-formed in the file stays ill-formed in the text, so that the
/// row it stands in is rejected and not the file: UTF-8 passes unchecked, and what is no UTF-16 (a
/// lone surrogate, half a unit at the end) comes out as the byte FF, which no UTF-8 holds.
class TextStream {
 public:
  /// Latin-1 is read as windows-1252, its superset (WHATWG Encoding Standard): files that say the
  /// one hold the other. UTF-16 is little-endian unless a byte-order mark says otherwise. Throws
  /// Error(kUsage) where the file starts with a byte-order mark that contradicts `encoding`; and as
  /// ByteStream.
  TextStream(const std::filesystem::path& path, Encoding encoding);

  /// Fills the front of `room` (at least 4 bytes) and returns how many bytes; 0 only at the end.
  /// A character may be parted between two reads. Throws as ByteStream::read.
  std::size_t read(std::span<char> room);

  /// The first byte that is no blank and no NUL, looking at most 64 KiB ahead; NUL if there is
  /// none. REQUIRES: `read` was not called.
  char first_letter() const;

  /// The bytes underneath: their count, digest and packing.
  const ByteStream& bytes() const { return bytes_; }

  /// `utf-8`, `utf-8 with byte-order mark`, `latin-1`, `utf-16le` or `utf-16be`.
  std::string_view encoding_name() const;

 private:
  void take_byte_order_mark(const std::filesystem::path& path);
  std::size_t fill_input();
  std::size_t read_latin1(std::span<char> room);
  std::size_t read_utf16(std::span<char> room);

  ByteStream bytes_;
  Encoding encoding_;
  bool big_endian_ = false;
  bool has_mark_ = false;
  std::vector<char> input_;  // read ahead: input_at_ … input_end_ - 1 are not yet used
  std::size_t input_at_ = 0;
  std::size_t input_end_ = 0;
};

}  // namespace tessera
