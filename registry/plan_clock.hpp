// Tells whoever watches which stage of resolving a registry is at hand, and how long all should
// take.
#pragma once

#include <array>
#include <cstdint>

#include "engine/stage_watch.hpp"
#include "registry/store.hpp"

namespace tessera {

/// Of planning all records and applying the plan, in order.
enum class PlanStage : std::uint8_t { kRead, kResolve, kCompare, kApply };

class PlanClock {
 public:
  /// learn: a model is trained as well. `watcher` must outlive the clock, and may be empty.
  PlanClock(Store& store, bool learn, const StageWatcher& watcher);

  void stage(PlanStage stage);

  /// So much of the stage at hand is done, in [0, 1].
  void progress(double share_done) const;

 private:
  static constexpr unsigned kStages = 4;

  const StageWatcher& watcher_;
  std::array<double, kStages> expected_s_{};
  PlanStage stage_ = PlanStage::kRead;
};

}  // namespace tessera
