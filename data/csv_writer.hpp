// Writes CSV (RFC 4180) to a temporary name; the file appears under its own name only when
// complete.
#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "data/text_buffer.hpp"

namespace tessera {

/// One output file. Buffered; every write is checked; destroyed without `commit` it leaves nothing
/// behind.
class CsvWriter {
 public:
  /// Opens `path` + `.partial`. Throws Error(kResource).
  explicit CsvWriter(std::filesystem::path path);
  ~CsvWriter();
  CsvWriter(const CsvWriter&) = delete;
  CsvWriter& operator=(const CsvWriter&) = delete;

  /// Appends one field to the current row, quoted if it needs it.
  void field(std::string_view text);
  void field(std::uint64_t number);
  /// Shortest decimal with at most `decimals` digits behind the point: the same text on every
  /// machine.
  void field(double number, int decimals);
  /// Ends the row.
  void end_row();
  /// A whole row of texts.
  void row(std::span<const std::string_view> fields);

  /// Flushes, syncs and renames into place. Throws Error(kResource): disk full and the like.
  void commit();

 private:
  void flush();

  std::filesystem::path path_;
  std::string buffer_;
  int descriptor_ = -1;
  bool row_started_ = false;
};

/// Whether a text begins or ends with a blank.
inline bool has_blank_end(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
  return !text.empty() && (is_blank(text.front()) || is_blank(text.back()));
}

/// Whether a CSV field must be quoted: it holds a delimiter, a quote or a line break, or has a
/// blank at an end, which some readers would drop. Cost: a few operations for each 8 bytes.
bool needs_csv_quotes(std::string_view text);

/// Tells the same of texts cut from a pool of them, most of which settle it at once: where no byte
/// of the pool calls for quotes, no text does.
class CsvQuoting {
 public:
  /// Cost: a few operations for each 16 bytes.
  explicit CsvQuoting(std::string_view pool);
  bool needed(std::string_view text) const {
    return special_ ? needs_csv_quotes(text) : blank_ && has_blank_end(text);
  }

 private:
  bool special_ = false;  // a delimiter, a quote or a line break somewhere
  bool blank_ = false;    // a blank somewhere
};

/// Appends `text` to `out` as one CSV field, quoted if it needs it.
void append_csv_field(std::string& out, std::string_view text);
void append_csv_field(TextBuffer& out, std::string_view text);
/// The same for a text of the pool that `quoting` knows.
void append_csv_field(TextBuffer& out, std::string_view text, const CsvQuoting& quoting);

/// Appends a row: the fields, commas between them, the end of the line.
void append_csv_row(std::string& out, std::span<const std::string_view> fields);
void append_csv_row(std::string& out, std::initializer_list<std::string_view> fields);

}  // namespace tessera
