// A file written in ready blocks of bytes, under a temporary name until it is complete.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

namespace tessera {

/// One output file. Blocks go straight to the system: give it large ones. Destroyed without
/// `commit` it leaves nothing behind. data/csv_writer.hpp writes field by field; here whole batches
/// of rows come from many threads.
class BlockFile {
 public:
  /// Opens `path` + `.partial`. Throws Error(kResource).
  explicit BlockFile(std::filesystem::path path);
  ~BlockFile();
  BlockFile(const BlockFile&) = delete;
  BlockFile& operator=(const BlockFile&) = delete;

  /// Appends all bytes of `block`. Throws Error(kResource): disk full and the like.
  void append(std::string_view block);

  /// Syncs, closes and renames into place. Throws Error(kResource). REQUIRES: called once, nothing
  /// appended after.
  void commit();

 private:
  std::filesystem::path path_;
  std::filesystem::path partial_;
  int descriptor_ = -1;
};

}  // namespace tessera
