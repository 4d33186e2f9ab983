// The one writer of a store: a lock file that names its holder and dies with it.
#pragma once

#include <filesystem>

namespace tessera {

/// Held while it lives. The lock is the kernel's (flock), so that a killed process leaves none.
class StoreLock {
 public:
  /// Takes the lock of `store` (`STORE.lock` beside it). Throws Error: kBusy with the process id of
  /// the holder; kResource if the file cannot be made.
  explicit StoreLock(const std::filesystem::path& store);
  ~StoreLock();
  StoreLock(const StoreLock&) = delete;
  StoreLock& operator=(const StoreLock&) = delete;

 private:
  int descriptor_ = -1;
};

}  // namespace tessera
