#include "report/rows.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

using Fields = std::vector<std::string>;

Fields texts(std::span<const std::string_view> fields) {
  return {fields.begin(), fields.end()};
}

std::string fault_of(const std::filesystem::path& path, std::span<const std::string_view> columns) {
  try {
    read_own_rows(path, columns, [](std::span<const std::string_view>) {});
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kUsage);
    return error.what();
  }
  return "no fault";
}

TEST(RowFile, ReadsTheColumnsAskedForInTheirOrder) {
  const test::TemporaryFolder folder;
  RowFile file(folder.write("t.csv", "a,b,c\n1,2,3\n\"4,4\",5,6\n"), std::nullopt);
  EXPECT_THAT(file.columns(), ElementsAre("a", "b", "c"));
  std::vector<Fields> rows;
  EXPECT_EQ(file.read({2, 0}, [&](auto fields) { rows.push_back(texts(fields)); }), 0U);
  EXPECT_THAT(rows, ElementsAre(ElementsAre("3", "1"), ElementsAre("6", "4,4")));
}

TEST(RowFile, SniffsTheDelimiterUnlessItIsGiven) {
  const test::TemporaryFolder folder;
  const auto path = folder.write("t.csv", "a;b\n1;2\n3;4\n");
  EXPECT_THAT(RowFile(path, std::nullopt).columns(), ElementsAre("a", "b"));
  EXPECT_THAT(RowFile(path, ',').columns(), ElementsAre("a;b"));
}

TEST(RowFile, CountsRowsThatCannotBeRead) {
  const test::TemporaryFolder folder;
  RowFile file(folder.write("t.csv", "a,b\n1,2\n1,2,3\n4,5\n"), ',');
  std::vector<Fields> rows;
  EXPECT_EQ(file.read({0, 1}, [&](auto fields) { rows.push_back(texts(fields)); }), 1U);
  EXPECT_THAT(rows, ElementsAre(ElementsAre("1", "2"), ElementsAre("4", "5")));
}

TEST(ReadOwnRows, ReadsByName) {
  const test::TemporaryFolder folder;
  const auto path = folder.write("crosswalk.csv", "entity_id,source,record_id\nE1,s,7\n");
  constexpr std::string_view kColumns[] = {"record_id", "entity_id"};
  std::vector<Fields> rows;
  read_own_rows(path, kColumns, [&](auto fields) { rows.push_back(texts(fields)); });
  EXPECT_THAT(rows, ElementsAre(ElementsAre("7", "E1")));
}

TEST(ReadOwnRows, RefusesAFileThatIsNotOurs) {
  const test::TemporaryFolder folder;
  const auto path = folder.write("crosswalk.csv", "entity_id,source,record_id\nE1,s,7\nE2\n");
  constexpr std::string_view kAbsent[] = {"entity_id", "weight"};
  constexpr std::string_view kPresent[] = {"entity_id"};
  EXPECT_THAT(fault_of(path, kAbsent), HasSubstr("has no column 'weight'"));
  EXPECT_THAT(fault_of(path, kPresent), HasSubstr("1 damaged row;"));
}

}  // namespace
}  // namespace tessera
