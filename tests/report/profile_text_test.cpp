#include "report/profile_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/report/invented_profile.hpp"

namespace tessera {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(ProfileText, TheWholePage) {
  EXPECT_EQ(profile_text(test::invented_profile(), {}),
            "people: people.csv, 1,000 rows (csv)\n"
            "  2 rows not well formed, which tessera link rejects and lists\n"
            "  column  kind  filled  distinct  zero config           most frequent\n"
            "  dob     date  99.9 %       800  attribute birth_date  01/01/1980 (40), x (20)\n"
            "\n"
            "  What may mislead (records)\n"
            "  dob  60  hold a value that is a day of the year on which dates heap: 01-01 (60)\n"
            "  dob   1  holds a value that is a placeholder\n"
            "\n"
            "  Forms of dates\n"
            "  dob  dd/mm/yyyy 75.0 %, yyyy-mm-dd 25.0 %\n"
            "\n"
            "  Scripts\n"
            "  dob  Latin 50.0 %, Khmer 50.0 %\n");
}

TEST(ProfileText, SaysThatValuesAreWithheld) {
  EXPECT_THAT(profile_text(test::invented_profile(), {.least_holders = 11}),
              HasSubstr("Values that fewer than 11 records hold are withheld."));
}

TEST(ProfileText, OneScriptThatIsLatinIsNotNews) {
  std::vector<FileReport> files = test::invented_profile();
  files[0].columns[0].scripts = {{"Latin", 9}};
  EXPECT_THAT(profile_text(files, {}), Not(HasSubstr("Scripts")));
  files[0].columns[0].scripts = {{"Khmer", 9}};
  EXPECT_THAT(profile_text(files, {}), HasSubstr("Khmer 100.0 %"));
}

TEST(ProfileText, NearlyAllIsNotAllAndHardlyAnyIsNotNone) {
  std::vector<FileReport> files = test::invented_profile();
  files[0].rows = 1'000'000;
  files[0].columns[0].filled = 999'999;
  EXPECT_THAT(profile_text(files, {}), HasSubstr(">99.9 %"));
  files[0].columns[0].filled = 1;
  EXPECT_THAT(profile_text(files, {}), HasSubstr("<0.1 %"));
  files[0].rows = 0;
  files[0].columns[0].filled = 0;
  EXPECT_THAT(profile_text(files, {}), HasSubstr(" - "));
}

TEST(ProfileText, HostileValuesDoNothing) {
  std::vector<FileReport> files = test::invented_profile();
  files[0].columns[0].name = "d\033[31mob";
  files[0].columns[0].most_frequent[0].text = "\033]0;x\007\n\u202e";
  const std::string text = profile_text(files, {});
  EXPECT_THAT(text, Not(HasSubstr("\033")));
  EXPECT_THAT(text, Not(HasSubstr("\u202e")));
}

}  // namespace
}  // namespace tessera
