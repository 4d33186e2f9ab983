#include <gtest/gtest.h>

#include "tests/generate/culture_checks.hpp"

namespace tessera {
namespace {

TEST(NamesOfAfrica, EastAfricanListsAreComplete) {
  test::expect_complete(east_african_names());
}

TEST(NamesOfAfrica, WestAfricanListsAreComplete) {
  test::expect_complete(west_african_names());
}

TEST(NamesOfAfrica, EthiopianListsAreComplete) {
  test::expect_complete(ethiopian_names());
}

}  // namespace
}  // namespace tessera
