#include "data/csv_scanner.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "data/check.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace tessera {
namespace {

constexpr std::size_t kNone = ~std::size_t{0};
constexpr std::size_t kLane = 64;

// Bit i is set where text[i] is the delimiter, a line feed or a quote; i < 64.
#if defined(__SSE2__)
std::uint64_t special_mask(const char* text, char delimiter) {
  const __m128i delimiters = _mm_set1_epi8(delimiter);
  const __m128i newlines = _mm_set1_epi8('\n');
  const __m128i quotes = _mm_set1_epi8('"');
  std::uint64_t mask = 0;
  for (unsigned i = 0; i < 4; ++i) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + 16U * i));
    const __m128i hits =
        _mm_or_si128(_mm_cmpeq_epi8(bytes, delimiters),
                     _mm_or_si128(_mm_cmpeq_epi8(bytes, newlines), _mm_cmpeq_epi8(bytes, quotes)));
    mask |= std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(hits))} << (16U * i);
  }
  return mask;
}
#else
std::uint64_t special_mask(const char* text, char delimiter) {
  std::uint64_t mask = 0;
  for (unsigned i = 0; i < kLane; ++i) {
    const bool hit = text[i] == delimiter || text[i] == '\n' || text[i] == '"';
    mask |= std::uint64_t{hit} << i;
  }
  return mask;
}
#endif

bool all_blank(const char* begin, const char* end) {
  return std::all_of(begin, end, is_blank);
}

}  // namespace

CsvScanner::CsvScanner(const CsvDialect& dialect) : dialect_(dialect), fields_(64) {
  TESSERA_CHECK(dialect.delimiter != '"' && dialect.delimiter != '\n' && dialect.delimiter != '\r');
  TESSERA_CHECK(dialect.max_row_bytes > 0);
}

void CsvScanner::feed(std::span<char> window, std::size_t size, bool at_end) {
  TESSERA_CHECK(window.size() >= size + kPadding && size < RowFault::kWholeRow);
  window_offset_ += at_;
  text_ = window.data();
  size_ = size;
  at_end_ = at_end;
  at_ = 0;
  seek(0);
}

void CsvScanner::seek(std::size_t at) {
  base_ = at;
  mask_ = special_mask(text_ + at, dialect_.delimiter);
}

// The next delimiter, line feed or quote before limit_, or kNone.
inline std::size_t CsvScanner::next_special() {
  while (mask_ == 0) {
    base_ += kLane;
    if (base_ >= limit_) return kNone;
    mask_ = special_mask(text_ + base_, dialect_.delimiter);
  }
  const std::size_t at = base_ + static_cast<std::size_t>(std::countr_zero(mask_));
  mask_ &= mask_ - 1;
  return at < limit_ ? at : kNone;
}

inline void CsvScanner::put_field(std::size_t begin, std::size_t end) {
  if (field_count_ == fields_.size()) fields_.resize(fields_.size() * 2);
  fields_[field_count_++] = {static_cast<std::uint32_t>(begin),
                             static_cast<std::uint32_t>(end - begin)};
}

CsvScanner::Step CsvScanner::next() {
  for (;;) {
    field_count_ = 0;
    escaped_fields_.clear();
    if (skipping_line_ && !skip_line()) return Step::kMore;
    if (at_ == size_) return Step::kMore;
    row_begin_ = at_;
    row_line_ = line_;
    newlines_in_row_ = 0;
    row_is_done_ = false;
    limit_ = size_ - at_ > dialect_.max_row_bytes ? at_ + dialect_.max_row_bytes : size_;
    quotes_may_span_ = rescanned_bytes_ <= kFreeRescanBytes + window_offset_ + at_;

    const Outcome outcome = scan_row();
    if (outcome == Outcome::kNeedsMore) return Step::kMore;
    if (outcome == Outcome::kBad) return Step::kFault;
    if (newlines_in_row_ > 0 && dialect_.expected_fields != 0 &&
        field_count_ != dialect_.expected_fields) {
      bad(RowFaultKind::kUnterminatedQuote, row_end_);
      return Step::kFault;
    }
    at_ = row_end_;
    line_ += 1 + newlines_in_row_;
    if (!is_blank_line()) return Step::kRow;
  }
}

CsvScanner::Outcome CsvScanner::scan_row() {
  field_begin_ = row_begin_;
  for (;;) {
    const std::size_t at = next_special();
    if (at == kNone) return window_ended(false);
    const char c = text_[at];
    if (c == dialect_.delimiter) [[likely]] {
      put_field(field_begin_, at);
      field_begin_ = at + 1;
    } else if (c == '\n') {
      put_field(field_begin_, at);
      row_end_ = at + 1;
      return Outcome::kDone;
    } else if (all_blank(text_ + field_begin_, text_ + at)) {
      const Outcome outcome = scan_quoted(at);
      if (outcome != Outcome::kDone || row_is_done_) return outcome;
    }
  }
}

