#include "engine/propose_names.hpp"

#include <gtest/gtest.h>

#include "tests/support/shared_data.hpp"

namespace tessera::test {
namespace {

TEST(ProposeNames, WordsArePartedAsNamesAreWritten) {
  EXPECT_EQ(attribute_name_from("dateOfBirth"), "date_of_birth");
  EXPECT_EQ(attribute_name_from("Date-of Birth"), "date_of_birth");
  EXPECT_EQ(attribute_name_from("DOB"), "dob");
  EXPECT_EQ(attribute_name_from("Prénom"), "prenom");
  EXPECT_EQ(compact_name("phone number"), "phonenumber");
  EXPECT_EQ(compact_name("id.source"), "idsource");
  EXPECT_EQ(compact_name("--"), "");
}

TEST(ProposeNames, TellMeaningsInManyStyles) {
  for (const std::vector<std::string>& row : read_cases("column_meanings.tsv")) {
    ASSERT_EQ(row.size(), 3U);
    const std::optional<NamedMeaning> named = meaning_of_name(row[0]);
    EXPECT_EQ(named ? canonical_name(named->meaning) : "-", row[1]) << row[0] << ": " << row[2];
  }
}

TEST(ProposeNames, PlainerNamesRankFirst) {
  EXPECT_LT(meaning_of_name("date_of_birth")->rank, meaning_of_name("date")->rank);
  EXPECT_LT(meaning_of_name("full_name")->rank, meaning_of_name("name")->rank);
}

TEST(ProposeNames, AnOwnerInFrontIsPassedOver) {
  EXPECT_EQ(meaning_of_name("patient_first_name")->meaning, Meaning::kGivenName);
  EXPECT_EQ(meaning_of_name("insureeLastName")->meaning, Meaning::kFamilyName);
  EXPECT_FALSE(meaning_of_name("guardian_first_name").has_value());
  EXPECT_FALSE(meaning_of_name("head_last_name").has_value());
}

TEST(ProposeNames, RecordIdsRankBeforePersonsAndOthers) {
  EXPECT_LT(id_rank_of_name("record_id"), id_rank_of_name("patient_id"));
  EXPECT_LT(id_rank_of_name("patient_id"), id_rank_of_name("batch_no"));
  EXPECT_FALSE(id_rank_of_name("national_id").has_value());  // a property of the person
  EXPECT_FALSE(id_rank_of_name("phone_number").has_value());
  EXPECT_FALSE(id_rank_of_name("given_name").has_value());
}

TEST(ProposeNames, EveryMeaningHasItsAttribute) {
  for (std::size_t m = 0; m < kMeaningCount; ++m) {
    const auto meaning = static_cast<Meaning>(m);
    EXPECT_EQ(canonical_name(meaning).empty(), meaning >= Meaning::kUpdated) << m;
  }
}

}  // namespace
}  // namespace tessera::test
