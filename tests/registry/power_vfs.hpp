// A file system under SQLite that loses power: what was written and not synced is there or not,
// write by write, as chance has it.
#pragma once

#include <cstdint>

namespace tessera::test {

/// Registers itself as SQLite's file system for this process on first use. Until `cut_after` it
/// passes everything on and remembers, file by file, what is not synced yet.
class PowerVfs {
 public:
  static PowerVfs& instance();

  /// Forgets all files: what they hold now is durable.
  void begin();

  /// Power goes before the `operations`-th write, truncation or sync from now (the first is 1):
  /// from then on every operation fails.
  void cut_after(std::uint64_t operations);
  bool is_cut() const;

  /// Power is back: each file is left as it was when last synced, with a random subset of the later
  /// writes (by `seed`), in their order; a write may be there in part, up to a sector. REQUIRES: no
  /// file is open.
  void restore(std::uint64_t seed);

 private:
  PowerVfs();
};

}  // namespace tessera::test
