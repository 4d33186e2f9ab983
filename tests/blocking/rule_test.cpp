#include "blocking/rule.hpp"

#include <gtest/gtest.h>

namespace tessera {
namespace {

TEST(SplitKeyPart, ReadsEachForm) {
  const KeyPartText bare = split_key_part(" birth_date ").value();
  EXPECT_EQ(bare.function, "");
  EXPECT_EQ(bare.attribute, "birth_date");
  const KeyPartText prefix = split_key_part("prefix( family_name , 2 )").value();
  EXPECT_EQ(prefix.function, "prefix");
  EXPECT_EQ(prefix.attribute, "family_name");
  EXPECT_EQ(prefix.length, 2U);
  EXPECT_EQ(prefix.with, "");
}

TEST(SplitKeyPart, ReadsTwoAttributes) {
  const KeyPartText both = split_key_part("sounds( given_name , family_name )").value();
  EXPECT_EQ(both.function, "sounds");
  EXPECT_EQ(both.attribute, "given_name");
  EXPECT_EQ(both.with, "family_name");
  EXPECT_FALSE(both.length.has_value());
}

TEST(TakesTwo, HoldsForFunctionsOfWords) {
  EXPECT_TRUE(takes_two(KeyFunction::kTokens));
  EXPECT_TRUE(takes_two(KeyFunction::kSounds));
  EXPECT_TRUE(takes_two(KeyFunction::kSortedSounds));
  EXPECT_FALSE(takes_two(KeyFunction::kSoundex));
  EXPECT_FALSE(takes_two(KeyFunction::kValue));
}

TEST(SplitKeyPart, RefusesWhatHasNotTheForm) {
  for (const char* text :
       {"", "prefix(family_name,2", "(x)", "prefix()", "a,b", "prefix(suffix(a,1),2)",
        "prefix(a,-1)", "sounds(a,)", "sounds(,a)", "sounds(a,b,c)"}) {
    EXPECT_FALSE(split_key_part(text).has_value()) << text;
  }
}

TEST(KeyFunction, EveryNameIsReadBack) {
  for (const std::string_view name : key_function_names()) {
    EXPECT_EQ(key_function_name(key_function_from_name(name).value()), name);
  }
  EXPECT_EQ(key_function_from_name(""), KeyFunction::kValue);
  EXPECT_FALSE(key_function_from_name("sondex").has_value());
}

TEST(KeyPartTextForm, IsReadBack) {
  EXPECT_EQ(key_part_text({KeyFunction::kPrefix, 0, 3}, "name"), "prefix(name,3)");
  EXPECT_EQ(key_part_text({KeyFunction::kValue, 0, 0}, "name"), "name");
  const std::string two = key_part_text({KeyFunction::kSounds, 0, 0, 1}, "given", "family");
  EXPECT_EQ(two, "sounds(given,family)");
  EXPECT_EQ(split_key_part(two)->with, "family");
  EXPECT_EQ(split_key_part(key_part_text({KeyFunction::kSuffix, 0, 4}, "phone"))->length, 4U);
}

}  // namespace
}  // namespace tessera
