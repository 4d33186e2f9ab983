#include "engine/propose_sample.hpp"

#include <gtest/gtest.h>

#include "tests/engine/invented_files.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera::test {
namespace {

AttributeSpec attribute(const std::string& name, Kind kind, std::vector<std::string> columns,
                        std::vector<std::string> parts = {}) {
  AttributeSpec spec;
  spec.name = name;
  spec.kind = kind;
  spec.columns = std::move(columns);
  spec.parts = std::move(parts);
  return spec;
}

// A table of one column of names, cleaned.
Table table_of(const std::vector<std::string>& names) {
  SampledFile file;
  file.sample.columns = {"name"};
  for (const std::string& name : names) file.sample.rows.push_back({name});
  const std::vector<SampledFile> files = {file};
  return sample_table(files, std::vector{file.source},
                      std::vector{attribute("name", Kind::kName, {"name"})});
}

constexpr KeyPart kWhole{KeyFunction::kValue, 0, 0};

TEST(ProposeSample, RowsAreCleanedAndJoined) {
  const std::vector<SampledFile> files = {
      invented_file({{"first", "given"}, {"y", "year"}, {"m", "month"}, {"d", "day"}}, 5)};
  const Table table =
      sample_table(files, std::vector{files[0].source},
                   std::vector{attribute("given_name", Kind::kName, {"first"}),
                               attribute("birth_date", Kind::kDate, {}, {"y", "m", "d"})});
  ASSERT_EQ(table.size(), 5U);
  ASSERT_EQ(table.columns.size(), 2U);
  EXPECT_EQ(table.columns[1].values[table.columns[1].codes[3]], invented("iso", 3));
}

TEST(ProposeSample, CostsAreExactWhenTheSampleIsAll) {
  // 200 rows, two values in turn, so that equal ones are never only neighbours: of the pairs
  // further than 50 rows apart, (199 - 50 over the even distances) half agree; of all 200 * 199 / 2
  // pairs half are 49.7 a record.
  std::vector<std::string> names;
  for (int i = 0; i < 200; ++i) names.push_back(i % 2 == 0 ? "amina" : "baraka");
  const Table table = table_of(names);
  const RuleCosts::Cost cost = RuleCosts(table, 200).of(std::span(&kWhole, 1));
  EXPECT_NEAR(cost.pairs_per_record, 49.7, 0.5);
  EXPECT_EQ(cost.keyed_share, 1.0);
}

TEST(ProposeSample, CostsGrowWithTheRecords) {
  std::vector<std::string> names;
  for (int i = 0; i < 200; ++i) names.push_back(i % 2 == 0 ? "amina" : "baraka");
  const Table table = table_of(names);
  const double small = RuleCosts(table, 201).of(std::span(&kWhole, 1)).pairs_per_record;
  const double large = RuleCosts(table, 200001).of(std::span(&kWhole, 1)).pairs_per_record;
  EXPECT_NEAR(large / small, 1000.0, 1e-6);
}

TEST(ProposeSample, CopiesThatStandTogetherDoNotCount) {
  // 1000 rows in groups of ten copies: a file sorted by person.
  std::vector<std::string> names;
  for (int i = 0; i < 1000; ++i) {
    std::string name = "a";
    for (int n = i / 10; n > 0; n /= 20) name += static_cast<char>('b' + n % 20);
    names.push_back(name);
  }
  const Table table = table_of(names);
  EXPECT_EQ(RuleCosts(table, 1000000).of(std::span(&kWhole, 1)).pairs_per_record, 0.0);
}

TEST(ProposeSample, MissingValuesHaveNoKey) {
  const Table table = table_of({"amina", "", "baraka", ""});
  const RuleCosts::Cost cost = RuleCosts(table, 4).of(std::span(&kWhole, 1));
  EXPECT_EQ(cost.keyed_share, 0.5);
  EXPECT_EQ(cost.pairs_per_record, 0.0);
}

TEST(ProposeSample, RowsAreCountedOrJudgedBySize) {
  const TemporaryFolder folder;
  const Columns columns = {{"id", "key"}, {"name", "full"}, {"dob", "iso"}};
  SampledFile file = invented_file(columns, 400);
  file.source.path = folder.write("people.csv", invented_csv(columns, 4000));
  EXPECT_EQ(estimate_rows(file, 1000), 400U);  // fewer than asked for: that was all
  const std::uint64_t rows = estimate_rows(file, 400);
  EXPECT_GT(rows, 3600U);
  EXPECT_LT(rows, 4400U);
}

}  // namespace
}  // namespace tessera::test
