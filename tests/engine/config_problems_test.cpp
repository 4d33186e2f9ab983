#include "engine/config_problems.hpp"

#include <gtest/gtest.h>

#include "data/error.hpp"

namespace tessera {
namespace {

TEST(ConfigProblems, NoneThrowsNothing) {
  EXPECT_NO_THROW(ConfigProblems("f").throw_if_any());
}

TEST(ConfigProblems, ComeInTheOrderOfTheText) {
  ConfigProblems problems("job.toml");
  problems.add({7, 1}, "b", "second");
  problems.add({2, 9}, "a", "first");
  problems.add({7, 1}, "c", "third");
  problems.add({}, "", "of the whole");
  try {
    problems.throw_if_any();
    ADD_FAILURE();
  } catch (const Error& fault) {
    EXPECT_EQ(fault.code(), ErrorCode::kUsage);
    EXPECT_STREQ(fault.what(),
                 "job.toml: of the whole\n"
                 "job.toml:2:9: a: first\n"
                 "job.toml:7:1: b: second\n"
                 "job.toml:7:1: c: third");
  }
}

}  // namespace
}  // namespace tessera