// From the opening quote to behind the delimiter or line feed that ends the field.
CsvScanner::Outcome CsvScanner::scan_quoted(std::size_t quote) {
  bool escaped = false;
  for (;;) {
    const std::size_t at = next_special();
    if (at == kNone) return window_ended(true);
    const char c = text_[at];
    if (c == '\n') {
      ++newlines_in_row_;
      if (!quotes_may_span_) return bad(RowFaultKind::kUnterminatedQuote, at);
    }
    if (c != '"') continue;
    // Whether a quote closes is told by what follows it.
    if (at + 1 == limit_ && !(at_end_ && limit_ == size_)) return window_ended(true);
    if (at + 1 == limit_ || text_[at + 1] != '"') {
      return close_quoted(
          {static_cast<std::uint32_t>(quote + 1), static_cast<std::uint32_t>(at - quote - 1)},
          escaped);
    }
    escaped = true;
    next_special();
  }
}

CsvScanner::Outcome CsvScanner::close_quoted(FieldRef inside, bool escaped) {
  const std::size_t end = std::size_t{inside.begin} + inside.length;
  std::size_t at = end + 1;
  while (at < limit_ && is_blank(text_[at]) && text_[at] != dialect_.delimiter &&
         text_[at] != '\n') {
    ++at;
  }
  const bool at_file_end = at == limit_ && limit_ == size_ && at_end_;
  if (at == limit_ && !at_file_end) return window_ended(false);
  if (!at_file_end && text_[at] != dialect_.delimiter && text_[at] != '\n') {
    return bad(RowFaultKind::kTextAfterQuote, at);
  }
  if (escaped) escaped_fields_.push_back(static_cast<std::uint32_t>(field_count_));
  put_field(inside.begin, end);
  row_is_done_ = at_file_end || text_[at] == '\n';
  if (!at_file_end) next_special();  // the delimiter or line feed at `at`
  field_begin_ = at + 1;
  row_end_ = std::min(at + 1, size_);
  return Outcome::kDone;
}

CsvScanner::Outcome CsvScanner::window_ended(bool in_quote) {
  const bool row_reaches_end = size_ - row_begin_ <= dialect_.max_row_bytes;
  if (row_reaches_end && !at_end_) return Outcome::kNeedsMore;
  if (row_reaches_end && !in_quote) {
    put_field(field_begin_, size_);
    row_end_ = size_;
    return Outcome::kDone;
  }
  return bad(in_quote ? RowFaultKind::kUnterminatedQuote : RowFaultKind::kTooLong, limit_);
}

// Takes the row back but for its first line.
CsvScanner::Outcome CsvScanner::bad(RowFaultKind fault, std::size_t scanned_to) {
  fault_ = newlines_in_row_ > 0 ? RowFaultKind::kUnterminatedQuote : fault;
  const void* newline = std::memchr(text_ + row_begin_, '\n', limit_ - row_begin_);
  if (newline != nullptr) {
    at_ = static_cast<std::size_t>(static_cast<const char*>(newline) - text_) + 1;
    line_ = row_line_ + 1;
  } else {
    at_ = limit_;
    skipping_line_ = true;
  }
  if (scanned_to > at_) rescanned_bytes_ += scanned_to - at_;
  seek(at_);
  return Outcome::kBad;
}

bool CsvScanner::skip_line() {
  const void* newline = std::memchr(text_ + at_, '\n', size_ - at_);
  if (newline == nullptr) {
    at_ = size_;
    return false;
  }
  at_ = static_cast<std::size_t>(static_cast<const char*>(newline) - text_) + 1;
  ++line_;
  skipping_line_ = false;
  seek(at_);
  return true;
}

bool CsvScanner::is_blank_line() const {
  // A quoted field starts behind its quote, so this one is bare.
  return field_count_ == 1 && fields_[0].begin == row_begin_ &&
         all_blank(text_ + row_begin_, text_ + row_begin_ + fields_[0].length);
}

FieldRef CsvScanner::row_text() const {
  return {static_cast<std::uint32_t>(row_begin_),
          static_cast<std::uint32_t>(row_end_ - row_begin_)};
}

void CsvScanner::unescape() {
  for (const std::uint32_t index : escaped_fields_) {
    FieldRef& field = fields_[index];
    char* out = text_ + field.begin;
    const char* const end = out + field.length;
    for (const char* in = out; in < end; ++in) {
      *out++ = *in;
      if (*in == '"') ++in;  // its double
    }
    field.length = static_cast<std::uint32_t>(out - (text_ + field.begin));
  }
}

}  // namespace tessera
