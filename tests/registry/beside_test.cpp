#include "registry/beside.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace tessera {
namespace {

TEST(Beside, WorkIsDoneWhenWaitedFor) {
  Beside beside;
  int sum = 0;
  for (int i = 1; i <= 100; ++i) {
    beside.run([&sum, i] { sum += i; });
    beside.wait();
  }
  EXPECT_EQ(sum, 5050);
  beside.wait();  // nothing was begun
}

TEST(Beside, WhatWorkThrowsIsThrownByWait) {
  Beside beside;
  beside.run([] { throw std::runtime_error("broke"); });
  EXPECT_THROW(beside.wait(), std::runtime_error);
  bool done = false;
  beside.run([&] { done = true; });
  beside.wait();
  EXPECT_TRUE(done);
}

TEST(Beside, EndsOnlyAfterItsWork) {
  int done = 0;
  {
    Beside beside;
    beside.run([&] { done = 1; });
  }
  EXPECT_EQ(done, 1);
  EXPECT_NO_THROW({
    Beside dropped;
    dropped.run([] { throw std::runtime_error("broke"); });
  });
}

}  // namespace
}  // namespace tessera
