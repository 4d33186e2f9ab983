#include "data/heaviest_first.hpp"

#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include <mutex>
#include <stdexcept>
#include <vector>

namespace tessera {
namespace {

TEST(HeaviestFirst, CallsEachOnceAndOnOneThreadByWeight) {
  const std::vector<std::uint64_t> weights = {3, 9, 0, 9, 7};
  const tbb::global_control one(tbb::global_control::max_allowed_parallelism, 1);
  std::vector<std::size_t> called;
  for_each_heaviest_first(weights, [&](std::size_t i) { called.push_back(i); });
  EXPECT_EQ(called, (std::vector<std::size_t>{1, 3, 4, 0, 2}));
}

TEST(HeaviestFirst, CallsEachOnceOnAllThreads) {
  std::vector<std::uint64_t> weights(1000);
  for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = i * 7919 % 1000;
  std::vector<int> calls(weights.size(), 0);
  std::mutex mutex;
  for_each_heaviest_first(weights, [&](std::size_t i) {
    const std::scoped_lock lock(mutex);
    ++calls[i];
  });
  EXPECT_EQ(calls, std::vector<int>(weights.size(), 1));
  for_each_heaviest_first({}, [](std::size_t) { FAIL() << "there is nothing to call"; });
}

TEST(HeaviestFirst, PassesExceptionsOn) {
  const std::vector<std::uint64_t> weights(8, 1);
  EXPECT_THROW(for_each_heaviest_first(weights, [](std::size_t) { throw std::runtime_error(""); }),
               std::runtime_error);
}

}  // namespace
}  // namespace tessera
