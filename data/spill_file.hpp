// A file without a name that holds what a job will need only later, so that memory is free for now.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

namespace tessera {

/// Bytes put aside on disk. The file has no name in its folder: it is gone when the object is, and
/// when the process is killed.
class SpillFile {
 public:
  /// Makes the file in `folder`, or in the nearest folder above it that there is: a folder for
  /// results may not have been made yet. Empty: in the system's folder for temporary files. Throws
  /// Error(kResource) if it cannot be made.
  explicit SpillFile(const std::filesystem::path& folder);
  ~SpillFile();
  SpillFile(const SpillFile&) = delete;
  SpillFile& operator=(const SpillFile&) = delete;

  /// Where the bytes of one call lie.
  struct Place {
    std::uint64_t offset = 0;
    std::uint64_t size_bytes = 0;
  };

  /// Appends bytes. Throws Error(kResource) if the disk does not take them.
  Place write(std::span<const std::byte> bytes);

  /// Reads them again. REQUIRES: `bytes` is as large as the place. Throws Error(kResource) if the
  /// disk does not give them.
  void read(const Place& place, std::span<std::byte> bytes) const;

  std::uint64_t size_bytes() const { return size_bytes_; }

 private:
  std::filesystem::path folder_;
  int descriptor_ = -1;
  std::uint64_t size_bytes_ = 0;
};

}  // namespace tessera
