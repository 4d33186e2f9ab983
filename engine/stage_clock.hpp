// Times the stages of a run and tells whoever watches.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "engine/pipeline.hpp"
#include "engine/run_facts.hpp"

namespace tessera {

/// Runs stages one after another, each timed.
class StageClock {
 public:
  StageClock(unsigned stages, const StageStarted& started)
      : stages_(stages), started_(started), begin_(Clock::now()) {}

  /// Runs `work` as the next stage and returns its result.
  template <class Work>
  auto stage(const char* name, const Work& work) {
    if (started_) started_(name, static_cast<unsigned>(times_.size() + 1), stages_);
    const Timer timer{*this, name, Clock::now()};
    return work();
  }

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

  unsigned stages_;
  const StageStarted& started_;
  Clock::time_point begin_;
  std::vector<StageTime> times_;
};

/// The most memory that this process has held so far, in bytes (getrusage).
std::uint64_t peak_memory_bytes();

}  // namespace tessera
