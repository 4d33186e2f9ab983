// A folder into which several files appear together, each only when all are complete.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tessera {

/// A file being written aside, and to disk as it grows. Every write is checked.
class StagedFile {
 public:
  explicit StagedFile(std::filesystem::path path);
  ~StagedFile();
  StagedFile(const StagedFile&) = delete;
  StagedFile& operator=(const StagedFile&) = delete;

  /// Throws Error(kResource): disk full and the like.
  void write(std::string_view bytes);

  /// Closes; what is not yet on disk is on its way. Throws Error(kResource).
  void finish();

 private:
  void start_disk();

  std::filesystem::path path_;
  int descriptor_ = -1;
  std::uint64_t written_ = 0;  // bytes
  std::uint64_t started_ = 0;  // of them, those on their way to disk
};

/// Stages files in `folder`/.tessera-partial, which only one process at a time may hold, and moves
/// them into place. Destroyed without commit it leaves the folder as it was found.
class OutputFolder {
 public:
  /// Makes the folder if need be and clears what an interrupted job left aside.
  /// Throws Error: kResource with the system's reason; kBusy if another job is writing there.
  explicit OutputFolder(std::filesystem::path folder);
  ~OutputFolder();
  OutputFolder(const OutputFolder&) = delete;
  OutputFolder& operator=(const OutputFolder&) = delete;

  /// Where the file `name` is written until commit.
  std::filesystem::path staged(std::string_view name) const;

  /// Moves the files into place in the order given and syncs the folder. Each move is atomic.
  /// Throws Error(kResource): before the first move if any file is missing or its place is taken by
  /// a folder.
  void commit(std::span<const std::string_view> names);

 private:
  std::filesystem::path folder_;
  std::filesystem::path staging_;
  int lock_ = -1;  // the staging folder's descriptor, locked
};

}  // namespace tessera
