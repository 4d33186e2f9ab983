// Every format on its own sample and on the real messages: what comes out is as expected, and no
// mapped value is lost.
#include "exchange/formats.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "data/error.hpp"
#include "tests/exchange/import_texts.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera::test {
namespace {

namespace fs = std::filesystem;

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// An import and every document that was read, as its reader left it.
struct Watched {
  Import import;
  std::vector<Node> documents;
};

Watched watch(std::string_view format, const std::vector<fs::path>& files) {
  Watched watched;
  watched.import.on_document([&](const Node& root) { watched.documents.push_back(root); });
  find_format(format)->import(files, watched.import);
  watched.import.on_document({});
  watched.import.finish();
  return watched;
}

std::vector<std::string> names() {
  std::vector<std::string> names;
  for (const ExchangeFormat& format : exchange_formats()) names.emplace_back(format.name);
  return names;
}

class Format : public testing::TestWithParam<std::string> {};

TEST_P(Format, GivesTheExpectedTablesOfItsSample) {
  const std::string text = import_text(import_files(GetParam(), samples(GetParam())));
  const fs::path expected = "tests/exchange/expected/" + GetParam() + ".txt";
  if (std::getenv("TESSERA_UPDATE_GOLDEN") != nullptr) {
    fs::create_directories(expected.parent_path());
    std::ofstream(expected, std::ios::binary) << text;
  }
  EXPECT_EQ(text, read_file(expected)) << expected;
}

TEST_P(Format, LosesNoMappedValueOfItsSample) {
  const Watched watched = watch(GetParam(), samples(GetParam()));
  EXPECT_FALSE(watched.documents.empty());
  EXPECT_EQ(lost_texts(watched.import, watched.documents), std::vector<std::string>{});
}

TEST_P(Format, TheOrderOfFilesDoesNotMatter) {
  std::vector<fs::path> files = samples(GetParam());
  const std::string forward = import_text(import_files(GetParam(), files));
  std::reverse(files.begin(), files.end());
  const Import backward = import_files(GetParam(), files);
  const std::string text = import_text(backward);
  const auto tables = [](const std::string& all) { return all.substr(0, all.find("== rejects")); };
  EXPECT_EQ(tables(text), tables(forward));
}

INSTANTIATE_TEST_SUITE_P(All, Format, testing::ValuesIn(names()),
                         [](const testing::TestParamInfo<std::string>& format) {
                           std::string name = format.param;
                           std::erase(name, '-');
                           return name;
                         });

/// Real messages, by paths under interop, and the rows expected of them: persons, families,
/// coverages, claims, events, rejects.
struct RealCase {
  const char* format;
  std::vector<const char*> paths;
  std::array<std::size_t, 6> rows;
};

const std::vector<RealCase>& real_cases() {
  // Expected counts: of the JSON by hand, of the tables and lists by their lines.
  static const std::vector<RealCase> kCases = {
      {"fhir",
       {"openimis/fhir_r4/test_patient.json", "openimis/fhir_r4/test_group.json",
        "openimis/fhir_r4/test_coverage.json", "openimis/fhir_r4/test_claim.json",
        "openimis/fhir_r4/test_claimResponse.json",
        "openimis/fhir_r4/test_coverageEligibilityRequest.json"},
       {1, 1, 1, 3, 0, 0}},
      {"fhir",
       {"openimis/fhir_r5/Patient-jane-doe.json", "openimis/fhir_r5/Group-doe-family.json",
        "openimis/fhir_r5/Coverage-JoeDoeCoverage.json", "openimis/fhir_r5/Claim-Claim001.json"},
       {1, 1, 1, 1, 0, 0}},
      {"fhir",
       {"openhie/opencr/patient1_openmrs.json", "openhie/opencr/patient2_dhis2.json",
        "openhie/opencr/patient3_lims.json"},
       {3, 0, 0, 0, 0, 0}},
      {"fhir", {"openhie/opencr/patientsBundle.json"}, {8, 0, 0, 0, 0, 0}},
      {"fhir", {"openhie/opencr/potentialmatches.json"}, {2, 0, 0, 0, 0, 0}},
      {"fhir", {"ihe/pmir"}, {3, 0, 0, 0, 1, 0}},
      {"fhir",
       {"ihe/pixm/Patient-MaidenAlice-Red.json", "ihe/pixm/Patient-MohrAlice-Blue.json",
        "ihe/pixm/Patient-MohrAlice-Red.json", "ihe/pixm/Patient-MohrAlissa-Red.json",
        "ihe/pixm/Patient-MohrMaidenResolvedByMohrMalice-Red.json"},
       {5, 0, 0, 0, 1, 0}},
      {"openimis-tables", {"openimis/demo_tables"}, {49, 16, 65, 10, 0, 0}},
      {"opencrvs", {"opencrvs/v1_fhir_bundles"}, {9, 0, 0, 0, 4, 0}},
      {"dci", {"spdci/samples"}, {2, 1, 0, 0, 2, 0}},
      {"mosip",
       {"mosip/identity-data.json", "mosip/identity-mapping.json", "mosip/location.csv"},
       {1, 0, 0, 0, 0, 0}},
      {"list", {"openg2p/registry-individual-data-nig.csv"}, {200, 0, 0, 0, 0, 0}},
      {"list", {"openg2p/sample_data2.csv"}, {200, 200, 0, 0, 0, 0}},
      {"list", {"opencrvs/mock-identities.json"}, {80, 0, 0, 0, 0, 0}},
      {"list", {"govstack/test-data.json"}, {23, 0, 0, 0, 0, 0}}};
  return kCases;
}

TEST(RealMessages, AreReadWholeAndLoseNoMappedValue) {
  const auto shared = shared_data();
  if (!shared) GTEST_SKIP() << "needs ../shared/data/interop";
  for (const RealCase& one : real_cases()) {
    std::vector<fs::path> files;
    for (const char* path : one.paths) {
      const fs::path at = *shared / "interop" / path;
      if (!fs::is_directory(at)) {
        files.push_back(at);
        continue;
      }
      for (const auto& entry : fs::directory_iterator(at)) files.push_back(entry.path());
    }
    SCOPED_TRACE(one.paths.front());
    const Watched watched = watch(one.format, files);
    const auto rows = [&](CanonicalTable table) {
      return watched.import.packed_rows(table).size();
    };
    const std::array<std::size_t, 6> found = {
        rows(CanonicalTable::kPerson),   rows(CanonicalTable::kFamily),
        rows(CanonicalTable::kCoverage), rows(CanonicalTable::kClaim),
        rows(CanonicalTable::kEvent),    watched.import.rejects().size()};
    EXPECT_EQ(found, one.rows);
    EXPECT_EQ(lost_texts(watched.import, watched.documents), std::vector<std::string>{});
  }
}

TEST(Formats, AnUnknownOneIsRefusedWithThoseKnown) {
  try {
    import_files("hl7v2", {"x"});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kUsage);
    EXPECT_NE(std::string(error.what()).find("fhir, openimis-tables"), std::string::npos);
  }
}

