#include <gtest/gtest.h>

#include "engine/config_sections.hpp"

namespace tessera {
namespace {

AttributeSpec named(const std::string& name, Kind kind) {
  AttributeSpec attribute;
  attribute.name = name;
  attribute.kind = kind;
  return attribute;
}

bool has(const ComparisonSpec& comparison, LevelFunction function) {
  for (const LevelSpec& level : comparison.levels) {
    if (level.function == function) return true;
  }
  return false;
}

TEST(ConfigPresets, GivenNamesHaveNicknames) {
  EXPECT_TRUE(
      has(preset_for(named("given_name", Kind::kName), 0, Kind::kName), LevelFunction::kNickname));
  EXPECT_FALSE(
      has(preset_for(named("family_name", Kind::kName), 0, Kind::kName), LevelFunction::kNickname));
}

TEST(ConfigPresets, TheFirstOfAPairIsTheGivenName) {
  const std::vector<AttributeSpec> attributes = {named("sur", Kind::kName),
                                                 named("fore", Kind::kName)};
  const std::vector<ComparisonSpec> pair = person_name_comparisons(attributes, 1, 0);
  ASSERT_EQ(pair.size(), 2U);
  EXPECT_EQ(pair[0].name, "fore");
  EXPECT_EQ(pair[0].attribute, 1U);
  EXPECT_TRUE(has(pair[0], LevelFunction::kNickname));
  EXPECT_FALSE(has(pair[1], LevelFunction::kNickname));
  EXPECT_EQ(pair[1].swapped_with, 1U);
}

TEST(ConfigPresets, WhatAPeopleSharesHasNoRareValues) {
  for (const char* name : {"nationality", "ethnicity", "race"}) {
    EXPECT_FALSE(preset_for(named(name, Kind::kText), 0, Kind::kText).term_frequency) << name;
  }
  EXPECT_TRUE(preset_for(named("occupation", Kind::kText), 0, Kind::kText).term_frequency);
}

TEST(ConfigPresets, APresetIsNamedAfterItsAttribute) {
  const ComparisonSpec comparison = preset_for(named("dob", Kind::kDate), 3, Kind::kDate);
  EXPECT_EQ(comparison.name, "dob");
  EXPECT_EQ(comparison.attribute, 3U);
}

}  // namespace
}  // namespace tessera
