// A batch of rows on its way from a reader to the encoder: their text, once, and where each field
// lies in it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tessera {

/// The longest row, in bytes of UTF-8, that a reader takes; longer ones are rejected. It bounds how
/// far a quote that is never closed can reach, and the memory of a file without line breaks.
inline constexpr std::size_t kMaxRowBytes = std::size_t{1} << 20;

/// A piece of a text.
struct FieldRef {
  std::uint32_t begin = 0;
  std::uint32_t length = 0;

  friend bool operator==(const FieldRef&, const FieldRef&) = default;
};

/// Why a row was not kept.
enum class RowFaultKind : std::uint8_t {
  kFieldCount,  ///< detail: the fields it has.
  kEncoding,    ///< Not the encoding that the source declares.
  kNul,
  kUnterminatedQuote,
  kTextAfterQuote,
  kTooLong,
  kBadJson,
  kNotAnObject,
  kMissingId,
  kRepeatedId,
};

/// One bad row. Small, for a broken file has as many as rows.
struct RowFault {
  static constexpr std::uint32_t kWholeRow = 0xFFFFFFFF;

  std::uint64_t line = 0;
  RowFaultKind kind = RowFaultKind::kFieldCount;
  std::uint32_t column = kWholeRow;  ///< A column of the file, from 0, or kWholeRow.
  std::uint32_t detail = 0;

  friend bool operator==(const RowFault&, const RowFault&) = default;
};

/// Rows by column. A field is valid UTF-8 without NUL and without blanks at its ends.
struct RowBatch {
  std::vector<char> text;  ///< Fields point into it.
  std::vector<std::vector<FieldRef>>
      fields;  ///< [selected column][row], each inner size row_count()
  std::vector<std::uint64_t>
      lines;                     ///< Where each row starts in the file, from 1; size row_count()
  std::vector<RowFault> faults;  ///< The bad rows met on the way, by line.

  std::size_t row_count() const { return lines.size(); }

  std::string_view text_of(FieldRef field) const {
    return {text.data() + field.begin, field.length};
  }

  /// Forgets the rows but keeps the memory, for the next batch of `columns` columns.
  void clear(std::size_t columns) {
    fields.resize(columns);
    for (auto& column : fields) column.clear();
    lines.clear();
    faults.clear();
  }
};

/// Whether `c` is an ASCII blank: space, tab, LF, VT, FF or CR.
constexpr bool is_blank(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

/// `text` without the ASCII blanks at its ends.
constexpr std::string_view trim_blanks(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace tessera
