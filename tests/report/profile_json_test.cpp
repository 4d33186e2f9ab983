#include "report/profile_json.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/report/invented_profile.hpp"

namespace tessera {
namespace {

TEST(ProfileJson, HasEveryFigure) {
  const auto json =
      nlohmann::json::parse(profile_json(test::invented_profile(), {.least_holders = 11}));
  EXPECT_EQ(json["least_holders"], 11);
  const auto& file = json["files"][0];
  EXPECT_EQ(file["rows"], 1000);
  EXPECT_EQ(file["bad_rows"], 2);
  const auto& column = file["columns"][0];
  EXPECT_EQ(column["kind"], "date");
  EXPECT_EQ(column["use"], "attribute birth_date");
  EXPECT_EQ(column["filled"], 999);
  EXPECT_EQ(column["most_frequent"][1]["value"], "x");
  EXPECT_EQ(column["suspicious"][0]["most_frequent"][0]["records"], 60);
  EXPECT_EQ(column["scripts"][1]["script"], "Khmer");
  EXPECT_EQ(column["date_formats"][0]["format"], "dd/mm/yyyy");
}

TEST(ProfileJson, BytesThatAreNoTextAreReplaced) {
  std::vector<FileReport> files = test::invented_profile();
  files[0].columns[0].most_frequent[0].text = "\xff";
  EXPECT_TRUE(nlohmann::json::accept(profile_json(files, {})));
}

}  // namespace
}  // namespace tessera
