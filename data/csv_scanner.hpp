// Finds the rows and fields of CSV text (RFC 4180), a window at a time; a bad row costs itself and
// no more.
//
// Idea. Only delimiters, line feeds and quotes matter; 64 bytes are compared at once and the hits
// walked bit by bit. A field is quoted if its first character that is no blank is a quote; a quote
// further in is text (5" pipe). Blanks around a quoted field are dropped, CR before LF with them. A
// line that holds nothing but blanks is no row.
//
// What goes wrong. In `5,"O'Brien,1990` the quote never closes and the field would run on to the
// next quote of the file, rows of others with it. A row is therefore taken back when its quotes
// cannot be right (text after a closing quote, no close within the longest row, or the wrong count
// of fields in a row of several lines): its *first line* alone is rejected and the scan resumes on
// the next. To keep a hostile file from being scanned over and over, what is taken back is bounded
// by a share of what was read; past that, quotes must close on their own line.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "data/row_batch.hpp"

namespace tessera {

struct CsvDialect {
  char delimiter = ',';
  std::size_t expected_fields = 0;  ///< 0: any count will do.
  std::size_t max_row_bytes = kMaxRowBytes;
};

/// Scans a file through a window that the caller moves on. The rows and faults do not depend on
/// where windows end.
class CsvScanner {
 public:
  /// Bytes behind the text that must be readable: the scan loads 64 at a time.
  static constexpr std::size_t kPadding = 64;
  /// Text taken back beyond this many bytes, and beyond the text consumed, ends quotes at their
  /// line.
  static constexpr std::uint64_t kFreeRescanBytes = std::uint64_t{16} << 20;

  enum class Step : std::uint8_t {
    kRow,    ///< fields() holds a row; expected_fields is not checked here for rows of one line.
    kFault,  ///< fault() says why a row is rejected.
    kMore,   ///< The window holds no further whole row: drop consumed() bytes, feed again; at_end:
             ///< done.
  };

  explicit CsvScanner(const CsvDialect& dialect);

  /// Sets the window. REQUIRES: it starts where consumed() of the last one ended; window.size() >=
  /// size + kPadding; a window that begins with what the last one left is larger than that.
  /// `window` may be written to (`unescape`). at_end: the file ends with this window.
  void feed(std::span<char> window, std::size_t size, bool at_end);

  /// Moves to the next row. Cost: about a nanosecond a field.
  Step next();

  /// The fields of the row, quotes off, doubled quotes still doubled. Valid until `next`.
  std::span<const FieldRef> fields() const { return {fields_.data(), field_count_}; }

  /// The row's text as it stands in the window, its line end included.
  FieldRef row_text() const;

  /// Undoubles doubled quotes, in the window. Call at most once a row, after looking at row_text().
  void unescape();

  RowFaultKind fault() const { return fault_; }

  /// The physical line on which the row or fault starts, from 1.
  std::uint64_t line() const { return row_line_; }

  /// Bytes of text in the window.
  std::size_t window_size() const { return size_; }

  /// Bytes of the window that are done with.
  std::size_t consumed() const { return at_; }

  /// Sets the count of fields that rows of several lines must have, once the header told it.
  void expect_fields(std::size_t count) { dialect_.expected_fields = count; }

 private:
  enum class Outcome : std::uint8_t { kDone, kNeedsMore, kBad };

  std::size_t next_special();
  void seek(std::size_t at);
  void put_field(std::size_t begin, std::size_t end);
  Outcome scan_row();
  Outcome scan_quoted(std::size_t quote);
  Outcome window_ended(bool in_quote);
  Outcome close_quoted(FieldRef inside, bool escaped);
  Outcome bad(RowFaultKind fault, std::size_t scanned_to);
  bool is_blank_line() const;
  bool skip_line();

  CsvDialect dialect_;
  char* text_ = nullptr;
  std::size_t size_ = 0;
  bool at_end_ = false;

  std::size_t at_ = 0;      // the first byte not yet consumed
  std::size_t limit_ = 0;   // the row may not reach beyond this
  std::size_t base_ = 0;    // of the 64 bytes that mask_ describes
  std::uint64_t mask_ = 0;  // their specials that are still to come

  std::vector<FieldRef> fields_;
  std::size_t field_count_ = 0;
  std::vector<std::uint32_t> escaped_fields_;
  std::size_t row_begin_ = 0;
  std::size_t row_end_ = 0;
  std::size_t field_begin_ = 0;
  std::uint64_t line_ = 1;
  std::uint64_t row_line_ = 1;
  std::uint64_t newlines_in_row_ = 0;
  RowFaultKind fault_ = RowFaultKind::kFieldCount;
  bool skipping_line_ = false;
  bool quotes_may_span_ = true;
  bool row_is_done_ = false;

  std::uint64_t window_offset_ = 0;  // bytes of the file before the window
  std::uint64_t rescanned_bytes_ = 0;
};

}  // namespace tessera
