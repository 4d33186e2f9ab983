#include <gtest/gtest.h>

#include "tests/generate/culture_checks.hpp"

namespace tessera {
namespace {

TEST(NamesOfSouthAsia, NepaliListsAreComplete) {
  test::expect_complete(nepali_names());
}

TEST(NamesOfSouthAsia, IndianListsAreComplete) {
  test::expect_complete(indian_names());
}

TEST(NamesOfSouthAsia, BengaliListsAreComplete) {
  test::expect_complete(bengali_names());
}

}  // namespace
}  // namespace tessera
