#include "exchange/write_canonical.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "exchange/formats.hpp"
#include "tests/exchange/import_texts.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera::test {
namespace {

TEST(WriteCanonical, EveryTableIsAFileThatReadsBack) {
  const Import import = import_files("fhir", samples("fhir"));
  const TemporaryFolder folder;
  write_canonical(folder.path() / "out", import, "fhir");
  for (std::size_t i = 0; i < kCanonicalTables; ++i) {
    const auto table = static_cast<CanonicalTable>(i);
    auto rows = read_test_csv(folder.path() / "out" / (std::string(contract(table).name) + ".csv"));
    ASSERT_FALSE(rows.empty());
    EXPECT_EQ(rows.front().size(), contract(table).columns.size());
    rows.erase(rows.begin());
    EXPECT_EQ(rows, import.rows(table)) << contract(table).name;
  }
  EXPECT_EQ(read_test_csv(folder.path() / "out/raw.csv").size(), import.raw_lines().size() + 1);
  EXPECT_EQ(read_test_csv(folder.path() / "out/rejects.csv").size(), import.rejects().size() + 1);
}

TEST(WriteCanonical, TheFactsCountWhatTheTablesHoldAndTellNoValue) {
  const Import import = import_files("fhir", samples("fhir"));
  const std::string text = import_json(import, "fhir");
  const nlohmann::json facts = nlohmann::json::parse(text);
  EXPECT_EQ(facts["rows"]["person"], import.packed_rows(CanonicalTable::kPerson).size());
  std::uint64_t repairs = 0;
  for (const auto& [name, count] : facts["repairs"].items()) repairs += count.get<std::uint64_t>();
  EXPECT_EQ(repairs, import.raw_lines().size());
  EXPECT_EQ(facts["files"].size(), 3U);
  for (const char* value : {"Okello", "1984", "0772", "p-1", "CM 1201"}) {
    EXPECT_EQ(text.find(value), std::string::npos) << value;
  }
}

}  // namespace
}  // namespace tessera::test
