#include "report/truth.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.hpp"
#include "tests/support/evaluation_case.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

/// Records 1, 2, 3 of source a and 1, 2 of source b, in that order: ids repeat across sources.
JobResult two_sources() {
  JobResult result;
  result.sources = {"a", "b"};
  for (const char* id : {"1", "2", "3"}) {
    result.record_ids.append(id);
    result.row_source.push_back(SourceId{0});
  }
  for (const char* id : {"1", "2"}) {
    result.record_ids.append(id);
    result.row_source.push_back(SourceId{1});
  }
  result.entity = {0, 1, 2, 3, 4};
  result.entities = 5;
  return result;
}

Truth read(const JobResult& result, const std::vector<std::string>& texts,
           const std::string& source = "") {
  const test::TemporaryFolder folder;
  std::vector<TruthFile> files;
  for (const std::string& text : texts) {
    files.push_back({folder.write("t" + std::to_string(files.size()) + ".csv", text), source});
  }
  return read_truth(files, result);
}

TEST(Truth, EntitiesByRecordId) {
  const JobResult result = test::evaluation_result("all", "a1 | a2 | b1", "");
  const Truth truth = read(result, {"record_id,entity_id\na1,x\nb1,x\na2,y\n"});
  EXPECT_FALSE(truth.of_pairs);
  EXPECT_THAT(truth.entity, ElementsAre(truth.entity[2], truth.entity[1], truth.entity[0]));
  EXPECT_NE(truth.entity[0], truth.entity[1]);
  EXPECT_EQ(truth.rows, 3U);
}

TEST(Truth, RecordsThatItDoesNotNameAreNotJudged) {
  const JobResult result = test::evaluation_result("all", "a1 | a2 | a3", "");
  const Truth truth = read(result, {"record_id,entity_id\na1,x\na3,\n"});
  EXPECT_EQ(truth.entity[1], kUnjudged);
  EXPECT_EQ(truth.entity[2], kUnjudged);  // no entity is named
}

TEST(Truth, CountsUnknownRepeatedAndContradictingRows) {
  const JobResult result = test::evaluation_result("all", "a1 | a2", "");
  const Truth truth = read(result, {"record_id,entity_id\na1,x\na9,x\na1,x\na1,y\na2,x\n"});
  EXPECT_EQ(truth.unknown_records, 1U);
  EXPECT_EQ(truth.repeated_rows, 1U);
  EXPECT_EQ(truth.contradicting_rows, 1U);
  EXPECT_EQ(truth.entity[0], truth.entity[1]);  // the first statement about a1 stands
}

TEST(Truth, ASourceColumnTellsEqualIdsApart) {
  const Truth truth =
      read(two_sources(), {"source,record_id,entity_id\na,1,x\nb,1,y\nb,2,x\nc,1,x\n"});
  EXPECT_EQ(truth.entity[0], truth.entity[4]);
  EXPECT_NE(truth.entity[0], truth.entity[3]);
  EXPECT_EQ(truth.unknown_records, 1U);  // source c is none of the job
}

TEST(Truth, AFileMayBeAboutOneSource) {
  const Truth truth = read(two_sources(), {"record_id,entity_id\n1,x\n2,y\n"}, "b");
  EXPECT_EQ(truth.entity[0], kUnjudged);
  EXPECT_NE(truth.entity[3], kUnjudged);
}

TEST(Truth, AnUnknownSourceOfAFileIsAUsageError) {
  EXPECT_THROW(read(two_sources(), {"record_id,entity_id\n1,x\n"}, "civil"), Error);
}

TEST(Truth, EqualIdsWithoutASourceAreCountedAndLeftOut) {
  const Truth truth = read(two_sources(), {"record_id,entity_id\n1,x\n3,y\n"});
  EXPECT_EQ(truth.ambiguous_records, 1U);
  EXPECT_EQ(truth.entity[0], kUnjudged);
  EXPECT_NE(truth.entity[2], kUnjudged);
}

TEST(Truth, OfSeveralFilesEachIsAboutTheSourceThatHasMostOfItsIds) {
  const Truth truth = read(two_sources(), {"record_id,entity_id\n1,x\n2,y\n3,z\n",
                                           "source,record_id,entity_id\nb,1,x\nb,2,y\n"});
  EXPECT_EQ(truth.ambiguous_records, 0U);
  EXPECT_EQ(truth.entity[0], truth.entity[3]);
  EXPECT_EQ(truth.entity[1], truth.entity[4]);
}

TEST(Truth, AnyOtherTwoColumnsArePairs) {
  const JobResult result = test::evaluation_result("all", "a1 | a2 | a3 | b1", "");
  const Truth truth = read(result, {"rec_id_a,rec_id_b\na2,a1\na2,a3\na1,a2\nb1,b1\n"});
  EXPECT_TRUE(truth.of_pairs);
  EXPECT_THAT(truth.pairs, ElementsAre(Pair(0, 1), Pair(1, 2)));
  EXPECT_EQ(truth.repeated_rows, 1U);
  EXPECT_THAT(truth.entity, ElementsAre(0, 0, 0, 3));  // connected; nobody is unjudged
}

TEST(Truth, PairsMayNameTheirSources) {
  const Truth truth =
      read(two_sources(), {"source_l,record_id_l,source_r,record_id_r\na,1,b,2\nb,1,a,3\n"});
  EXPECT_THAT(truth.pairs, ElementsAre(Pair(0, 4), Pair(2, 3)));
}

TEST(Truth, PairsOfTwoSourcesGoByTheOrderThatFindsMore) {
  EXPECT_THAT(read(two_sources(), {"origin,destination\n1,2\n3,1\n"}).pairs,
              ElementsAre(Pair(0, 4), Pair(2, 3)));
  EXPECT_THAT(read(two_sources(), {"destination,origin\n2,1\n1,3\n"}).pairs,
              ElementsAre(Pair(0, 4), Pair(2, 3)));
}

TEST(Truth, AHeaderOfNeitherFormIsAUsageError) {
  const JobResult result = two_sources();
  try {
    read(result, {"a,b,c\n1,2,3\n"});
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kUsage);
    EXPECT_THAT(error.what(), HasSubstr("record_id and entity_id"));
  }
}

TEST(Truth, FilesOfBothFormsAreAUsageError) {
  EXPECT_THROW(read(two_sources(), {"record_id,entity_id\n1,x\n", "l,r\n1,2\n"}), Error);
}

TEST(Truth, ReadsTheTruthOfTheSharedSets) {
  const auto shared = test::shared_data();
  if (!shared) GTEST_SKIP() << "the labelled sets (../shared/data) are not there";
  const auto path = *shared / "linkage" / "fake_1000" / "fake_1000.truth.csv";
  JobResult result;
  result.sources = {"fake"};
  for (const auto& row : test::read_test_csv(path)) {
    if (row[0] == "record_id") continue;
    result.record_ids.append(row[0]);
    result.row_source.push_back(SourceId{0});
    result.entity.push_back(0);
  }
  const std::vector<TruthFile> files{{path, ""}};
  const Truth truth = read_truth(files, result);
  EXPECT_EQ(truth.rows, 1000U);
  EXPECT_EQ(truth.unknown_records, 0U);
  EXPECT_EQ(std::count(truth.entity.begin(), truth.entity.end(), kUnjudged), 0);
}

}  // namespace
}  // namespace tessera
