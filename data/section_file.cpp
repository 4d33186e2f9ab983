#include "data/section_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <tbb/parallel_for.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

#include "data/error.hpp"

namespace tessera {
namespace {

constexpr std::size_t kAlignment = 64;
constexpr std::size_t kChunk = std::size_t{1} << 20;  // digests of these are digested: in parallel
constexpr std::array<char, 8> kMagic = {'T', 'E', 'S', 'S', 'I', 'D', 'X', '1'};
constexpr std::uint64_t kByteOrder = 0x0102030405060708;

struct Header {
  std::array<char, 8> magic = kMagic;
  std::uint64_t byte_order = kByteOrder;
  std::uint64_t size_bytes = 0;
  std::uint64_t stamp = 0;
  std::uint64_t sections = 0;  // digest
  std::array<std::uint64_t, 3> unused{};
};
static_assert(sizeof(Header) == kAlignment);

std::uint64_t digest_of(std::span<const char> bytes) {
  Digest digest;
  digest.update(bytes);
  return digest.value();
}

std::span<const char> as_chars(const std::uint64_t& number) {
  return {reinterpret_cast<const char*>(&number), sizeof(number)};
}

std::size_t padding_after(std::uint64_t size) {
  return static_cast<std::size_t>((kAlignment - size % kAlignment) % kAlignment);
}

std::uint64_t digest_of_chunks(std::span<const char> sections) {
  std::vector<std::uint64_t> of_chunk((sections.size() + kChunk - 1) / kChunk);
  tbb::parallel_for(std::size_t{0}, of_chunk.size(), [&](std::size_t i) {
    const std::size_t begin = i * kChunk;
    of_chunk[i] = digest_of(sections.subspan(begin, std::min(kChunk, sections.size() - begin)));
  });
  Digest all;
  for (const std::uint64_t digest : of_chunk) all.update(as_chars(digest));
  return all.value();
}

class Mapping {
 public:
  explicit Mapping(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return;
    struct stat status {};
    if (::fstat(descriptor, &status) == 0 && status.st_size > 0) {
      size_ = static_cast<std::size_t>(status.st_size);
      void* const at = ::mmap(nullptr, size_, PROT_READ, MAP_SHARED | MAP_POPULATE, descriptor, 0);
      if (at != MAP_FAILED) begin_ = static_cast<const char*>(at);
    }
    found_ = true;
    ::close(descriptor);
  }
  ~Mapping() {
    if (begin_ != nullptr) ::munmap(const_cast<char*>(begin_), size_);
  }
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;

  bool found() const { return found_; }
  std::span<const char> bytes() const {
    return begin_ == nullptr ? std::span<const char>() : std::span(begin_, size_);
  }

 private:
  const char* begin_ = nullptr;
  std::size_t size_ = 0;
  bool found_ = false;
};

}  // namespace

SectionWriter::SectionWriter(std::filesystem::path path, const std::filesystem::path& like)
    : path_(std::move(path)), aside_(path_) {
  aside_ += ".partial-" + std::to_string(::getpid());
  struct stat status {};
  const mode_t mode = ::stat(like.c_str(), &status) == 0 ? status.st_mode & 0666U : 0600U;
  descriptor_ = ::open(aside_.c_str(), O_CREAT | O_TRUNC | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor_ < 0) {
    throw Error(ErrorCode::kResource, path_.string(),
                std::string("cannot be written: ") + std::strerror(errno));
  }
  static_cast<void>(::fchmod(descriptor_, mode));
  write(std::vector<char>(sizeof(Header), '\0'));
}

SectionWriter::~SectionWriter() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  ::unlink(aside_.c_str());
}

void SectionWriter::write(std::span<const char> bytes) {
  size_bytes_ += bytes.size();
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      throw Error(ErrorCode::kResource, path_.string(),
                  std::string("cannot be written: ") + std::strerror(errno));
    }
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
}

