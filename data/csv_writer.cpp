#include "data/csv_writer.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>
#include <utility>

#include "data/check.hpp"
#include "data/error.hpp"

namespace tessera {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{1} << 20;

std::filesystem::path partial_name(const std::filesystem::path& path) {
  return std::filesystem::path(path) += ".partial";
}

[[noreturn]] void fail(const std::filesystem::path& path, const char* what, int error_number) {
  throw Error(ErrorCode::kResource, path.string(),
              std::string(what) + " failed: " + std::strerror(error_number) +
                  "; free space or choose another --out folder");
}

// The name of a file lasts only once its folder is synced as well.
void sync_folder(const std::filesystem::path& file) {
  const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;  // a folder that one may write to but not list: nothing more to do
  ::fsync(descriptor);
  ::close(descriptor);
}

// Whether any of 8 bytes is zero. Source: S. Anderson, "Bit Twiddling Hacks", "Determine if a word
// has a zero byte", https://graphics.stanford.edu/~seander/bithacks.html
constexpr std::uint64_t kOnes = ~std::uint64_t{0} / 255;
std::uint64_t zero_bytes(std::uint64_t word) {
  return (word - kOnes) & ~word & (kOnes * 128);
}

// Whether any of 8 bytes calls for quotes wherever it stands.
bool has_special(std::uint64_t word) {
  return (zero_bytes(word ^ (kOnes * ',')) | zero_bytes(word ^ (kOnes * '"')) |
          zero_bytes(word ^ (kOnes * '\r')) | zero_bytes(word ^ (kOnes * '\n'))) != 0;
}

bool has_special(std::string_view text) {
  const char* from = text.data();
  std::uint64_t word = 0;
  if (text.size() >= 8) {
    for (std::size_t at = 0; at + 8 < text.size(); at += 8) {
      std::memcpy(&word, from + at, 8);
      if (has_special(word)) return true;
    }
    std::memcpy(&word, from + text.size() - 8, 8);
  } else if (text.size() >= 4) {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    std::memcpy(&first, from, 4);
    std::memcpy(&last, from + text.size() - 4, 4);
    word = first | std::uint64_t{last} << 32;
  } else {
    for (const char c : text) word = (word << 8) | static_cast<unsigned char>(c);
  }
  return has_special(word);
}

void append_quoted(TextBuffer& out, std::string_view text) {
  out.put('"');
  for (const char c : text) {
    if (c == '"') out.put('"');
    out.put(c);
  }
  out.put('"');
}

}  // namespace

bool needs_csv_quotes(std::string_view text) {
  return !text.empty() && (has_blank_end(text) || has_special(text));
}

CsvQuoting::CsvQuoting(std::string_view pool) {
  constexpr std::size_t kPiece = 4096;
  while (!pool.empty() && !(special_ && blank_)) {
    unsigned char special = 0;
    unsigned char blank = 0;
    for (const char c : pool.substr(0, kPiece)) {  // without a branch: sixteen bytes at a time
      special = static_cast<unsigned char>(special |
                                           ((c == ',') | (c == '"') | (c == '\r') | (c == '\n')));
      blank = static_cast<unsigned char>(blank | ((c == ' ') | (c == '\t')));
    }
    special_ = special_ || special != 0;
    blank_ = blank_ || blank != 0;
    pool.remove_prefix(std::min(kPiece, pool.size()));
  }
}

void append_csv_field(TextBuffer& out, std::string_view text, const CsvQuoting& quoting) {
  if (quoting.needed(text)) [[unlikely]] {
    append_quoted(out, text);
  } else {
    out.put(text);
  }
}

void append_csv_field(TextBuffer& out, std::string_view text) {
  if (needs_csv_quotes(text)) {
    append_quoted(out, text);
  } else {
    out.put(text);
  }
}

void append_csv_row(std::string& out, std::span<const std::string_view> fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) out += ',';
    append_csv_field(out, fields[i]);
  }
  out += '\n';
}

void append_csv_row(std::string& out, std::initializer_list<std::string_view> fields) {
  append_csv_row(out, std::span(fields.begin(), fields.size()));
}

void append_csv_field(std::string& out, std::string_view text) {
  if (!needs_csv_quotes(text)) {
    out.append(text);
    return;
  }
  TextBuffer quoted;
  append_quoted(quoted, text);
  out.append(quoted.view());
}

CsvWriter::CsvWriter(std::filesystem::path path) : path_(std::move(path)) {
  descriptor_ = ::open(partial_name(path_).c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor_ < 0) fail(path_, "creating the file", errno);
  buffer_.reserve(kBufferBytes + (std::size_t{1} << 12));
}

CsvWriter::~CsvWriter() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  ::unlink(partial_name(path_).c_str());
}

void CsvWriter::field(std::string_view text) {
  if (row_started_) buffer_.push_back(',');
  row_started_ = true;
  append_csv_field(buffer_, text);
}

void CsvWriter::field(std::uint64_t number) {
  std::array<char, 20> digits{};
  const char* end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  field(std::string_view(digits.data(), static_cast<std::size_t>(end - digits.data())));
}

void CsvWriter::field(double number, int decimals) {
  TESSERA_CHECK(decimals >= 0 && decimals <= 17);
  if (!std::isfinite(number)) {
    field(std::isnan(number) ? "nan" : number > 0 ? "inf" : "-inf");
    return;
  }
  std::array<char, 352> digits{};  // 309 digits before the point, 17 behind it, sign and point
  const char* end = std::to_chars(digits.data(), digits.data() + digits.size(), number,
                                  std::chars_format::fixed, decimals)
                        .ptr;
  std::string_view text(digits.data(), static_cast<std::size_t>(end - digits.data()));
  if (decimals > 0) {
    text = text.substr(0, text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.remove_suffix(1);
  }
  field(text == "-0" ? "0" : text);
}

void CsvWriter::end_row() {
  buffer_.push_back('\n');
  row_started_ = false;
  if (buffer_.size() >= kBufferBytes) flush();
}

void CsvWriter::row(std::span<const std::string_view> fields) {
  for (const std::string_view text : fields) field(text);
  end_row();
}

void CsvWriter::flush() {
  std::string_view left = buffer_;
  while (!left.empty()) {
    const ssize_t written = ::write(descriptor_, left.data(), left.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail(path_, "writing", errno);
    left.remove_prefix(static_cast<std::size_t>(written));
  }
  buffer_.clear();
}

void CsvWriter::commit() {
  TESSERA_CHECK(descriptor_ >= 0 && !row_started_);
  flush();
  if (::fsync(descriptor_) != 0 && errno != EINVAL) fail(path_, "syncing", errno);
  const int closed = ::close(std::exchange(descriptor_, -1));
  const int close_error = errno;
  const std::filesystem::path partial = partial_name(path_);
  if (closed != 0) {
    ::unlink(partial.c_str());
    fail(path_, "closing", close_error);
  }
  if (::rename(partial.c_str(), path_.c_str()) != 0) {
    const int rename_error = errno;
    ::unlink(partial.c_str());
    fail(path_, "renaming into place", rename_error);
  }
  sync_folder(path_);
}

}  // namespace tessera
