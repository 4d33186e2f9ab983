#include "data/byte_stream.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <utility>
#include <vector>

#include "data/check.hpp"
#include "data/digest.hpp"
#include "data/error.hpp"

namespace tessera {
namespace {

constexpr std::size_t kDiskBlock = std::size_t{256} << 10;
constexpr int kGzipWindow = 15 + 16;  // zlib: the largest window, gzip framing

int open_file(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    const int error_number = errno;
    const bool absent = error_number == ENOENT || error_number == ENOTDIR;
    throw Error(absent ? ErrorCode::kUsage : ErrorCode::kResource, path.string(),
                absent ? "no such file; check the path of the source"
                       : std::string("cannot be opened: ") + std::strerror(error_number));
  }
  struct stat facts {};
  if (::fstat(descriptor, &facts) == 0 && S_ISDIR(facts.st_mode)) {
    ::close(descriptor);
    throw Error(ErrorCode::kUsage, path.string(),
                "is a folder; name a CSV, Parquet or NDJSON file in it");
  }
  return descriptor;
}

}  // namespace

struct ByteStream::Impl {
  explicit Impl(std::filesystem::path file) : path(std::move(file)), descriptor(open_file(path)) {}
  ~Impl() {
    if (inflating) ::inflateEnd(&zlib);
    ::close(descriptor);
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  // As ::read, but retried, counted and digested.
  std::size_t read_disk(std::span<char> room) {
    for (;;) {
      const ssize_t got = ::read(descriptor, room.data(), room.size());
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) {
        throw Error(ErrorCode::kResource, path.string(),
                    std::string("cannot be read: ") + std::strerror(errno));
      }
      const auto size = static_cast<std::size_t>(got);
      digest.update(room.first(size));
      size_bytes += size;
      return size;
    }
  }

  // Refills `block` once it is used up; false at the end of the file.
  bool refill() {
    if (block_at < block_end) return true;
    block_at = 0;
    block_end = read_disk(block);
    return block_end > 0;
  }

  // Tells gzip by its magic number 1f 8b (RFC 1952, 2.3.1).
  void look_at_start() {
    block.resize(kDiskBlock);
    while (block_end < 2) {
      const std::size_t got = read_disk(std::span(block).subspan(block_end));
      if (got == 0) break;
      block_end += got;
    }
    if (block_end < 2 || block[0] != '\x1f' || block[1] != '\x8b') {
      if (block_end > 0 && path.extension() == ".gz") {
        throw Error(ErrorCode::kUsage, path.string(),
                    "is not gzip, though its name says so; take .gz off the name or pack the file");
      }
      return;
    }
    if (::inflateInit2(&zlib, kGzipWindow) != Z_OK) {
      throw Error(ErrorCode::kResource, path.string(), "no memory to unpack gzip data");
    }
    inflating = true;
  }

  std::size_t read_plain(std::span<char> room) {
    if (block_at == block_end) return read_disk(room);
    const std::size_t taken = std::min(room.size(), block_end - block_at);
    std::copy_n(block.data() + block_at, taken, room.data());
    block_at += taken;
    return taken;
  }

  [[noreturn]] void fail_gzip(const char* why) const {
    throw Error(ErrorCode::kUsage, path.string(),
                std::string("the gzip data ") + why + "; fetch or pack the file again");
  }

  // Between members: another may follow, or zero bytes that pad the file (as tapes and some tools
  // leave).
  bool next_member() {
    while (refill() && block[block_at] == '\0') ++block_at;
    if (!refill()) return false;
    ::inflateReset(&zlib);
    member_open = true;
    return true;
  }

  std::size_t read_gzip(std::span<char> room) {
    const std::size_t wanted = std::min<std::size_t>(room.size(), std::numeric_limits<uInt>::max());
    zlib.next_out = reinterpret_cast<Bytef*>(room.data());
    zlib.avail_out = static_cast<uInt>(wanted);
    while (zlib.avail_out == wanted) {
      if (!member_open && !next_member()) return 0;
      if (!refill()) fail_gzip("end before their end mark");
      zlib.next_in = reinterpret_cast<Bytef*>(block.data() + block_at);
      zlib.avail_in = static_cast<uInt>(block_end - block_at);
      const int state = ::inflate(&zlib, Z_NO_FLUSH);
      block_at = block_end - zlib.avail_in;
      if (state == Z_STREAM_END) {
        member_open = false;
      } else if (state != Z_OK && state != Z_BUF_ERROR) {
        fail_gzip("are damaged");
      }
    }
    return wanted - zlib.avail_out;
  }

  std::filesystem::path path;
  int descriptor;
  Digest digest;
  std::uint64_t size_bytes = 0;
  std::vector<char> block;  // bytes read ahead: block_at … block_end - 1 are not yet used
  std::size_t block_at = 0;
  std::size_t block_end = 0;
  z_stream zlib{};
  bool inflating = false;
  bool member_open = true;
};

ByteStream::ByteStream(std::filesystem::path path)
    : impl_(std::make_unique<Impl>(std::move(path))) {
  impl_->look_at_start();
}
ByteStream::~ByteStream() = default;
ByteStream::ByteStream(ByteStream&&) noexcept = default;
ByteStream& ByteStream::operator=(ByteStream&&) noexcept = default;

std::size_t ByteStream::read(std::span<char> room) {
  TESSERA_CHECK(!room.empty());
  return impl_->inflating ? impl_->read_gzip(room) : impl_->read_plain(room);
}

bool ByteStream::is_gzip() const {
  return impl_->inflating;
}
std::uint64_t ByteStream::size_bytes() const {
  return impl_->size_bytes;
}
std::string ByteStream::digest() const {
  return impl_->digest.hex();
}

}  // namespace tessera
