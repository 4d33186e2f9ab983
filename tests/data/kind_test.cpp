#include "data/kind.hpp"

#include <gtest/gtest.h>

#include <set>

namespace tessera {
namespace {

TEST(Kind, EveryNameReadsBackAsItsKind) {
  std::set<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(Kind::kSet); ++i) {
    const Kind kind = static_cast<Kind>(i);
    EXPECT_EQ(kind_from_name(kind_name(kind)), kind);
    names.insert(kind_name(kind));
  }
  EXPECT_EQ(names.size(), 14U) << "two kinds share a name";
}

TEST(Kind, NamesAreThoseOfTheConfig) {
  EXPECT_EQ(kind_name(Kind::kPersonName), "person_name");
  EXPECT_EQ(kind_name(Kind::kDate), "date");
  EXPECT_EQ(kind_name(Kind::kSet), "set");
}

TEST(Kind, TextsHaveAScript) {
  for (const Kind kind :
       {Kind::kPersonName, Kind::kName, Kind::kPlace, Kind::kAddress, Kind::kText}) {
    EXPECT_TRUE(has_script(kind)) << kind_name(kind);
  }
  for (const Kind kind : {Kind::kDate, Kind::kIdentifier, Kind::kSex, Kind::kPhone, Kind::kEmail,
                          Kind::kPostcode, Kind::kNumber, Kind::kGeo, Kind::kSet}) {
    EXPECT_FALSE(has_script(kind)) << kind_name(kind);
  }
}

TEST(Kind, AnotherWordIsNone) {
  EXPECT_EQ(kind_from_name("Date"), std::nullopt);
  EXPECT_EQ(kind_from_name(""), std::nullopt);
}

}  // namespace
}  // namespace tessera
