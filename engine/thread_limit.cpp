#include "engine/thread_limit.hpp"

#include <tbb/global_control.h>
#include <tbb/info.h>

namespace tessera {

struct ThreadLimit::Control {
  explicit Control(unsigned threads)
      : limit(tbb::global_control::max_allowed_parallelism, threads) {}
  tbb::global_control limit;
};

unsigned thread_count(const RunLimits& limits) {
  return limits.threads != 0 ? limits.threads
                             : static_cast<unsigned>(tbb::info::default_concurrency());
}

ThreadLimit::ThreadLimit(unsigned threads) : control_(std::make_unique<Control>(threads)) {}

ThreadLimit::~ThreadLimit() = default;

}  // namespace tessera
