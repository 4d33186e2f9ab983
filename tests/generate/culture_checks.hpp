// What must hold for the names of every culture.
#pragma once

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "data/unicode.hpp"
#include "generate/names.hpp"

namespace tessera::test {

/// Every name of the pool is valid UTF-8, begins with a capital, and holds only letters, ' and -.
inline void expect_well_formed(const NamePool& pool) {
  for (std::size_t i = 0; i < pool.size(); ++i) {
    const std::string name(pool[i]);
    ASSERT_TRUE(is_utf8(name)) << name;
    const std::u32string letters = decode_utf8(without_diacritics(name));
    ASSERT_GE(letters.size(), 2U) << name;
    ASSERT_TRUE(letters[0] >= U'A' && letters[0] <= U'Z') << name;
    for (const char32_t c : letters) {
      const bool letter = (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
      ASSERT_TRUE(letter || c == U'\'' || c == U'-') << name;
    }
  }
}

/// The culture's lists hang together: given names by the hundred, twins and nicknames in pairs that
/// differ.
inline void expect_complete(const CultureSpec& spec) {
  const CultureNames names(spec);
  expect_well_formed(names.male);
  expect_well_formed(names.female);
  expect_well_formed(names.family);
  EXPECT_GE(names.male.size(), 300U);
  EXPECT_GE(names.female.size(), 300U);
  EXPECT_GE(names.male_twins.size(), 3U);
  EXPECT_GE(names.female_twins.size(), 3U);
  for (const auto& twins : {names.male_twins, names.female_twins}) {
    for (const TwinNames& pair : twins) {
      EXPECT_FALSE(pair.second.empty()) << pair.first;
      EXPECT_NE(pair.first, pair.second);
    }
  }
  EXPECT_GE(names.nicknames.size(), 12U);
  for (const Nickname& nickname : names.nicknames) {
    ASSERT_FALSE(nickname.short_forms.empty()) << nickname.name;
    for (const std::string_view form : nickname.short_forms) {
      EXPECT_NE(form, nickname.name);
      EXPECT_FALSE(form.empty()) << nickname.name;
    }
    EXPECT_EQ(names.short_forms(nickname.name).size(), nickname.short_forms.size());
  }
}

}  // namespace tessera::test
