#include "data/csv_reader.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "data/column_names.hpp"
#include "data/csv_scanner.hpp"
#include "data/csv_sniff.hpp"
#include "data/error.hpp"
#include "data/unicode.hpp"

namespace tessera {
namespace {

// The header and the first rows, by which the delimiter is told; the header may be the longest row.
constexpr std::size_t kHeadBytes = kMaxRowBytes + (std::size_t{64} << 10);
constexpr std::size_t kSniffBytes = std::size_t{64} << 10;

bool has_nul(std::string_view text) {
  return text.find('\0') != std::string_view::npos;
}

// The name of a delimiter in messages.
std::string delimiter_name(char delimiter) {
  return delimiter == '\t' ? "tab" : std::string("'") + delimiter + "'";
}

class CsvReader final : public SourceReader {
 public:
  CsvReader(const SourceSpec& source, TextStream text, const CsvReaderOptions& options)
      : path_(source.path.string()),
        text_(std::move(text)),
        block_bytes_(options.block_bytes),
        delimiter_(read_head(options.delimiter)),
        scanner_({.delimiter = delimiter_}) {
    read_header();
  }

  std::span<const std::string> columns() const override { return columns_; }

  bool has_text(std::size_t) const override { return true; }

  void select(std::vector<std::size_t> columns) override { selected_ = std::move(columns); }

  std::optional<RowBatch> next(RowBatch recycled) override;

  FileFacts facts() const override {
    return {.format = std::string("csv, ") + (text_.bytes().is_gzip() ? "gzip, " : "") +
                      "delimiter " + delimiter_name(delimiter_) + ", " +
                      std::string(text_.encoding_name()),
            .delimiter = delimiter_,
            .size_bytes = text_.bytes().size_bytes(),
            .digest = text_.bytes().digest()};
  }

 private:
  char read_head(std::optional<char> declared);
  void read_header();
  std::size_t fill(std::vector<char>& window, std::size_t wanted);
  void take_rows(RowBatch& batch);
  void take_row(RowBatch& batch, bool check_text);
  std::optional<RowFault> text_fault(const RowBatch& batch) const;