// The share that is done grows to 1, whatever the files: lines, one document, a table.
TEST(Formats, TellHowFarTheyAre) {
  const TemporaryFolder folder;
  std::string lines;
  std::string list = "id,first_name,last_name,dob\n";
  for (int i = 0; i < 40'000; ++i) {
    lines += R"({"resourceType":"Patient","id":")" + std::to_string(i) + "\"}\n";
    list += std::to_string(i) + ",Amina,Okafor,1988-04-12\n";
  }
  const std::string one = R"({"resourceType":"Patient","id":"a"})";
  const std::pair<const char*, std::vector<std::filesystem::path>> cases[] = {
      {"fhir", {folder.write("a.ndjson", lines), folder.write("b.json", one)}},
      {"list", {folder.write("a.csv", list)}}};
  for (const auto& [format, files] : cases) {
    std::vector<double> told;
    import_files(format, files, DateOrder::kDayMonthYear,
                 [&](double share) { told.push_back(share); });
    ASSERT_GT(told.size(), 20U) << format;
    EXPECT_TRUE(std::ranges::is_sorted(told)) << format;
    EXPECT_GT(told.front(), 0.0) << format;
    EXPECT_LT(told.front(), 0.1) << format;
    EXPECT_EQ(told.back(), 1.0) << format;
  }
}

TEST(Formats, AListOfPlacesIsNoListOfPeople) {
  const TemporaryFolder folder;
  const auto import = [&](const std::string& text) {
    return import_files("list", {folder.write("list.csv", text)})
        .packed_rows(CanonicalTable::kPerson)
        .size();
  };
  EXPECT_THROW(import("id,name,partOf,locationType\nL1,HQ Office,Location/0,CRVS_OFFICE\n"), Error);
  EXPECT_EQ(import("id,name,birth date\n1,Ana Rai,1988-04-12\n"), 1U);
  EXPECT_EQ(import("id,name,UIN\n1,Ana Rai,77\n"), 1U);
  EXPECT_EQ(import("id,first name\n1,Ana\n"), 1U);
}

TEST(Formats, AnUploadWithoutItsColumnsIsRefused) {
  const TemporaryFolder folder;
  EXPECT_THROW(import_files("social-protection", {folder.write("a.csv", "name,dob\nA,1990\n")}),
               Error);
}

}  // namespace
}  // namespace tessera::test
