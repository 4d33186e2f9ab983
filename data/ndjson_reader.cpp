#include "data/ndjson_reader.hpp"

#include <algorithm>
#include <cstring>
#include <unordered_map>
#include <utility>

#include "data/column_names.hpp"
#include "data/dictionary.hpp"
#include "data/error.hpp"
#include "data/ndjson_row.hpp"

namespace tessera {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{1} << 20;
constexpr std::size_t kHeadBytes = std::size_t{16} << 20;
constexpr std::size_t kHeadLines = 1000;
constexpr std::size_t kUnknown = ~std::size_t{0};

struct HashText {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return hash_bytes(text); }
};
using PathMap = std::unordered_map<std::string, std::size_t, HashText, std::equal_to<>>;

// Cuts text into lines, a window at a time; over-long lines are skipped.
class LineCutter {
 public:
  struct Line {
    std::string_view text;
    std::uint64_t number = 0;
    bool is_too_long = false;
  };

  void feed(std::string_view window, bool at_end) {
    window_ = window;
    at_end_ = at_end;
    at_ = 0;
  }

  // The next line that is not blank; nothing when the window holds no further whole line.
  std::optional<Line> next() {
    while (at_ < window_.size()) {
      const std::size_t newline = window_.find('\n', at_);
      const bool is_open = newline == std::string_view::npos;
      const std::size_t end = is_open ? window_.size() : newline;
      const bool is_long = end - at_ > kMaxRowBytes;
      if (is_open && !at_end_ && !is_long && !skipping_) return std::nullopt;
      const Line line{window_.substr(at_, end - at_), number_, is_long};
      const bool was_skipping = std::exchange(skipping_, is_open && !at_end_);
      at_ = is_open ? end : end + 1;
      if (!is_open) ++number_;
      if (!was_skipping && (is_long || !trim_blanks(line.text).empty())) return line;
    }
    return std::nullopt;
  }

  std::size_t consumed() const { return at_; }

 private:
  std::string_view window_;
  std::size_t at_ = 0;
  std::uint64_t number_ = 1;
  bool at_end_ = false;
  bool skipping_ = false;  // inside a line that was already given as too long
};

class NdjsonReader final : public SourceReader {
 public:
  NdjsonReader(const SourceSpec& source, TextStream text)
      : path_(source.path.string()), text_(std::move(text)) {
    read_head();
  }

  std::span<const std::string> columns() const override { return columns_; }

  bool has_text(std::size_t) const override { return true; }

  void select(std::vector<std::size_t> columns) override {
    for (std::size_t slot = 0; slot < columns.size(); ++slot) {
      slot_of_path_.emplace(columns_[columns[slot]], slot);
    }
    slots_.resize(columns.size());
  }

  std::optional<RowBatch> next(RowBatch recycled) override;

  FileFacts facts() const override {
    return {.format = std::string("ndjson, ") + (text_.bytes().is_gzip() ? "gzip, " : "") +
                      std::string(text_.encoding_name()),
            .delimiter = std::nullopt,
            .size_bytes = text_.bytes().size_bytes(),
            .digest = text_.bytes().digest()};
  }

 private:
  void read_head();
  void refill(std::size_t wanted);
  void take_line(const LineCutter::Line& line, RowBatch& batch);
  void gather();
  std::size_t slot_of(std::size_t place, std::string_view path);

  std::string path_;
  TextStream text_;
  std::vector<char> window_;  // window_at_ … window_end_ - 1 are not yet cut into lines
  std::size_t window_at_ = 0;
  std::size_t window_end_ = 0;
  bool at_end_ = false;
  LineCutter lines_;
  NdjsonRow row_;
  std::vector<std::string> columns_;
  PathMap slot_of_path_;
  struct Seen {
    std::string path;
    std::size_t slot;
  };
  std::vector<Seen> seen_;          // the path that the n-th value of a line had last
  std::vector<std::string> slots_;  // the row's text for each selected column
};

// Moves what is left to the front and reads until the window holds `wanted` bytes or the file ends.
void NdjsonReader::refill(std::size_t wanted) {
  const std::size_t left = window_end_ - window_at_;
  wanted = std::max(wanted, left);
  if (window_.size() < wanted) window_.resize(wanted);
  std::memmove(window_.data(), window_.data() + window_at_, left);
  window_at_ = 0;
  window_end_ = left;
  while (!at_end_ && window_end_ + 4 <= wanted) {
    const std::size_t got =
        text_.read(std::span(window_).subspan(window_end_, wanted - window_end_));
    at_end_ = got == 0;
    window_end_ += got;
  }
}

