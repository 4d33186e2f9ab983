// What whoever waits for a run is told of it: which stage it is in, and how long all should take.
#pragma once

#include <functional>
#include <span>
#include <string_view>

namespace tessera {

/// Where a run is.
struct StageProgress {
  std::string_view stage;
  unsigned number = 1;      ///< The stage's place among all, from 1: `3` of `8`.
  unsigned of = 1;          ///< All stages, those of the command after the run with them.
  double share_done = 0.0;  ///< Of the stage's work, in [0, 1]; 0 where that is not known.
  /// Size `of`: how long each stage should take, in seconds of some machine: their proportions
  /// count. Empty: as told before, or not known.
  std::span<const double> expected_s = {};
};

/// Called when a stage begins, when more is known of how long stages take, and now and then within
/// a long one; from the calling thread. May be empty.
using StageWatcher = std::function<void(const StageProgress& progress)>;

}  // namespace tessera
