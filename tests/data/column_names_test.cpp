#include "data/column_names.hpp"

#include <gtest/gtest.h>

#include "data/error.hpp"
#include "tests/data/read_support.hpp"

namespace tessera {
namespace {

const std::vector<std::string> kColumns = {"id", "Given_Name", "given_name", "DOB", "SEX", "Sex"};

TEST(ColumnNames, ExactNameComesFirst) {
  EXPECT_EQ(find_column(kColumns, "given_name"), 2U);
  EXPECT_EQ(find_column(kColumns, "Given_Name"), 1U);
}

TEST(ColumnNames, CaseIsForgivenWhereOneColumnFits) {
  EXPECT_EQ(find_column(kColumns, "dob"), 3U);
  EXPECT_EQ(find_column(kColumns, "ID"), 0U);
  EXPECT_EQ(find_column(kColumns, "sex"), std::nullopt) << "SEX and Sex fit both";
  EXPECT_EQ(find_column(kColumns, "born"), std::nullopt);
}

TEST(ColumnNames, NearNameIsSuggested) {
  EXPECT_EQ(did_you_mean(kColumns, "given_nme"), " did you mean 'Given_Name'?");
  EXPECT_EQ(did_you_mean(kColumns, "dab"), " did you mean 'DOB'?");
  EXPECT_EQ(did_you_mean(kColumns, "nationality"), "");
  EXPECT_EQ(did_you_mean({}, "x"), "");
}

TEST(ColumnNames, RepeatedNameIsTold) {
  EXPECT_EQ(test::error_of([] { check_column_names(kColumns, "f.csv:1"); }), "");
  const std::vector<std::string> repeated = {"a", "", "b", "", "a"};
  EXPECT_EQ(test::error_of([&] { check_column_names(repeated, "f.csv:1"); }),
            "2 f.csv:1: column 'a' stands twice (columns 1 and 5); rename one of them");
}

}  // namespace
}  // namespace tessera
