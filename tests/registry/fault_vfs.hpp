// A file system under SQLite that fails when told to: a full disk, a write error, a failed sync.
#pragma once

#include <cstdint>

namespace tessera::test {

enum class DiskFault : std::uint8_t { kFull, kWriteError, kSyncError };

/// Registers itself as SQLite's file system for this process on first use; passes everything on to
/// the system's own until armed.
class FaultVfs {
 public:
  static FaultVfs& instance();

  /// From now on the `after`-th operation of the fault's kind (writes and truncations, or syncs;
  /// the first is 1) fails; `lasting`: all later ones too.
  void arm(DiskFault fault, std::uint64_t after, bool lasting);
  void disarm();

  /// Whether the fault has struck since it was armed.
  bool struck() const;

 private:
  FaultVfs();
};

}  // namespace tessera::test
