#include "engine/thread_limit.hpp"

#include <tbb/global_control.h>
#include <tbb/info.h>

namespace tessera {

struct ThreadLimit::Control {
  tbb::global_control limit;
};

unsigned thread_count(const RunLimits& limits) {
  return limits.threads != 0 ? limits.threads
                             : static_cast<unsigned>(tbb::info::default_concurrency());
}

ThreadLimit::ThreadLimit(unsigned threads)
    : control_(new Control{{tbb::global_control::max_allowed_parallelism, threads}}) {}

ThreadLimit::~ThreadLimit() = default;

}  // namespace tessera