void SectionWriter::append(std::span<const char> bytes) {
  write(bytes);
  while (!bytes.empty()) {
    const std::size_t now = std::min(bytes.size(), kChunk - in_chunk_);
    chunk_.update(bytes.first(now));
    in_chunk_ += now;
    if (in_chunk_ == kChunk) end_chunk();
    bytes = bytes.subspan(now);
  }
}

void SectionWriter::end_chunk() {
  chunks_.update(as_chars(chunk_.value()));
  chunk_ = Digest();
  in_chunk_ = 0;
}

void SectionWriter::put_bytes(std::span<const std::byte> bytes) {
  static constexpr std::array<char, kAlignment> kPadding{};
  const std::uint64_t size = bytes.size();
  append(as_chars(size));
  append(std::span(kPadding).first(padding_after(sizeof(size))));
  append({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  append(std::span(kPadding).first(padding_after(size)));
}

std::uint64_t SectionWriter::finish(std::string_view stamp) {
  if (in_chunk_ > 0) end_chunk();
  Header header;
  header.size_bytes = size_bytes_;
  header.stamp = digest_of({stamp.data(), stamp.size()});
  header.sections = chunks_.value();
  const bool written =
      ::pwrite(descriptor_, &header, sizeof(header), 0) == static_cast<ssize_t>(sizeof(header)) &&
      ::fsync(descriptor_) == 0 && ::rename(aside_.c_str(), path_.c_str()) == 0;
  if (!written) {
    throw Error(ErrorCode::kResource, path_.string(),
                std::string("cannot be written: ") + std::strerror(errno));
  }
  ::close(descriptor_);
  descriptor_ = -1;
  return size_bytes_;
}

std::optional<SectionReader> SectionReader::open(const std::filesystem::path& path,
                                                 std::string_view stamp, SectionFault& fault) {
  const auto mapping = std::make_shared<const Mapping>(path);
  fault = mapping->found() ? SectionFault::kDamaged : SectionFault::kAbsent;
  const std::span<const char> bytes = mapping->bytes();
  Header header;
  if (bytes.size() < sizeof(header)) return std::nullopt;
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (header.magic != kMagic || header.byte_order != kByteOrder) return std::nullopt;
  if (header.stamp != digest_of({stamp.data(), stamp.size()})) {
    fault = SectionFault::kOtherStamp;
    return std::nullopt;
  }
  const std::span<const char> sections = bytes.subspan(sizeof(header));
  if (header.size_bytes != bytes.size() || header.sections != digest_of_chunks(sections)) {
    return std::nullopt;
  }
  fault = SectionFault::kNone;
  return SectionReader(mapping, std::as_bytes(sections), path.string());
}

std::span<const std::byte> SectionReader::take_bytes(std::size_t item_bytes) {
  std::uint64_t size = 0;
  if (rest_.size() < kAlignment) fail();
  std::memcpy(&size, rest_.data(), sizeof(size));
  rest_ = rest_.subspan(kAlignment);
  if (size > rest_.size() || size % item_bytes != 0) fail();
  const std::span<const std::byte> bytes = rest_.first(static_cast<std::size_t>(size));
  rest_ = rest_.subspan(std::min(rest_.size(), bytes.size() + padding_after(size)));
  return bytes;
}

FrozenTexts SectionReader::take_texts() {
  Frozen<char> bytes = take<char>();
  Frozen<std::uint64_t> offsets = take<std::uint64_t>();
  if (offsets.empty() || offsets.back() != bytes.size()) fail();
  return {std::move(bytes), std::move(offsets)};
}

std::uint64_t SectionReader::take_number() {
  const Frozen<std::uint64_t> number = take<std::uint64_t>();
  if (number.size() != 1) fail();
  return number[0];
}

void SectionReader::fail() const {
  throw Error(ErrorCode::kDamaged, where_,
              "is not laid out as this program writes it; remove it, it is made anew");
}

}  // namespace tessera
