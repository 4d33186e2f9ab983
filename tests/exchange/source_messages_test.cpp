#include "exchange/source_messages.hpp"

#include <gtest/gtest.h>

#include "exchange/fhir_parts.hpp"
#include "exchange/formats.hpp"
#include "tests/exchange/import_texts.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera::test {
namespace {

// `TYPE/ID about PATIENT`
std::vector<std::string> messages(const FlowSource& source, std::size_t* left_out = nullptr) {
  std::vector<std::string> all;
  const std::size_t left = for_each_message(source, [&](Node& resource, std::string_view text) {
    EXPECT_FALSE(text.empty());
    all.push_back(text_at(resource, "resourceType") + "/" + resource_id(resource) + " about " +
                  text_at(resource, "patient.reference"));
  });
  if (left_out != nullptr) *left_out = left;
  return all;
}

TEST(SourceMessages, OfFhirAreTheFilesOwn) {
  const TemporaryFolder folder;
  FlowSource source;
  source.format = "fhir";
  source.files = {folder.write("a.json", R"({"resourceType":"Claim","id":"1",)"
                                         R"("patient":{"reference":"Patient/a"}})")};
  source.tables = import_files("fhir", source.files);
  EXPECT_EQ(messages(source), std::vector<std::string>{"Claim/1 about Patient/a"});
  EXPECT_TRUE(has_claims(source));
}

TEST(SourceMessages, OfTablesAreClaimsAndWhatWasDecided) {
  FlowSource source;
  source.name = "openimis";
  source.format = "openimis-tables";
  source.files = samples("openimis-tables");
  source.tables = import_files(source.format, source.files);
  EXPECT_TRUE(has_claims(source));
  const std::vector<std::string> all = messages(source);
  ASSERT_FALSE(all.empty());
  EXPECT_EQ(all.front(), "Claim/cccc-7 about Patient/aaaa-2");
  source.tables = Import();
  source.tables.finish();
  EXPECT_FALSE(has_claims(source));
  EXPECT_TRUE(messages(source).empty());
}

// Earlier versions of a row are none.
TEST(SourceMessages, OfTheDemoEachLiveClaimIsOne) {
  const auto shared = shared_data();
  if (!shared) GTEST_SKIP() << "needs ../shared/data/interop/openimis/demo_tables";
  FlowSource source;
  source.name = "openimis";
  source.format = "openimis-tables";
  for (const auto& entry :
       std::filesystem::directory_iterator(*shared / "interop/openimis/demo_tables")) {
    source.files.push_back(entry);
  }
  source.tables = import_files(source.format, source.files);
  std::size_t live = 0;
  const auto rows = read_test_csv(*shared / "interop/openimis/demo_tables/tblClaim.csv");
  const auto until = std::find(rows[0].begin(), rows[0].end(), "ValidityTo") - rows[0].begin();
  for (std::size_t i = 1; i < rows.size(); ++i) {
    live += rows[i][static_cast<std::size_t>(until)].empty() ? 1 : 0;
  }
  std::size_t claims = 0;
  for (const std::string& one : messages(source)) claims += one.starts_with("Claim/") ? 1 : 0;
  EXPECT_EQ(live, 10U);
  EXPECT_EQ(claims, live);
}

}  // namespace
}  // namespace tessera::test