// Learns the columns; the lines stay in the window and are read again as rows.
void NdjsonReader::read_head() {
  LineCutter lines;
  PathMap known;
  std::size_t lines_seen = 0;
  for (std::size_t wanted = kBlockBytes;; wanted *= 2) {
    refill(wanted);
    lines = {};
    lines.feed({window_.data(), window_end_}, at_end_);
    // Counting lines is cheap beside parsing, so the head is parsed once, when it is long enough.
    const auto newlines = static_cast<std::size_t>(std::count(
        window_.begin(), window_.begin() + static_cast<std::ptrdiff_t>(window_end_), '\n'));
    if (at_end_ || newlines >= kHeadLines || wanted >= kHeadBytes) break;
  }
  const std::string_view head = trim_blanks({window_.data(), window_end_});
  if (head.empty()) {
    throw Error(ErrorCode::kUsage, path_, "the file is empty; a JSON object a line is expected");
  }
  if (head.front() == '[') {
    throw Error(ErrorCode::kUsage, path_,
                "is a JSON array; write one object a line (jq -c '.[]' does)");
  }
  while (lines_seen < kHeadLines) {
    const auto line = lines.next();
    if (!line) break;
    ++lines_seen;
    if (line->is_too_long || row_.parse(line->text)) continue;
    for (const NdjsonRow::Value& value : row_.values()) {
      std::string path(row_.text(value.path));
      if (known.emplace(path, columns_.size()).second) columns_.push_back(std::move(path));
    }
  }
}

std::optional<RowBatch> NdjsonReader::next(RowBatch recycled) {
  recycled.clear(slots_.size());
  recycled.text.clear();
  while (!at_end_ || window_end_ > window_at_) {
    const std::size_t left = window_end_ - window_at_;
    // The head may hold many lines: what is there is used up before more is read.
    lines_.feed({window_.data() + window_at_, left}, at_end_);
    while (const auto line = lines_.next()) {
      take_line(*line, recycled);
      if (recycled.text.size() >= kBlockBytes) break;
    }
    window_at_ += lines_.consumed();
    if (recycled.row_count() > 0 || !recycled.faults.empty()) return recycled;
    if (at_end_) break;
    refill(window_end_ - window_at_ + kBlockBytes);
  }
  return std::nullopt;
}

void NdjsonReader::take_line(const LineCutter::Line& line, RowBatch& batch) {
  const auto fault =
      line.is_too_long ? std::optional(RowFaultKind::kTooLong) : row_.parse(line.text);
  if (fault) {
    batch.faults.push_back({.line = line.number, .kind = *fault});
    return;
  }
  gather();
  for (std::size_t slot = 0; slot < slots_.size(); ++slot) {
    const std::string& text = slots_[slot];
    batch.fields[slot].push_back(
        {static_cast<std::uint32_t>(batch.text.size()), static_cast<std::uint32_t>(text.size())});
    batch.text.insert(batch.text.end(), text.begin(), text.end());
  }
  batch.lines.push_back(line.number);
}

// Puts the values of row_ into slots_.
void NdjsonReader::gather() {
  for (std::string& text : slots_) text.clear();
  const auto& values = row_.values();
  for (std::size_t place = 0; place < values.size(); ++place) {
    const std::size_t slot = slot_of(place, row_.text(values[place].path));
    if (slot == kUnknown) continue;
    const std::string_view text = row_.text(values[place].text);
    std::string& out = slots_[slot];
    if (!values[place].in_array) {
      out.assign(text);
    } else if (!text.empty()) {
      if (!out.empty()) out.push_back('|');
      out.append(text);
    }
  }
}

// Lines mostly have the same keys in the same order: the path met at this place in the line before
// is tried first.
std::size_t NdjsonReader::slot_of(std::size_t place, std::string_view path) {
  if (place < seen_.size() && seen_[place].path == path) return seen_[place].slot;
  const auto known = slot_of_path_.find(path);
  const std::size_t slot = known == slot_of_path_.end() ? kUnknown : known->second;
  if (place < seen_.size()) {
    seen_[place] = {std::string(path), slot};
  } else if (place == seen_.size() && place < kHeadLines) {
    seen_.push_back({std::string(path), slot});
  }
  return slot;
}

}  // namespace

std::unique_ptr<SourceReader> make_ndjson_reader(const SourceSpec& source, TextStream text) {
  return std::make_unique<NdjsonReader>(source, std::move(text));
}

}  // namespace tessera
