#include "exchange/write_updates.hpp"

#include <gtest/gtest.h>

#include "exchange/formats.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera::test {
namespace {

constexpr const char* kAna = "3f6ff3a4-5d1c-4c1c-9d5e-0f5f6b1e9a01";
constexpr const char* kBo = "3f6ff3a4-5d1c-4c1c-9d5e-0f5f6b1e9a02";

/// What the receiver exported, and the update of it.
Written updated(const std::string& rows, const ChangedDetails& changed) {
  const TemporaryFolder folder;
  const std::vector<std::filesystem::path> files = {folder.write("export.csv", rows)};
  return write_updates(files, import_files("social-protection", files), changed);
}

// Expected by what openIMIS does with a row: all of it replaces what there was.
TEST(WriteUpdates, ARowIsTheReceiversWithWhatChanged) {
  const Written file = updated(
      "ID,first_name,last_name,dob,group_code,individual_role,recipient_info,phone_number,"
      "location_name,location_code,able_bodied\n" +
          std::string(kAna) + ",Ana,Rai,12/04/1988,G-7,HEAD,1,0771234,Gulu,V1,true\n" + kBo +
          ",Bo,Rai,2012-08-19,G-7,SON,0,,Gulu,V1,\n",
      {{kAna, {{"phone", "0779999"}, {"family_name", "Rai-Okot"}}}});
  EXPECT_EQ(file.text,
            "ID,first_name,last_name,dob,group_code,individual_role,recipient_info,phone_number,"
            "location_name,location_code,able_bodied\n" +
                std::string(kAna) + ",Ana,Rai-Okot,1988-04-12,G-7,HEAD,1,0779999,Gulu,V1,true\n");
  EXPECT_EQ(file.counts.at("written"), 1U);
}

TEST(WriteUpdates, NothingThatTheReceiverHasNoColumnFor) {
  const std::string rows = "ID,first_name,last_name,dob\n" + std::string(kAna) +
                           ",Ana,Rai,1988-04-12\n" + kBo + ",Bo,Rai,2012-08-19\n";
  const Written file =
      updated(rows, {{kAna, {{"given_name", "Anna"}, {"village", "Gulu"}, {"household", "H"}}},
                     {kBo, {{"village", "Gulu"}}}});
  EXPECT_EQ(file.text,
            "ID,first_name,last_name,dob\n" + std::string(kAna) + ",Anna,Rai,1988-04-12\n");
  EXPECT_EQ(file.counts.at("details for which the receiver's file has no column"), 2U);
  EXPECT_EQ(file.counts.at("left out: the receiver's file has no column for what changed"), 1U);
}

TEST(WriteUpdates, NobodyWhomOpenimisDoesNotKnow) {
  const Written file = updated("record_id,first_name,last_name,dob\n17,Ana,Rai,1988-04-12\n",
                               {{"17", {{"given_name", "Anna"}}}, {kBo, {{"given_name", "Bob"}}}});
  EXPECT_EQ(file.text, "ID\n");
  EXPECT_EQ(file.counts.at("left out: no UUID of openIMIS"), 1U);
  EXPECT_EQ(file.counts.at("left out: not in the receiver's files"), 1U);
}

// Our own enrolment left its record id with openIMIS, as one column more.
TEST(WriteUpdates, TheUuidNamesARecordBeforeAnyOtherColumn) {
  const Written file = updated(
      "record_id,ID,first_name,last_name,dob\nC-17," + std::string(kAna) + ",Ana,Rai,1988-04-12\n",
      {{kAna, {{"given_name", "Anna"}}}});
  EXPECT_EQ(file.text, "ID,record_id,first_name,last_name,dob\n" + std::string(kAna) +
                           ",C-17,Anna,Rai,1988-04-12\n");
}

}  // namespace
}  // namespace tessera::test
