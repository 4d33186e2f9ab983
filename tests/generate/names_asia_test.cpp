#include <gtest/gtest.h>

#include "tests/generate/culture_checks.hpp"

namespace tessera {
namespace {

TEST(NamesOfAsia, ArabicListsAreComplete) {
  test::expect_complete(arabic_names());
}

TEST(NamesOfAsia, KhmerListsAreComplete) {
  test::expect_complete(khmer_names());
}

TEST(NamesOfAsia, CentralAsianListsAreComplete) {
  test::expect_complete(central_asian_names());
}

}  // namespace
}  // namespace tessera
