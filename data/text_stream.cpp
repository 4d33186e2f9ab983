#include "data/text_stream.hpp"

#include <algorithm>
#include <array>

#include "data/check.hpp"
#include "data/error.hpp"
#include "data/row_batch.hpp"

namespace tessera {
namespace {

constexpr std::size_t kInputBytes = std::size_t{64} << 10;
constexpr std::size_t kLongestUtf8 = 4;
constexpr char kIllFormed = '\xff';
constexpr std::string_view kMarkUtf8 = "\xef\xbb\xbf";
constexpr std::string_view kMarkLittle = "\xff\xfe";
constexpr std::string_view kMarkBig = "\xfe\xff";

// windows-1252, bytes 80 … 9f; the five that it leaves open are C1 controls, as in Latin-1.
// Source: WHATWG Encoding Standard, index-windows-1252.txt.
constexpr std::array<char16_t, 32> kWindows1252 = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

// Writes one scalar value, which is no surrogate, at `out` and returns its length.
std::size_t put_utf8(std::uint32_t c, char* out) {
  if (c < 0x80) {
    out[0] = static_cast<char>(c);
    return 1;
  }
  const auto tail = [&](unsigned shift) { return static_cast<char>(0x80U | (c >> shift & 0x3FU)); };
  if (c < 0x800) {
    out[0] = static_cast<char>(0xC0U | c >> 6);
    out[1] = tail(0);
    return 2;
  }
  if (c < 0x10000) {
    out[0] = static_cast<char>(0xE0U | c >> 12);
    out[1] = tail(6);
    out[2] = tail(0);
    return 3;
  }
  out[0] = static_cast<char>(0xF0U | c >> 18);
  out[1] = tail(12);
  out[2] = tail(6);
  out[3] = tail(0);
  return 4;
}

}  // namespace

TextStream::TextStream(const std::filesystem::path& path, Encoding encoding)
    : bytes_(path), encoding_(encoding), input_(kInputBytes) {
  take_byte_order_mark(path);
}

void TextStream::take_byte_order_mark(const std::filesystem::path& path) {
  while (input_end_ < kMarkUtf8.size() && fill_input() > 0) {
  }
  const std::string_view start(input_.data(), input_end_);
  const bool utf16_mark = start.starts_with(kMarkLittle) || start.starts_with(kMarkBig);
  const bool utf8_mark = start.starts_with(kMarkUtf8);
  if (utf16_mark && encoding_ != Encoding::kUtf16) {
    throw Error(ErrorCode::kUsage, path.string(),
                "starts with a UTF-16 byte-order mark; declare this source's encoding as utf-16");
  }
  if (utf8_mark && encoding_ != Encoding::kUtf8) {
    throw Error(ErrorCode::kUsage, path.string(),
                "starts with a UTF-8 byte-order mark; declare this source's encoding as utf-8");
  }
  has_mark_ = utf16_mark || utf8_mark;
  big_endian_ = start.starts_with(kMarkBig);
  if (has_mark_) input_at_ = utf8_mark ? kMarkUtf8.size() : kMarkLittle.size();
}

char TextStream::first_letter() const {
  for (std::size_t at = input_at_; at < input_end_; ++at) {
    if (input_[at] != '\0' && !is_blank(input_[at])) return input_[at];
  }
  return '\0';
}

std::string_view TextStream::encoding_name() const {
  switch (encoding_) {
    case Encoding::kLatin1:
      return "latin-1";
    case Encoding::kUtf16:
      return big_endian_ ? "utf-16be" : "utf-16le";
    case Encoding::kUtf8:
      break;
  }
  return has_mark_ ? "utf-8 with byte-order mark" : "utf-8";
}

// Moves what is left to the front and reads behind it; returns how many bytes came.
std::size_t TextStream::fill_input() {
  std::copy(input_.begin() + static_cast<std::ptrdiff_t>(input_at_),
            input_.begin() + static_cast<std::ptrdiff_t>(input_end_), input_.begin());
  input_end_ -= input_at_;
  input_at_ = 0;
  const std::size_t got = bytes_.read(std::span(input_).subspan(input_end_));
  input_end_ += got;
  return got;
}

std::size_t TextStream::read(std::span<char> room) {
  TESSERA_CHECK(room.size() >= kLongestUtf8);
  if (encoding_ == Encoding::kLatin1) return read_latin1(room);
  if (encoding_ == Encoding::kUtf16) return read_utf16(room);
  if (input_at_ == input_end_) return bytes_.read(room);
  const std::size_t taken = std::min(room.size(), input_end_ - input_at_);
  std::copy_n(input_.data() + input_at_, taken, room.data());
  input_at_ += taken;
  return taken;
}

std::size_t TextStream::read_latin1(std::span<char> room) {
  std::size_t size = 0;
  while (size + kLongestUtf8 <= room.size()) {
    if (input_at_ == input_end_ && fill_input() == 0) break;
    const auto byte = static_cast<unsigned char>(input_[input_at_++]);
    const bool remapped = byte >= 0x80 && byte < 0xA0;
    size += put_utf8(remapped ? kWindows1252[byte - 0x80U] : byte, room.data() + size);
  }
  return size;
}

std::size_t TextStream::read_utf16(std::span<char> room) {
  const auto unit_at = [&](std::size_t at) -> std::uint32_t {
    const auto first = static_cast<unsigned char>(input_[at]);
    const auto second = static_cast<unsigned char>(input_[at + 1]);
    return big_endian_ ? std::uint32_t{first} << 8 | second : std::uint32_t{second} << 8 | first;
  };
  std::size_t size = 0;
  while (size + kLongestUtf8 <= room.size()) {
    // Four bytes are a whole character; fewer are left only at the end of the file.
    while (input_end_ - input_at_ < 4 && fill_input() > 0) {
    }
    const std::size_t left = input_end_ - input_at_;
    if (left == 0) break;
    if (left == 1) {
      room[size++] = kIllFormed;
      ++input_at_;
      break;
    }
    const std::uint32_t unit = unit_at(input_at_);
    input_at_ += 2;
    if (unit < 0xD800 || unit > 0xDFFF) {
      size += put_utf8(unit, room.data() + size);
      continue;
    }
    const std::uint32_t low = left >= 4 ? unit_at(input_at_) : 0;
    if (unit <= 0xDBFF && low >= 0xDC00 && low <= 0xDFFF) {
      input_at_ += 2;
      size += put_utf8(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00), room.data() + size);
    } else {
      room[size++] = kIllFormed;
    }
  }
  return size;
}

}  // namespace tessera
