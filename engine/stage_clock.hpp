// Times the stages of a run and tells whoever watches, with how long they should take.
#pragma once

#include <algorithm>
#include <chrono>
#include <span>
#include <string>
#include <vector>

#include "engine/pipeline.hpp"
#include "engine/run_facts.hpp"

namespace tessera {

/// Runs stages one after another, each timed.
class StageClock {
 public:
  /// `watcher` must outlive the clock.
  StageClock(unsigned stages, const StageWatcher& watcher)
      : stages_(stages), watcher_(watcher), begin_(Clock::now()) {}

  /// Runs `work` as the next stage and returns its result.
  template <class Work>
  auto stage(const char* name, const Work& work) {
    stage_ = name;
    tell(0.0);
    const Timer timer{*this, name, Clock::now()};
    return work();
  }

  bool is_watched() const { return static_cast<bool>(watcher_); }

  /// From now on stages should take so long: those of `expected_s` that this run has, told with the
  /// next stage.
  void expect(std::span<const double> expected_s) {
    const auto of_run = expected_s.first(std::min<std::size_t>(expected_s.size(), stages_));
    expected_s_.assign(of_run.begin(), of_run.end());
  }

  /// So much of the stage at hand is done, in [0, 1].
  void progress(double share_done) { tell(share_done); }

  const std::vector<StageTime>& times() const { return times_; }
  double elapsed_s() const { return seconds(begin_); }

 private:
  using Clock = std::chrono::steady_clock;

  struct Timer {
    StageClock& clock;
    const char* name;
    Clock::time_point from;
    ~Timer() { clock.times_.push_back({name, seconds(from)}); }
  };

  static double seconds(Clock::time_point from) {
    return std::chrono::duration<double>(Clock::now() - from).count();
  }

  void tell(double share_done) const {
    if (!watcher_) return;
    watcher_({stage_, static_cast<unsigned>(times_.size() + 1), stages_, share_done, expected_s_});
  }

  unsigned stages_;
  const StageWatcher& watcher_;
  const char* stage_ = "";
  std::vector<double> expected_s_;
  Clock::time_point begin_;
  std::vector<StageTime> times_;
};

/// The most memory that this process has held so far, in bytes (getrusage).
std::uint64_t peak_memory_bytes();

}  // namespace tessera
