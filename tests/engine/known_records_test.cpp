#include "engine/known_records.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "data/error.hpp"
#include "engine/job_aids.hpp"
#include "tests/support/people_job.hpp"
#include "tests/support/shared_data.hpp"
#include "tests/support/tables.hpp"

namespace tessera {
namespace {

const std::vector<test::TestColumn> kColumns = {{"given_name", Kind::kName},
                                                {"village", Kind::kPlace}};

KnownRecords known_people() {
  JobSpec job;
  for (const test::TestColumn& column : kColumns) {
    AttributeSpec& attribute = job.attributes.emplace_back();
    attribute.name = column.name;
    attribute.kind = column.kind;
  }
  DictionaryBuilder entities;
  const Code one = entities.intern("ONE");
  const Code two = entities.intern("TWO");
  return know_records(
      std::move(job), {}, {},
      test::make_table(kColumns, {{"amina", ""}, {"amina", "gulu"}, {"peter", "lira"}, {"", "x"}}),
      {one, one, two, kMissing}, std::move(entities).finish(), {});
}

// Persons of one record, and records of no person, are their own golden record.
TEST(KnownRecords, HaveGoldenRecordsOfPersonsWithSeveral) {
  const KnownRecords known = known_people();
  EXPECT_EQ(known.records, 4U);
  ASSERT_EQ(known.size(), 5U);
  EXPECT_TRUE(known.is_golden(4));
  EXPECT_EQ(known.record_name(4), "golden:ONE");
  EXPECT_EQ(known.entity_of(4), "ONE");
  EXPECT_EQ(known.columns[0].raw_text(4), "amina");
  EXPECT_EQ(known.columns[1].raw_text(4), "gulu");
  EXPECT_EQ(known.entity_of(3), "");
  EXPECT_EQ(known.index.rows(), 5U);
}

TEST(KnownRecords, AreTakenAsTheyWerePut) {
  const KnownRecords known = known_people();
  const test::TemporaryFolder folder;
  {
    SectionWriter into(folder.path() / "kept", folder.path());
    put_records(known, into);
    into.finish("stamp");
  }
  SectionFault fault = SectionFault::kNone;
  std::optional<SectionReader> from = SectionReader::open(folder.path() / "kept", "stamp", fault);
  ASSERT_TRUE(from.has_value());
  KnownRecords taken;
  take_records(*from, taken);
  ASSERT_EQ(taken.size(), known.size());
  EXPECT_EQ(taken.records, known.records);
  EXPECT_EQ(taken.sources, known.sources);
  for (Row row = 0; row < known.size(); ++row) {
    EXPECT_EQ(taken.record_name(row), known.record_name(row));
    EXPECT_EQ(taken.entity_of(row), known.entity_of(row));
    EXPECT_TRUE(std::ranges::equal(taken.index.words_of_row(row), known.index.words_of_row(row)));
    for (std::size_t c = 0; c < kColumns.size(); ++c) {
      EXPECT_EQ(taken.columns[c].raw_text(row), known.columns[c].raw_text(row));
      EXPECT_EQ(taken.columns[c].codes[row], known.columns[c].codes[row]);
    }
  }
  EXPECT_EQ(taken.index.find(0, "amina"), known.index.find(0, "amina"));
  EXPECT_NE(taken.index.find(0, "amina"), kNoWord);
}

TEST(KnownRecords, WantTheModelOfTheirJob) {
  Model model;
  model.comparisons.emplace_back();
  EXPECT_THROW(know_records({}, model, {}, {}, {}, {}, {}), Error);
}

}  // namespace
}  // namespace tessera
