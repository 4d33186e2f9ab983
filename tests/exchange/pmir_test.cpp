#include "exchange/pmir.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "exchange/fhir_reader.hpp"
#include "tests/exchange/import_texts.hpp"

namespace tessera::test {
namespace {

using Json = nlohmann::json;

const std::vector<PatientMerge>& merges() {
  static const std::vector<PatientMerge> kMerges = {{"ONE",
                                                     {{"urn:oid:1.2", "one", "", {}, {}, {}}},
                                                     "TWO",
                                                     {"urn:oid:1.2", "two", "", {}, {}, {}}},
                                                    {"http|3",
                                                     {{"urn:oid:1.2", "three", "", {}, {}, {}}},
                                                     "TWO",
                                                     {"urn:oid:1.2", "two", "", {}, {}, {}}}};
  return kMerges;
}

TEST(PmirMessage, OurOwnReaderFindsTheMergesInIt) {
  const Import import = imported(pmir_message(merges(), "2026-11-25T09:30:00Z"), read_fhir);
  EXPECT_EQ(cell(import, CanonicalTable::kRelation, "ONE", "relation"), "replaced_by");
  EXPECT_EQ(cell(import, CanonicalTable::kRelation, "ONE", "related_id"), "TWO");
  EXPECT_EQ(import.packed_rows(CanonicalTable::kEvent).size(), 2U);
}

TEST(PmirMessage, HasTheFormOfTheProfile) {
  const Json message = Json::parse(pmir_message(merges(), "2026-11-25T09:30:00Z"));
  EXPECT_EQ(message["type"], "message");
  EXPECT_EQ(message["timestamp"], "2026-11-25T09:30:00Z");
  const Json header = message["entry"][0]["resource"];
  EXPECT_EQ(header["eventUri"], "urn:ihe:iti:pmir:2019:patient-feed");
  EXPECT_EQ(header["focus"][0]["reference"], message["entry"][1]["fullUrl"]);
  const Json history = message["entry"][1]["resource"];
  EXPECT_EQ(history["type"], "history");
  const Json first = history["entry"][0];
  EXPECT_EQ(first["request"]["method"], "PUT");
  EXPECT_EQ(first["request"]["url"], "Patient/ONE");
  EXPECT_EQ(first["response"]["status"], "200");
  EXPECT_EQ(first["resource"]["active"], false);
  EXPECT_EQ(first["resource"]["link"][0]["other"]["reference"], "Patient/TWO");
  EXPECT_EQ(history["entry"][1]["request"]["url"], "Patient?identifier=urn:oid:1.2|three");
}

TEST(PmirMessage, IsTheSameForTheSameMerges) {
  EXPECT_EQ(pmir_message(merges(), "2026-11-25T09:30:00Z"),
            pmir_message(merges(), "2026-11-25T09:30:00Z"));
}

}  // namespace
}  // namespace tessera::test
