// Tells how far look-ups are through a file of queries.
#pragma once

#include <cstdint>
#include <istream>
#include <optional>
#include <string>

#include "engine/stage_watch.hpp"

namespace tessera {

/// How much of a file has been read: of one whose size is known, a share, else only that it goes
/// on. A pipe has no size.
class LookUpClock {
 public:
  /// `input`: open, at its beginning; `path`: what it was opened from. Both it and `watcher` must
  /// outlive the clock.
  LookUpClock(std::istream& input, const std::string& path, const StageWatcher& watcher);

  /// As much is done as was read.
  void tell() const;

 private:
  std::istream& input_;
  const StageWatcher& watcher_;
  std::uint64_t size_bytes_ = 0;  // 0: not known
};

}  // namespace tessera
