#include "exchange/canonical_reader.hpp"

#include <gtest/gtest.h>

#include "data/error.hpp"
#include "exchange/formats.hpp"
#include "exchange/write_canonical.hpp"
#include "tests/exchange/import_texts.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera::test {
namespace {

namespace fs = std::filesystem;

/// What an import found, without the counts of how it was found.
std::string content(const Import& import) {
  const std::string text = import_text(import);
  return text.substr(0, text.find("== rejects"));
}

TEST(CanonicalReader, TablesWithColumnsInAnyOrderOrLeftOutAreRead) {
  const TemporaryFolder folder;
  const Import import = import_files(
      "canonical", {folder.write("person.csv", "sex,record_id,family_name\nmale,p1,Okello\n")});
  EXPECT_EQ(table_lines(import, CanonicalTable::kPerson),
            std::vector<std::string>{"record_id=p1 | family_name=Okello | sex=male"});
  EXPECT_TRUE(import.raw_lines().empty());
}

TEST(CanonicalReader, AValueWrittenByHandIsPutRightAndKept) {
  const TemporaryFolder folder;
  const Import import = import_files(
      "canonical", {folder.write("person.csv", "record_id,sex,birth_date\np1,F,5/4/1990\n")});
  EXPECT_EQ(cell(import, CanonicalTable::kPerson, "p1", "sex"), "female");
  EXPECT_EQ(cell(import, CanonicalTable::kPerson, "p1", "birth_date"), "1990-04-05");
  EXPECT_EQ(import.raw_lines().size(), 2U);
}

TEST(CanonicalReader, AColumnOfNoTableIsRefusedByName) {
  const TemporaryFolder folder;
  try {
    import_files("canonical", {folder.write("person.csv", "record_id,shoe_size\np1,42\n")});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kUsage);
    EXPECT_NE(std::string(error.what()).find("'shoe_size'"), std::string::npos);
    EXPECT_EQ(std::string(error.what()).find("42"), std::string::npos);
  }
}

TEST(CanonicalReader, ARawValueIsKeptWithItsBlanksAndBadBytes) {
  const TemporaryFolder folder;
  const std::string line = "person,p1,given_name,A,\" A\xff \",blanks,given,a.json";
  const Import import = import_files(
      "canonical", {folder.write("raw.csv", "table,record_id,column,clean,raw,repair,path,file\n" +
                                                line + "\n")});
  EXPECT_EQ(import.raw_lines(), std::vector<std::string>{line});
  EXPECT_THROW(import_files("canonical", {folder.write("raw.csv", "a,b,c,d,e,f,g,h\n")}), Error);
}

TEST(CanonicalReader, AFileOfAnotherNameIsRefused) {
  const TemporaryFolder folder;
  EXPECT_THROW(import_files("canonical", {folder.write("people.csv", "record_id\np1\n")}), Error);
  EXPECT_THROW(import_files("canonical", {folder.write("person.json", "{}")}), Error);
}

TEST(CanonicalReader, ARowWithoutItsKeyIsARejectAndARowOfRawToo) {
  const TemporaryFolder folder;
  const Import import = import_files(
      "canonical", {folder.write("person.csv", "record_id,sex\n,male\np1,male\n"),
                    folder.write("raw.csv",
                                 "table,record_id,column,clean,raw,repair,path,file\n"
                                 "shoes,p1,sex,male,M,code translated,gender,a.json\n"
                                 "person,p1,sex,male,M,magic,gender,a.json\n"
                                 "person,p1,sex,male,M,code translated,gender,a.json\n")});
  EXPECT_EQ(import.rejects().size(), 3U);
  EXPECT_EQ(import.packed_rows(CanonicalTable::kPerson).size(), 1U);
  EXPECT_EQ(import.raw_lines(),
            std::vector<std::string>{"person,p1,sex,male,M,code translated,gender,a.json"});
}

/// Each format's committed samples, and the real messages by format where they are.
std::vector<std::pair<std::string, std::vector<fs::path>>> all_inputs() {
  std::vector<std::pair<std::string, std::vector<fs::path>>> inputs;
  for (const ExchangeFormat& format : exchange_formats()) {
    inputs.emplace_back(format.name, samples(format.name));
  }
  const auto shared = shared_data();
  if (!shared) return inputs;
  const fs::path interop = *shared / "interop";
  const auto real = [&](const char* format, std::vector<const char*> paths) {
    std::vector<fs::path> files;
    for (const char* path : paths) files.push_back(interop / path);
    inputs.emplace_back(format, std::move(files));
  };
  real("fhir", {"openimis/fhir_r4/test_patient.json", "openimis/fhir_r4/test_group.json",
                "openimis/fhir_r4/test_coverage.json", "openimis/fhir_r4/test_claim.json",
                "openimis/fhir_r4/test_claimResponse.json",
                "openimis/fhir_r4/test_coverageEligibilityRequest.json"});
  real("fhir", {"openimis/fhir_r5"});
  real("fhir",
       {"openhie/opencr/patientsBundle.json", "openhie/opencr/potentialmatches.json",
        "openhie/opencr/patient1_openmrs.json", "ihe/pmir", "ihe/pixm/Patient-MohrAlice-Blue.json",
        "ihe/pixm/Patient-MohrMaidenResolvedByMohrMalice-Red.json"});
  real("openimis-tables", {"openimis/demo_tables"});
  real("opencrvs", {"opencrvs/v1_fhir_bundles"});
  real("dci", {"spdci/samples"});
  real("dci", {"opencrvs/dci"});
  real("mosip", {"mosip/identity-data.json", "mosip/identity-mapping.json", "mosip/location.csv"});
  for (const char* list : {"openg2p/registry-individual-data-nig.csv", "openg2p/sample_data2.csv",
                           "opencrvs/mock-identities.json", "govstack/test-data.json",
                           "openhie/uganda_v21_part.csv"}) {
    real("list", {list});
  }
  return inputs;
}

TEST(RoundTrip, WhatAnImportWroteIsReadBackWhole) {
  for (const auto& [format, files] : all_inputs()) {
    SCOPED_TRACE(format + " " + files.front().string());
    const Import before = import_files(format, files);
    const TemporaryFolder folder;
    write_canonical(folder.path() / "tables", before, format);
    const Import after = import_files("canonical", {folder.path() / "tables"});
    EXPECT_EQ(content(after), content(before));
    EXPECT_EQ(after.repairs(), before.repairs());
    EXPECT_TRUE(after.rejects().empty());
  }
}

}  // namespace
}  // namespace tessera::test
