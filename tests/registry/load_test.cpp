#include "registry/load.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "data/error.hpp"
#include "tests/registry/small_registry.hpp"

namespace tessera {
namespace {

using test::SmallRegistry;

constexpr std::string_view kHeader = "record_id,given_name,family_name,birth_date,phone\n";

struct Loading : SmallRegistry {
  LoadFacts put(const std::string& rows, bool full = false) const {
    SourceSpec file;
    file.name = "client";
    file.path = folder() / "client.csv";
    std::ofstream(file.path, std::ios::binary) << kHeader << rows;
    Store store = open();
    LoadOptions options;
    options.full = full;
    options.max_rejected_share = 0.5;
    return load_files(store, {file}, options, test::test_run()).front();
  }
};

TEST(Load, CountsWhatItDid) {
  const Loading registry;
  EXPECT_EQ(registry.put("1,Amina,Okafor,1990-01-02,\n2,Ravi,Thapa,1975-11-30,\n").added, 2U);
  const LoadFacts second =
      registry.put("2,Ravi,Thapa,1975-11-30,077\n3,Lu,Chan,,\n1,Amina,Okafor,1990-01-02,\n");
  EXPECT_EQ(second.added, 1U);
  EXPECT_EQ(second.changed, 1U);
  EXPECT_EQ(second.unchanged, 1U);
  EXPECT_EQ(second.deleted, 0U);
}

TEST(Load, OnlyAWholeSourceDeletes) {
  const Loading registry;
  registry.put("1,Amina,Okafor,,\n2,Ravi,Thapa,,\n");
  EXPECT_EQ(registry.put("1,Amina,Okafor,,\n").deleted, 0U);
  EXPECT_EQ(registry.put("1,Amina,Okafor,,\n", true).deleted, 1U);
  EXPECT_EQ(registry.put("1,Amina,Okafor,,\n", true).deleted, 0U);
  EXPECT_EQ(registry.put("2,Ravi,Thapa,,\n").returned, 1U);
}

TEST(Load, RowsReadAreKeptOrRejected) {
  const Loading registry;
  const LoadFacts facts =
      registry.put("1,Amina,Okafor,,\n1,Again,Okafor,,\n2,Ravi,Thapa\n3,Lu,Chan,,\n4,Li,Chan,,\n");
  EXPECT_EQ(facts.source.rows_read, 5U);
  EXPECT_EQ(facts.source.rows_kept, 3U);
  EXPECT_EQ(facts.rejects.size(), 2U);
  EXPECT_EQ(facts.added, 3U);
}

TEST(Load, AnUnknownSourceIsRefused) {
  const SmallRegistry registry;
  Store store = registry.open();
  SourceSpec file;
  file.name = "other";
  file.path = "none.csv";
  try {
    load_files(store, {file}, {}, test::test_run());
    FAIL() << "an unknown source was loaded";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kUsage);
    EXPECT_THAT(error.what(), ::testing::HasSubstr("client, social"));
  }
}

TEST(Load, GroupsComeAloneToo) {
  const Loading registry;
  registry.put("1,Amina,Okafor,,\n");
  Store store = registry.open();
  LoadOptions options;
  SourceGroup family;
  family.source = "client";
  family.id = "f";
  family.head = "1";
  family.members.push_back({"1", ""});
  options.groups["client"] = {family};
  const std::vector<LoadFacts> facts = load_files(store, {}, options, test::test_run());
  ASSERT_EQ(facts.size(), 1U);
  EXPECT_EQ(facts[0].source.name, "client");
  EXPECT_EQ(facts[0].changes(), 0U);
  ASSERT_TRUE(facts[0].groups.has_value());
  EXPECT_EQ(facts[0].groups->added, 1U);
  options.groups["other"] = options.groups["client"];
  EXPECT_THROW(load_files(store, {}, options, test::test_run()), Error);
}

TEST(Load, OfSeveralFilesAllOrNone) {
  const SmallRegistry registry;
  SourceSpec good;
  good.name = "client";
  test::TemporaryFolder folder;
  good.path = folder.write("a.csv", std::string(kHeader) + "1,A,B,,\n");
  SourceSpec bad;
  bad.name = "social";
  bad.path = folder.path() / "none.csv";
  Store store = registry.open();
  EXPECT_THROW(load_files(store, {good, bad}, {}, test::test_run()), Error);
  EXPECT_EQ(store.database().number("SELECT count(*) FROM record"), 0);
}

}  // namespace
}  // namespace tessera
