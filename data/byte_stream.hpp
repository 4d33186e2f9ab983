// The bytes of one input file, in pieces: gunzipped if need be, counted and digested as they lie on
// disk.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

namespace tessera {

/// A file opened for one pass. Plain and gzip (told by its first two bytes, not by its name;
/// several members may follow each other) read alike. A pipe will do: the file is read once,
/// forwards.
class ByteStream {
 public:
  /// Opens `path`. Throws Error: kUsage if there is no such file, it is a folder, or its name ends
  /// in .gz and it is not gzip; kResource if it cannot be read.
  explicit ByteStream(std::filesystem::path path);
  ~ByteStream();
  ByteStream(ByteStream&&) noexcept;
  ByteStream& operator=(ByteStream&&) noexcept;

  /// Fills the front of `room` (not empty) and returns how many bytes; 0 only at the end. Throws
  /// Error: kUsage if gzip data are damaged or end early, kResource if the disk fails.
  std::size_t read(std::span<char> room);

  bool is_gzip() const;

  /// Bytes on disk read so far; the file's size once `read` returned 0.
  std::uint64_t size_bytes() const;

  /// Hex digest of the bytes on disk read so far (data/digest.hpp).
  std::string digest() const;

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace tessera
