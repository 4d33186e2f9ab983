#include "exchange/write_claim.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "exchange/fhir_reader.hpp"
#include "exchange/openimis_tables.hpp"
#include "tests/exchange/import_texts.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera::test {
namespace {

using Json = nlohmann::json;

// Tables with one claim; `claim`: the row behind its ids, as the header says.
Import tables(const std::string& claim, const std::string& items) {
  const TemporaryFolder folder;
  Import import;
  import_openimis_tables(
      {folder.write("c.csv",
                    "ClaimID,ClaimUUID,InsureeID,ClaimCode,ICDID,ICDID1,HFID,VisitType,DateFrom,"
                    "DateTo,DateClaimed,Claimed,Approved,ClaimStatus,GuaranteeId,Adjustment\n"
                    "7,cccc-7,1," +
                        claim + "\n"),
       folder.write("i.csv",
                    "ClaimItemID,ClaimID,ItemID,QtyProvided,PriceAsked,QtyApproved,"
                    "PriceApproved\n" +
                        items),
       folder.write("icd.csv", "ICDID,ICDCode,ICDName\n4,A09,Cholera\n")},
      import);
  import.finish();
  return import;
}

struct WrittenClaim {
  Json claim;
  std::string response;
  std::size_t left_out = 0;
};

WrittenClaim write(const Import& import) {
  const TableRow claim = all_rows(import, CanonicalTable::kClaim).front();
  ClaimFacts facts{.claim = &claim,
                   .items = rows_of(import, CanonicalTable::kClaimItem, claim.key()),
                   .details = {},
                   .source = "openimis"};
  for (const TableRow& row : all_rows(import, CanonicalTable::kDetail)) {
    if (row["table"] == "claim") facts.details.push_back(row);
  }
  return {Json::parse(write_claim(facts)), write_claim_response(facts), details_left_out(facts)};
}

TEST(WriteClaim, HoldsWhatTheTablesSay) {
  const WrittenClaim written = write(tables(
      "C7,4,5,18,O,2026-02-03,2026-02-04,2026-02-05,1670.00,,2,1234,", "1,7,182,2.00,10.5,,\n"));
  const Json& claim = written.claim;
  EXPECT_EQ(claim["id"], "cccc-7");
  EXPECT_EQ(claim["identifier"][0]["value"], "C7");
  EXPECT_EQ(claim["type"]["coding"][0]["code"], "O");
  EXPECT_EQ(claim["patient"]["reference"], "Patient/1");
  EXPECT_EQ(claim["billablePeriod"]["end"], "2026-02-04");
  EXPECT_EQ(claim["created"], "2026-02-05");
  EXPECT_EQ(claim["provider"]["reference"], "Organization/18");
  EXPECT_EQ(claim["insurance"][0]["coverage"]["display"], "not stated");
  EXPECT_EQ(claim["supportingInfo"][0]["valueString"], "1234");
  const Json& diagnosis = claim["diagnosis"];
  ASSERT_EQ(diagnosis.size(), 2U);
  EXPECT_EQ(diagnosis[0]["diagnosisCodeableConcept"]["coding"][0]["code"], "A09");
  EXPECT_EQ(diagnosis[0]["diagnosisCodeableConcept"]["coding"][0]["display"], "Cholera");
  EXPECT_EQ(diagnosis[1]["diagnosisCodeableConcept"]["coding"][0]["system"],
            "urn:tessera:openimis:diagnosis");
  EXPECT_EQ(diagnosis[1]["diagnosisCodeableConcept"]["coding"][0]["code"], "5");
  const Json& item = claim["item"][0];
  EXPECT_EQ(item["sequence"], 1);
  EXPECT_EQ(item["productOrService"]["coding"][0]["code"], "182");
  EXPECT_EQ(item["quantity"]["value"], 2.0);
  EXPECT_EQ(item["unitPrice"]["value"], 10.5);
  EXPECT_EQ(claim["total"]["value"], 1670.0);
  EXPECT_EQ(written.response, "") << "nothing was decided yet";
  EXPECT_EQ(written.left_out, 0U);
}

TEST(WriteClaim, WhatTheInsurerDecidedIsTheAnswer) {
  const WrittenClaim written =
      write(tables("C7,,,18,O,2026-02-03,,,100,80,8,,less", "1,7,182,2,50,1,40\n2,7,183,1,10,,\n"));
  const Json answer = Json::parse(written.response);
  EXPECT_EQ(answer["resourceType"], "ClaimResponse");
  EXPECT_EQ(answer["request"]["reference"], "Claim/cccc-7");
  EXPECT_EQ(answer["disposition"], "processed");
  EXPECT_EQ(answer["total"][0]["amount"]["value"], 80);
  ASSERT_EQ(answer["item"].size(), 1U);
  EXPECT_EQ(answer["item"][0]["itemSequence"], 1);
  EXPECT_EQ(answer["item"][0]["adjudication"][0]["amount"]["value"], 40);
  EXPECT_EQ(written.left_out, 1U) << "the adjustment";
}

TEST(WriteClaim, WhatIsNotKnownIsNotInvented) {
  const Json claim = write(tables("C7,,,,,,,,,,2,,", "")).claim;
  EXPECT_FALSE(claim.contains("created"));
  EXPECT_EQ(claim["_created"]["extension"][0]["valueCode"], "unknown");
  EXPECT_EQ(claim["provider"]["display"], "not stated");
  EXPECT_EQ(claim["type"]["text"], "not stated");
  EXPECT_FALSE(claim.contains("item"));
  EXPECT_FALSE(claim.contains("total"));
}

// Read as FHIR it is the claim that the tables have.
TEST(WriteClaim, IsReadBack) {
  const Import from =
      tables("C7,4,,18,O,2026-02-03,2026-02-04,2026-02-05,1670.5,,2,1234,", "1,7,182,2.5,10.5,,\n");
  const Import back = imported(write(from).claim.dump(), read_fhir);
  for (const char* column : {"patient_id", "code", "facility_id", "visit_type", "created", "start",
                             "end", "diagnosis", "diagnosis_name", "total", "guarantee"}) {
    EXPECT_EQ(cell(back, CanonicalTable::kClaim, "cccc-7", column),
              cell(from, CanonicalTable::kClaim, "cccc-7", column))
        << column;
  }
  for (const char* column : {"category", "quantity", "unit_price"}) {
    EXPECT_EQ(cell(back, CanonicalTable::kClaimItem, "cccc-7", column),
              cell(from, CanonicalTable::kClaimItem, "cccc-7", column))
        << column;
  }
}

}  // namespace
}  // namespace tessera::test
