#include "report/finder.hpp"

#include <gtest/gtest.h>

#include "data/error.hpp"
#include "tests/support/tables.hpp"

namespace tessera {
namespace {

// Persons of several records each; person p is entity p.
KnownRecords people() {
  const std::vector<test::TestColumn> columns = {{"given_name", Kind::kName},
                                                 {"family_name", Kind::kName},
                                                 {"birth_date", Kind::kDate},
                                                 {"village", Kind::kPlace},
                                                 {"national_id", Kind::kIdentifier}};
  std::vector<std::vector<std::string>> rows = {
      {"amina", "nalule", "1987-03-12", "", "CM8700123"},  // one person: 0, 1
      {"amina", "nalule", "1987-03-12", "gulu", ""},
      {"amos", "nalule", "1990-05-01", "gulu", "CM9000777"},
      {"peter", "okello", "1987-11-30", "lira", ""},
      {"محمد", "علي", "1979-01-20", "lira", ""},
  };
  for (int i = 0; i < 60; ++i) {
    const std::string n = std::to_string(100 + 7 * i);
    rows.push_back({"g" + n, "f" + n, std::to_string(1930 + i), "v" + n, "X" + n});
  }
  JobSpec job;
  for (const test::TestColumn& column : columns) {
    AttributeSpec& attribute = job.attributes.emplace_back();
    attribute.name = column.name;
    attribute.kind = column.kind;
  }
  DictionaryBuilder entities;
  std::vector<Code> entity;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    entity.push_back(entities.intern("E" + std::to_string(row == 1 ? 0 : row)));
  }
  return know_records(std::move(job), {}, {}, test::make_table(columns, rows), std::move(entity),
                      std::move(entities).finish(), {});
}

const KnownRecords& known() {
  static const KnownRecords kKnown = people();
  return kKnown;
}

std::string first(Finder& finder, std::string_view text) {
  const std::vector<FindHit> hits = finder.find(text, {});
  return hits.empty() ? "" : std::string(hits.front().entity);
}

TEST(Finder, FindsAPersonWhoseWordsStandInSeveralRecords) {
  Finder finder(known());
  const std::vector<FindHit> hits = finder.find("gulu CM8700123", {});
  ASSERT_FALSE(hits.empty());
  EXPECT_EQ(hits.front().entity, "E0");
  EXPECT_TRUE(hits.front().golden);  // no source's record holds both
}

TEST(Finder, BearsWithMisspeltWordsAndForms) {
  Finder finder(known());
  EXPECT_EQ(first(finder, "amina nalule 1987 gulu"), "E0");
  EXPECT_EQ(first(finder, "amnia nalulle"), "E0");
  EXPECT_EQ(first(finder, "Àmina NALULE"), "E0");
  EXPECT_EQ(first(finder, "okelo 30/11/1987"), "E3");
  EXPECT_EQ(first(finder, "CM870012"), "E0");
  EXPECT_EQ(first(finder, "mohamed ali"), "E4");
}

TEST(Finder, LooksInOneAttributeWhereItIsNamed) {
  Finder finder(known());
  EXPECT_EQ(first(finder, "given_name:amos"), "E2");
  EXPECT_EQ(first(finder, "village:amos"), "");
  EXPECT_EQ(first(finder, "village:lira birth_date:1987"), "E3");
}

TEST(Finder, TakesPatterns) {
  Finder finder(known());
  EXPECT_EQ(finder.find("nal*", {}).size(), 2U);
  EXPECT_EQ(first(finder, "*kell*"), "E3");
  EXPECT_EQ(first(finder, "national_id:cm90*"), "E2");
  EXPECT_TRUE(finder.find("zz*", {}).empty());
}

TEST(Finder, ShowsEachPersonOnceUnlessAskedForRecords) {
  Finder finder(known());
  EXPECT_EQ(finder.find("amina", {}).size(), 1U);
  FindOptions records;
  records.every_record = true;
  EXPECT_EQ(finder.find("amina", records).size(), 3U);  // two records, one golden
}

TEST(Finder, WantsAWordToLookFor) {
  Finder finder(known());
  EXPECT_THROW(finder.find(" ,; ", {}), Error);
  EXPECT_THROW(finder.find("\xff", {}), Error);
}

}  // namespace
}  // namespace tessera
