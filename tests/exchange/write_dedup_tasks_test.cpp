#include "exchange/write_dedup_tasks.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "exchange/person_list.hpp"
#include "tests/exchange/import_texts.hpp"

namespace tessera::test {
namespace {

TEST(WriteDedupTasks, AGroupHasItsIdsAndWhatAllAgreeOn) {
  const Import import = imported(
      R"([{"record_id": "1", "first_name": "Ana", "last_name": "Rai", "dob": "1988-04-12"},
          {"record_id": "2", "first_name": "Anna", "last_name": "Rai", "dob": "1988-04-12"},
          {"record_id": "3", "first_name": "Bo", "last_name": "Lama", "dob": "1990-01-01"}])",
      read_list_document);
  const std::vector<std::vector<Outgoing>> groups = {
      {{"2", "", "b"}, {"1", "", "a"}}, {{"3", "", "c"}}, {{"3", "", "c"}, {"3", "", "c"}}};
  const Written file = write_dedup_tasks(import, groups);
  const auto summary = nlohmann::json::parse(file.text)["summary"];
  ASSERT_EQ(summary.size(), 1U);
  EXPECT_EQ(summary[0]["count"], 2);
  EXPECT_EQ(summary[0]["ids"], (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(summary[0]["columnValues"], R"({"last_name":"Rai","dob":"1988-04-12"})");
  EXPECT_EQ(file.counts.at("written"), 1U);
  EXPECT_EQ(file.counts.at("left out: one record alone"), 2U);
}

}  // namespace
}  // namespace tessera::test
