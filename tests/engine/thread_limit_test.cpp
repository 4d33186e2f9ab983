#include "engine/thread_limit.hpp"

#include <gtest/gtest.h>
#include <tbb/global_control.h>
#include <tbb/info.h>

namespace tessera {
namespace {

std::size_t allowed() {
  return tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism);
}

TEST(ThreadLimit, HoldsWhileItLives) {
  const std::size_t before = allowed();
  {
    const ThreadLimit one(RunLimits{.threads = 1});
    EXPECT_EQ(allowed(), 1U);
    const ThreadLimit all{RunLimits{}};  // within one that allows less
    EXPECT_EQ(allowed(), 1U);
  }
  EXPECT_EQ(allowed(), before);
}

TEST(ThreadLimit, MoreThreadsThanCoresIfAskedFor) {
  const auto cores = static_cast<unsigned>(tbb::info::default_concurrency());
  const ThreadLimit more(cores + 3);
  EXPECT_EQ(allowed(), cores + 3);
}

TEST(ThreadLimit, NoneAskedForIsTheWholeMachine) {
  EXPECT_EQ(thread_count({}), static_cast<unsigned>(tbb::info::default_concurrency()));
  EXPECT_EQ(thread_count({.threads = 7}), 7U);
}

}  // namespace
}  // namespace tessera
