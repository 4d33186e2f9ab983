#include "cli/link_summary.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "data/error.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

using testing::HasSubstr;
using testing::Not;

SourceFacts source(const std::string& name, std::uint64_t kept, std::uint64_t rejected) {
  SourceFacts facts;
  facts.name = name;
  facts.format = "csv, delimiter ',', utf-8";
  facts.rows_kept = kept;
  facts.rows_rejected = rejected;
  facts.rows_read = kept + rejected;
  return facts;
}

RunFacts two_sources() {
  RunFacts facts;
  facts.sources = {source("client", 12'000, 3), source("social", 345, 0)};
  facts.pairs_possible = 1'000'000;
  facts.pairs_compared = 25'000;
  facts.links = 4'321;
  facts.review_pairs = 12;
  facts.entities = 9'876;
  facts.largest_entity = 7;
  facts.machine.threads = 2;
  facts.machine.elapsed_s = 1.5;
  facts.machine.peak_memory_bytes = 412'000'000;
  return facts;
}

std::string file_text(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

TEST(LinkSummary, ExpectedQualityIsOneLine) {
  RunFacts facts = two_sources();
  EXPECT_THAT(link_summary(facts, "results"), Not(HasSubstr("Expected")));
  facts.result.quality.links = 4321;
  facts.result.quality.precision = {0.987, 0.93, 0.996};
  facts.result.quality.recall = {0.951, 0.8, 0.99};
  EXPECT_THAT(link_summary(facts, "results"),
              HasSubstr("precision 98.7 % (93.0 to 99.6), recall of what was compared 95.1 % (80.0 "
                        "to 99.0)\n"));
}

TEST(LinkSummary, WarnsWhereRecordsAreHardlyToldApart) {
  RunFacts facts = two_sources();
  facts.result.quality.links = 4321;
  facts.result.quality.recall = {0.5, 0.3, 0.7};
  EXPECT_THAT(link_summary(facts, "out"), Not(HasSubstr("But")));
  facts.result.quality.recall = {0.06, 0.0, 0.3};
  EXPECT_THAT(link_summary(facts, "out"),
              HasSubstr("\n  But only 6.0 % of the matches expected are links: "));
}

TEST(LinkSummary, CountsRecordsPairsLinksAndEntities) {
  const std::string text = link_summary(two_sources(), "results");
  EXPECT_THAT(text, HasSubstr("12,345 records from 2 sources\n"));
  EXPECT_THAT(text, HasSubstr("12,000 records, 3 rejected  (csv, delimiter ',', utf-8)\n"));
  EXPECT_THAT(text, HasSubstr("345 records  (csv, delimiter ',', utf-8)\n"));
  EXPECT_THAT(text, HasSubstr("25,000 pairs compared, 2.5 % of all\n"));
  EXPECT_THAT(text, HasSubstr("4,321 links, 12 doubtful pairs for review\n"));
  EXPECT_THAT(text, HasSubstr("9,876 entities, the largest of 7 records\n"));
  EXPECT_THAT(text, HasSubstr("1.50 s, 412 MB peak memory, 2 threads\n"));
  EXPECT_THAT(text, HasSubstr("Files in results: "));
}

TEST(LinkSummary, TellsWherePairsAndEntitiesDiffer) {
  RunFacts facts = two_sources();
  EXPECT_THAT(link_summary(facts, "out"), Not(HasSubstr("two entities")));
  EXPECT_THAT(link_summary(facts, "out"), Not(HasSubstr("one entity")));
  facts.links_cut = 1'234;
  const std::string text = link_summary(facts, "out", 5);
  EXPECT_THAT(text, HasSubstr("  1,234 of the links have their records in two entities"));
  EXPECT_THAT(text, HasSubstr("  5 of the doubtful pairs lie within one entity"));
}

TEST(DoubtfulInOneEntity, CountsPairsUnderTheThresholdThatOtherLinksJoin) {
  Clusters clusters;
  clusters.label = {0, 0, 0, 3};
  const std::vector<Link> links = {{0, 1, 0, 9.0, 0},
                                   {0, 2, 0, 9.0, 0},
                                   {1, 2, 0, 2.0, 0},
                                   {2, 3, 0, 2.0, 0},
                                   {1, 3, 0, 9.0, 0}};
  EXPECT_EQ(doubtful_in_one_entity(links, clusters, 4.0), 1U);
  EXPECT_EQ(doubtful_in_one_entity(links, clusters, 2.0), 0U);
  EXPECT_EQ(doubtful_in_one_entity({}, clusters, 4.0), 0U);
}

TEST(LinkSummary, TellsWhatWasNotCompared) {
  RunFacts facts = two_sources();
  EXPECT_THAT(link_summary(facts, "out"), Not(HasSubstr("not compared")));
  EXPECT_THAT(link_summary(facts, "out"), Not(HasSubstr("in no block")));
  facts.not_compared.push_back({"oversized block", "soundex(family_name)", 1, 3000, 4'498'500});
  facts.records_in_no_block = 1'234;
  const std::string text = link_summary(facts, "out");
  EXPECT_THAT(text, HasSubstr("4,498,500 pairs of rule soundex(family_name): oversized block\n"));
  EXPECT_THAT(text, HasSubstr("1,234 records\n"));
}

TEST(LinkSummary, OfOneSourceAndOneThreadIsInTheSingular) {
  RunFacts facts = two_sources();
  facts.sources.pop_back();
  facts.machine.threads = 1;
  const std::string text = link_summary(facts, "out");
  EXPECT_THAT(text, HasSubstr("12,000 records from 1 source\n"));
  EXPECT_THAT(text, HasSubstr("1 thread\n"));
}

TEST(LinkSummary, OfNoPossiblePairsDividesByNothing) {
  RunFacts facts = two_sources();
  facts.pairs_possible = 0;
  facts.pairs_compared = 0;
  EXPECT_THAT(link_summary(facts, "out"), HasSubstr("0 pairs compared, 0 % of all\n"));
}

TEST(WriteRejectsAlone, MakesTheFolderAndWritesEveryReject) {
  const test::TemporaryFolder folder;
  const std::vector<Reject> rejects = {
      {.source = "client", .line = 7, .column = "", .reason = "3 fields, not 4"},
      {.source = "social", .line = 12, .column = "record_id", .reason = "missing id"}};
  write_rejects_alone(folder.path() / "a" / "b", rejects);
  EXPECT_EQ(file_text(folder.path() / "a" / "b" / "rejects.csv"),
            "source,line,column,reason\n"
            "client,7,,\"3 fields, not 4\"\n"
            "social,12,record_id,missing id\n");
}

TEST(WriteRejectsAlone, RefusesAFolderThatIsAFile) {
  const test::TemporaryFolder folder;
  folder.write("taken", "");
  try {
    write_rejects_alone(folder.path() / "taken" / "out", {});
    FAIL() << "it was written";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kResource);
  }
}

}  // namespace
}  // namespace tessera
