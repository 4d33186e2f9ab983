// The two kinds of text that distances compare: ASCII bytes, or code points.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace tessera {

/// Text whose bytes are code points (`is_ascii`). Latin-1 bytes are treated as the code points of
/// the same number.
using AsciiText = std::span<const unsigned char>;

/// Text as code points (`decode_utf8`).
using WideText = std::span<const char32_t>;

/// No limit on a distance. (A distance over a limit is told as limit + 1, which must fit.)
inline constexpr std::uint32_t kNoLimit = 0xFFFF'FFFE;

/// The bytes of `text` as code points. REQUIRES: is_ascii(text). The view lives as long as what
/// `text` points at.
inline AsciiText ascii_text(std::string_view text) {
  return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
}

/// The code points of `text`, which must outlive the view.
inline WideText wide_text(std::u32string_view text) {
  return {text.data(), text.size()};
}

}  // namespace tessera