  std::string path_;
  TextStream text_;
  std::size_t block_bytes_;
  std::vector<char> carry_;  // read but not yet scanned to a row
  bool at_end_ = false;
  char delimiter_;
  CsvScanner scanner_;
  std::vector<std::string> columns_;
  std::vector<std::size_t> selected_;
};

// Fills carry_ with the start of the file and tells the delimiter.
char CsvReader::read_head(std::optional<char> declared) {
  std::vector<char> window;
  const std::size_t size = fill(window, kHeadBytes);
  carry_.assign(window.begin(), window.begin() + static_cast<std::ptrdiff_t>(size));
  const std::string_view head(carry_.data(), carry_.size());
  if (trim_blanks(head).empty() && at_end_) {
    throw Error(ErrorCode::kUsage, path_, "the file is empty; a header and rows are expected");
  }
  if (at_end_ && head.find('\n') == std::string_view::npos &&
      trim_blanks(head).find('\r') != std::string_view::npos) {
    throw Error(ErrorCode::kUsage, path_,
                "lines end in a carriage return alone; save the file with LF or CRLF line ends");
  }
  if (declared) return *declared;
  const bool whole = at_end_ && head.size() <= kSniffBytes;
  return sniff_delimiter(head.substr(0, kSniffBytes), whole);
}

void CsvReader::read_header() {
  std::vector<char> window(carry_.size() + CsvScanner::kPadding);
  std::copy(carry_.begin(), carry_.end(), window.begin());
  scanner_.feed(window, carry_.size(), at_end_);
  const CsvScanner::Step step = scanner_.next();
  const std::string where = path_ + ":" + std::to_string(scanner_.line());
  if (step != CsvScanner::Step::kRow) {
    throw Error(
        ErrorCode::kUsage, where,
        "the header is not a row of CSV (a quote that does not close, or longer than 1 MiB)");
  }
  const FieldRef row = scanner_.row_text();
  const std::string_view header(window.data() + row.begin, row.length);
  if (!is_utf8(header) || has_nul(header)) {
    throw Error(ErrorCode::kUsage, where,
                has_nul(header)
                    ? "the header holds a NUL byte; declare the source's encoding if it "
                      "is utf-16, or mend the file"
                    : "the header is not valid UTF-8; declare the source's encoding "
                      "(latin-1 or utf-16) or mend the file");
  }
  scanner_.unescape();
  for (const FieldRef field : scanner_.fields()) {
    columns_.emplace_back(trim_blanks(std::string_view(window.data() + field.begin, field.length)));
  }
  check_column_names(columns_, where);
  scanner_.expect_fields(columns_.size());
  carry_.erase(carry_.begin(), carry_.begin() + static_cast<std::ptrdiff_t>(scanner_.consumed()));
}

// Puts carry_ and then bytes of the file into `window` until it holds `wanted` or the file ends;
// returns how many.
std::size_t CsvReader::fill(std::vector<char>& window, std::size_t wanted) {
  wanted = std::max(wanted, carry_.size());
  if (window.size() < wanted + CsvScanner::kPadding) {
    window.resize(wanted + CsvScanner::kPadding);
  }
  std::copy(carry_.begin(), carry_.end(), window.begin());
  std::size_t size = carry_.size();
  carry_.clear();
  // A text stream never parts its last 4 bytes, so what is short of the wanted by less stays so.
  while (!at_end_ && size + 4 <= wanted) {
    const std::size_t got = text_.read(std::span(window).subspan(size, wanted - size));
    at_end_ = got == 0;
    size += got;
  }
  return size;
}

std::optional<RowBatch> CsvReader::next(RowBatch recycled) {
  recycled.clear(selected_.size());
  while (!at_end_ || !carry_.empty()) {
    const std::size_t size = fill(recycled.text, carry_.size() + block_bytes_);
    scanner_.feed(recycled.text, size, at_end_);
    take_rows(recycled);
    const auto window_begin = recycled.text.begin();
    carry_.assign(window_begin + static_cast<std::ptrdiff_t>(scanner_.consumed()),
                  window_begin + static_cast<std::ptrdiff_t>(size));
    if (recycled.row_count() > 0 || !recycled.faults.empty()) return recycled;
  }
  return std::nullopt;
}

void CsvReader::take_rows(RowBatch& batch) {
  // Whole lines only: a window may end inside a character.
  const std::string_view window(batch.text.data(), scanner_.window_size());
  const std::string_view lines = at_end_ ? window : window.substr(0, window.find_last_of('\n') + 1);
  const bool check_text = !is_utf8(lines) || has_nul(lines);
  for (;;) {
    const CsvScanner::Step step = scanner_.next();
    if (step == CsvScanner::Step::kMore) return;
    if (step == CsvScanner::Step::kFault) {
      batch.faults.push_back({.line = scanner_.line(), .kind = scanner_.fault()});
    } else {
      take_row(batch, check_text);
    }
  }
}

void CsvReader::take_row(RowBatch& batch, bool check_text) {
  if (check_text) {
    if (const auto fault = text_fault(batch)) {
      batch.faults.push_back(*fault);
      return;
    }
  }
  if (scanner_.fields().size() != columns_.size()) {
    batch.faults.push_back({.line = scanner_.line(),
                            .kind = RowFaultKind::kFieldCount,
                            .detail = static_cast<std::uint32_t>(scanner_.fields().size())});
    return;
  }
  scanner_.unescape();
  const std::span<const FieldRef> fields = scanner_.fields();
  const char* const text = batch.text.data();
  for (std::size_t i = 0; i < selected_.size(); ++i) {
    FieldRef field = fields[selected_[i]];
    while (field.length > 0 && is_blank(text[field.begin])) {
      ++field.begin;
      --field.length;
    }
    while (field.length > 0 && is_blank(text[field.begin + field.length - 1])) --field.length;
    batch.fields[i].push_back(field);
  }
  batch.lines.push_back(scanner_.line());
}

// The first field that is not text, if any.
std::optional<RowFault> CsvReader::text_fault(const RowBatch& batch) const {
  const std::string_view row = batch.text_of(scanner_.row_text());
  if (is_utf8(row) && !has_nul(row)) return std::nullopt;
  RowFault fault{.line = scanner_.line(),
                 .kind = is_utf8(row) ? RowFaultKind::kNul : RowFaultKind::kEncoding};
  const std::span<const FieldRef> fields = scanner_.fields();
  for (std::size_t i = 0; i < std::min(fields.size(), columns_.size()); ++i) {
    const std::string_view field = batch.text_of(fields[i]);
    if (is_utf8(field) && !has_nul(field)) continue;
    fault.column = static_cast<std::uint32_t>(i);
    fault.kind = is_utf8(field) ? RowFaultKind::kNul : RowFaultKind::kEncoding;
    break;
  }
  return fault;
}

}  // namespace

std::unique_ptr<SourceReader> make_csv_reader(const SourceSpec& source, TextStream text,
                                              const CsvReaderOptions& options) {
  return std::make_unique<CsvReader>(source, std::move(text), options);
}

}  // namespace tessera
