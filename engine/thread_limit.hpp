// How many threads a job may use, for as long as it runs.
#pragma once

#include <memory>

#include "engine/job.hpp"

namespace tessera {

/// As asked for, else as many as the machine has.
unsigned thread_count(const RunLimits& limits);

/// Holds all parallel work of the process to so many threads while it lives; where several live,
/// the least counts. A command holds one from its first step to its last file; what engine and
/// registry offer holds one for callers that do not.
class ThreadLimit {
 public:
  explicit ThreadLimit(unsigned threads);
  explicit ThreadLimit(const RunLimits& limits) : ThreadLimit(thread_count(limits)) {}
  ~ThreadLimit();
  ThreadLimit(const ThreadLimit&) = delete;
  ThreadLimit& operator=(const ThreadLimit&) = delete;

 private:
  struct Control;
  std::unique_ptr<Control> control_;
};

}  // namespace tessera
