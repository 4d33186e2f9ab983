#include "exchange/write_lists.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "exchange/person_list.hpp"
#include "tests/exchange/import_texts.hpp"

namespace tessera::test {
namespace {

Import household() {
  return imported(
      R"([{"record_id": "1", "first_name": "Ana", "last_name": "Rai", "dob": "1988-04-12",
           "sex": "F", "household": "H", "role": "head"},
          {"record_id": "2", "first_name": "Bo", "last_name": "Rai", "dob": "2012-08-19",
           "sex": "M", "household": "H", "role": "son"},
          {"record_id": "3", "first_name": "Chi", "last_name": "Rai", "dob": "2014-08-19",
           "household": "H", "role": "child"},
          {"record_id": "4", "first_name": "Di", "last_name": "Rai", "dob": "2014"}])",
      read_list_document);
}

TEST(WriteSocialProtection, EnrolsWhomOpenimisTakes) {
  const Import import = household();
  const Outbound outbound{import, {{"1", "ID1"}, {"2"}, {"3"}, {"4"}, {"5"}}};
  const Written file = write_social_protection(outbound);
  EXPECT_EQ(file.text,
            "first_name,last_name,dob,group_code,individual_role,recipient_info,record_id,"
            "beneficiary_identifier,family_role,sex\n"
            "Ana,Rai,1988-04-12,H,HEAD,1,1,ID1,,female\n"
            "Bo,Rai,2012-08-19,H,SON,0,2,,,male\n"
            "Chi,Rai,2014-08-19,H,OTHER RELATIVE,0,3,,child,\n");
  EXPECT_EQ(file.counts.at("written"), 3U);
  EXPECT_EQ(file.counts.at("left out: no whole birth date"), 1U);
  EXPECT_EQ(file.counts.at("left out: not in the tables"), 1U);
}

TEST(WriteMatchedList, BothShapesSayTheSame) {
  const Import import = household();
  const Outbound outbound{import, {{"2", "ID2", "R2"}, {"9"}}};
  const Written csv = write_matched_list(outbound, ListShape::kCsv);
  EXPECT_EQ(csv.text,
            "record_id,beneficiary_identifier,receiver_id,birth_date,family_name,given_name,"
            "household,household_role,sex\n2,ID2,R2,2012-08-19,Rai,Bo,H,child,male\n");
  const Written json = write_matched_list(outbound, ListShape::kJson);
  const auto records = nlohmann::json::parse(json.text)["records"];
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0]["receiver_id"], "R2");
  EXPECT_EQ(records[0]["given_name"], "Bo");
  EXPECT_EQ(csv.counts, json.counts);
  EXPECT_EQ(csv.counts.at("left out: not in the tables"), 1U);
}

}  // namespace
}  // namespace tessera::test
