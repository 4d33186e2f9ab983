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
}

TEST(SplitKeyPart, RefusesWhatHasNotTheForm) {
  for (const char* text : {"", "prefix(family_name,2", "prefix(family_name,two)", "(x)", "prefix()",
                           "a,b", "prefix(suffix(a,1),2)", "prefix(a,-1)"}) {
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
  EXPECT_EQ(split_key_part(key_part_text({KeyFunction::kSuffix, 0, 4}, "phone"))->length, 4U);
}

}  // namespace
}  // namespace tessera
