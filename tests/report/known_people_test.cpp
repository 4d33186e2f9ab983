#include "report/known_people.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "data/error.hpp"
#include "engine/entity_id.hpp"
#include "engine/matcher.hpp"
#include "registry/maintain.hpp"
#include "tests/registry/small_registry.hpp"
#include "tests/report/finished_job.hpp"

namespace tessera {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

MatchQuery query_of(const KnownRecords& known, Row row) {
  MatchQuery query;
  for (std::size_t a = 0; a < known.job.attributes.size(); ++a) {
    query.texts.emplace_back(known.columns[a].raw_text(row));
  }
  return query;
}

// Through files and back: what a job linked, a look-up finds with the same weight, to the last bit.
TEST(KnownPeople, OfAFolderWeighAsTheJobDid) {
  const test::FinishedJob finished;
  const KnownPeople people = read_known_people(finished.out(), {}, {});
  EXPECT_THAT(people.changes, IsEmpty());
  for (Row row = 0; row < finished.result.table.size(); ++row) {
    EXPECT_EQ(people.records.entity_of(row),
              entity_id(finished.result.table, finished.result.clusters.label[row]));
  }
  const KnownRecords& known = people.records;
  const Matcher matcher(known, {});
  MatchOptions options;
  options.thorough = true;
  options.count = 500;
  options.to_weigh = 500;
  std::size_t checked = 0;
  for (const Link& link : finished.result.links) {
    options.source = known.row_source[link.left];
    const MatchQuery query = query_of(known, link.left);
    const MatchResult result = matcher.match({&query, 1}, options).front();
    const auto found = std::ranges::find(result.candidates, link.right, &MatchCandidate::row);
    if (found == result.candidates.end()) continue;
    EXPECT_EQ(found->weight_bits, link.weight_bits);
    EXPECT_EQ(found->pattern, link.pattern);
    ++checked;
  }
  EXPECT_GT(checked * 10, finished.result.links.size() * 9);
}

TEST(KnownPeople, OfARegistryHaveTheirIdentifiers) {
  const test::SmallRegistry registry;
  registry.load(test::invented_records(60, 5));
  EXPECT_THROW(read_known_people(registry.path(), {}, {}), Error);  // no model yet
  registry.apply();
  const KnownPeople people = read_known_people(registry.path(), {}, {});
  ASSERT_GT(people.records.records, 60U);
  for (Row row = 0; row < people.records.records; ++row) {
    EXPECT_EQ(people.records.entity_of(row), registry.identifier(people.records.record_name(row)));
  }
  const KnownRecords& known = people.records;
  const Matcher matcher(known, {});
  const MatchQuery query = query_of(known, 3);
  const MatchResult result = matcher.match({&query, 1}, {}).front();
  EXPECT_NE(std::ranges::find(result.candidates, 3U, &MatchCandidate::row),
            result.candidates.end());
}

// All that a look-up can see of two sets of records.
void expect_same(const KnownRecords& a, const KnownRecords& b) {
  ASSERT_EQ(a.size(), b.size());
  EXPECT_EQ(a.records, b.records);
  EXPECT_EQ(a.sources, b.sources);
  EXPECT_EQ(a.references, b.references);
  ASSERT_EQ(a.columns.size(), b.columns.size());
  for (Row row = 0; row < a.size(); ++row) {
    EXPECT_EQ(a.record_name(row), b.record_name(row));
    EXPECT_EQ(a.entity_of(row), b.entity_of(row));
    for (std::size_t c = 0; c < a.columns.size(); ++c) {
      EXPECT_EQ(a.columns[c].values[a.columns[c].codes[row]],
                b.columns[c].values[b.columns[c].codes[row]]);
      EXPECT_EQ(a.columns[c].raw_text(row), b.columns[c].raw_text(row));
    }
  }
  EXPECT_EQ(a.index.words(), b.index.words());
  EXPECT_EQ(a.index.size_bytes(), b.index.size_bytes());
  const Matcher of_a(a, {});
  const Matcher of_b(b, {});
  for (Row row = 0; row < a.records; row += 7) {
    const MatchQuery query = query_of(a, row);
    const MatchResult in_a = of_a.match({&query, 1}, {}).front();
    const MatchResult in_b = of_b.match({&query, 1}, {}).front();
    ASSERT_EQ(in_a.candidates.size(), in_b.candidates.size());
    for (std::size_t i = 0; i < in_a.candidates.size(); ++i) {
      EXPECT_EQ(in_a.candidates[i].row, in_b.candidates[i].row);
      EXPECT_EQ(in_a.candidates[i].weight_bits, in_b.candidates[i].weight_bits);
    }
  }
}

TEST(KnownPeople, OfAFolderAreKeptUntilTheResultChanges) {
  const test::FinishedJob finished;
  const std::filesystem::path kept = finished.out() / kLookUpFile;
  const KnownPeople made = read_known_people(finished.out(), {}, {});
  EXPECT_THAT(made.note, HasSubstr(" made: "));
  const KnownPeople taken = read_known_people(finished.out(), {}, {});
  EXPECT_THAT(taken.note, IsEmpty());
  expect_same(made.records, taken.records);
  // Damaged, it is made anew; the bytes are the same.
  const auto size = std::filesystem::file_size(kept);
  std::filesystem::resize_file(kept, size - 1);
  EXPECT_THAT(read_known_people(finished.out(), {}, {}).note, HasSubstr("damaged, so made anew"));
  EXPECT_EQ(std::filesystem::file_size(kept), size);
  EXPECT_THAT(read_known_people(finished.out(), {}, {}).note, IsEmpty());
  // Another result in the folder.
  std::ofstream(finished.out() / "run.json", std::ios::app) << "\n";
  EXPECT_THAT(read_known_people(finished.out(), {}, {}).note, HasSubstr("brought up to date"));
}

TEST(KnownPeople, TellTheStagesWhereTheFileHasToBeMade) {
  const test::FinishedJob finished;
  std::vector<std::string> stages;
  const StageWatcher watcher = [&](const StageProgress& progress) {
    EXPECT_EQ(progress.of, 3U);
    EXPECT_EQ(progress.expected_s.size(), 3U);
    if (stages.size() < progress.number) stages.emplace_back(progress.stage);
  };
  read_known_people(finished.out(), {}, {}, watcher);
  EXPECT_THAT(stages, testing::ElementsAre("read records", "index records", "keep the index"));
  stages.clear();
  read_known_people(finished.out(), {}, {}, watcher);
  EXPECT_THAT(stages, IsEmpty()) << "it was kept";
}

TEST(KnownPeople, OfARegistryAreKeptUntilItChanges) {
  const test::SmallRegistry registry;
  registry.load(test::invented_records(60, 5));
  registry.apply();
  const KnownPeople made = read_known_people(registry.path(), {}, {});
  EXPECT_THAT(made.note, HasSubstr(".index made: "));
  const KnownPeople taken = read_known_people(registry.path(), {}, {});
  EXPECT_THAT(taken.note, IsEmpty());
  expect_same(made.records, taken.records);
  // New records count as soon as they are loaded, applied or not.
  registry.load(test::invented_records(70, 5));
  const KnownPeople loaded = read_known_people(registry.path(), {}, {});
  EXPECT_THAT(loaded.note, HasSubstr("brought up to date"));
  EXPECT_GT(loaded.records.records, made.records.records);
  registry.apply();
  EXPECT_THAT(read_known_people(registry.path(), {}, {}).note, HasSubstr("brought up to date"));
  EXPECT_THAT(read_known_people(registry.path(), {}, {}).note, IsEmpty());
}

// A reviewer's decision changes who is who only when it is applied.
TEST(KnownPeople, OfARegistryAreKeptThroughDecisions) {
  const test::SmallRegistry registry;
  const auto records = test::invented_records(60, 5);
  registry.load(records);
  registry.apply();
  read_known_people(registry.path(), {}, {});
  registry.decide("client:" + records[0].id, "client:" + records[7].id, false);
  EXPECT_THAT(read_known_people(registry.path(), {}, {}).note, IsEmpty());
  registry.apply();
  const KnownPeople after = read_known_people(registry.path(), {}, {});
  for (Row row = 0; row < after.records.records; ++row) {
    EXPECT_EQ(after.records.entity_of(row), registry.identifier(after.records.record_name(row)));
  }
}

TEST(KnownPeople, OfARegistryAreBroughtAlongIfThereAreAny) {
  const test::SmallRegistry registry;
  registry.load(test::invented_records(60, 5));
  registry.apply();
  EXPECT_THAT(bring_up_look_ups(registry.path(), {}), IsEmpty()) << "nobody looked up yet";
  EXPECT_FALSE(std::filesystem::exists(look_up_file(registry.path())));
  read_known_people(registry.path(), {}, {});
  EXPECT_THAT(bring_up_look_ups(registry.path(), {}), IsEmpty()) << "as it must be";
  registry.load(test::invented_records(70, 5));
  registry.apply();
  EXPECT_THAT(bring_up_look_ups(registry.path(), {}), HasSubstr("brought up to date"));
  const KnownPeople taken = read_known_people(registry.path(), {}, {});
  EXPECT_THAT(taken.note, IsEmpty());
  std::filesystem::remove(look_up_file(registry.path()));
  expect_same(taken.records, read_known_people(registry.path(), {}, {}).records);
  std::ofstream(registry.path(), std::ios::trunc) << "no registry any more";
  EXPECT_THAT(bring_up_look_ups(registry.path(), {}), HasSubstr("not brought up to date"));
}

TEST(KnownPeople, WhoCannotBeKeptAreFoundAllTheSame) {
  const test::SmallRegistry registry;
  registry.load(test::invented_records(20, 5));
  registry.apply();
  std::filesystem::create_directory(look_up_file(registry.path()));  // in its place
  const KnownPeople people = read_known_people(registry.path(), {}, {});
  EXPECT_THAT(people.note, HasSubstr("not kept"));
  EXPECT_GT(people.records.records, 20U);
}

TEST(KnownPeople, OfNothingAreAnError) {
  try {
    read_known_people("no/such/place", {}, {});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kUsage);
    EXPECT_THAT(error.what(), HasSubstr("nor a registry"));
  }
}

}  // namespace
}  // namespace tessera
