#include "engine/config_tree.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.hpp"

namespace tessera {
namespace {

TEST(ConfigTree, KeysAndValuesKnowTheirPlaces) {
  const ConfigTable tree = read_config_tree("a = 1\n\n[[b]]\n  c = [true, 'x']\n", "f");
  ASSERT_EQ(tree.keys.size(), 2U);
  const ConfigValue* a = tree.find("a");
  ASSERT_NE(a, nullptr);
  EXPECT_EQ(a->place.line, 1U);
  EXPECT_EQ(a->place.column, 5U);
  const ConfigTable* b = tree.find("b")->array()->items[0].table();
  ASSERT_NE(b, nullptr);
  EXPECT_EQ(b->key_places[0].line, 4U);
  EXPECT_EQ(b->key_places[0].column, 3U);
  EXPECT_EQ(b->values[0].array()->items[1].place.column, 14U);
}

TEST(ConfigTree, EveryTypeHasAName) {
  const ConfigTable tree =
      read_config_tree("a=1\nb=1.5\nc=true\nd='x'\ne=[]\nf={}\ng=07:32:00\nh=2026-01-02\n", "f");
  EXPECT_EQ(config_type_name(*tree.find("a")), "a number");
  EXPECT_EQ(config_type_name(*tree.find("b")), "a number");
  EXPECT_EQ(config_type_name(*tree.find("c")), "true or false");
  EXPECT_EQ(config_type_name(*tree.find("d")), "a text");
  EXPECT_EQ(config_type_name(*tree.find("e")), "a list");
  EXPECT_EQ(config_type_name(*tree.find("f")), "a table");
  EXPECT_EQ(config_type_name(*tree.find("g")), "a time");
  EXPECT_EQ(std::get<std::string>(tree.find("h")->content), "2026-01-02");
}

TEST(ConfigTree, WhatIsNotTomlIsToldWithItsPlace) {
  try {
    read_config_tree("a = 1\nb = = 2\n", "job.toml");
    ADD_FAILURE();
  } catch (const Error& fault) {
    EXPECT_EQ(fault.code(), ErrorCode::kUsage);
    EXPECT_EQ(fault.where(), "job.toml:2:5");
    EXPECT_THAT(fault.what(), testing::HasSubstr("this is not TOML"));
  }
}

}  // namespace
}  // namespace tessera
