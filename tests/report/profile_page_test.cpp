#include "report/profile_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/report/invented_profile.hpp"

namespace tessera {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(ProfilePage, ShowsColumnsWhatMayMisleadAndForms) {
  const Page page = profile_page(test::invented_profile(), {});
  ASSERT_EQ(page.charts.size(), 3U);
  EXPECT_THAT(page.charts[0].table.rows[0],
              ElementsAre("dob", "date", "attribute birth_date", "01/01/1980 (40), x (20)",
                          "99.9 %", "800"));
  ASSERT_EQ(page.charts[1].table.rows.size(), 2U);
  EXPECT_THAT(
      page.charts[1].table.rows[0],
      ElementsAre("dob", "is a day of the year on which dates heap", "01-01 (60)", "60", "6.0 %"));
  EXPECT_THAT(page.charts[2].table.rows[0],
              ElementsAre("dob", "dates", "dd/mm/yyyy 75.0 %, yyyy-mm-dd 25.0 %"));
  EXPECT_THAT(page.charts[2].table.rows[1],
              ElementsAre("dob", "scripts", "Latin 50.0 %, Khmer 50.0 %"));
  EXPECT_THAT(page.charts[0].says, HasSubstr("2 rows not well formed"));
}

TEST(ProfilePage, ChartsHoldTheSharesOfTheTables) {
  const Page page = profile_page(test::invented_profile(), {});
  const auto spec = nlohmann::json::parse(page.charts[0].spec);
  EXPECT_EQ(spec["datasets"]["columns"][0]["column"], "dob");
  EXPECT_EQ(spec["datasets"]["columns"][0]["filled"], 0.999);
}

TEST(ProfilePage, FilesHaveChartsOfTheirOwnAndEmptyOnesAreLeftOut) {
  std::vector<FileReport> files = test::invented_profile();
  files.push_back(files.front());
  files.back().columns.front().suspicious.clear();
  const Page page = profile_page(files, {});
  std::vector<std::string> ids;
  for (const Chart& chart : page.charts) ids.push_back(chart.id);
  EXPECT_THAT(ids, ElementsAre("columns-1", "misleading-1", "forms-1", "columns-2", "forms-2"));
}

TEST(ProfilePage, SaysWhetherItMayBeShown) {
  EXPECT_THAT(profile_page(test::invented_profile(), {}).notes,
              ElementsAre(HasSubstr("holds values")));
  EXPECT_THAT(profile_page(test::invented_profile(), {.least_holders = 11}).notes,
              ElementsAre(HasSubstr("fewer than 11 records hold are withheld")));
}

}  // namespace
}  // namespace tessera
