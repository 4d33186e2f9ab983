#include "report/job_result.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.hpp"
#include "engine/run_facts.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr const char* kPairHeader =
    "source_l,record_id_l,source_r,record_id_r,match_weight,match_probability,rule,name\n";

/// The folder of a finished job.
struct Folder {
  test::TemporaryFolder folder;

  Folder() {
    RunFacts facts;
    facts.link_type = LinkType::kLinkOnly;
    facts.link_threshold_bits = 4.2479275;
    facts.review_threshold_bits = 0.0;
    facts.pairs_compared = 7;
    facts.pairs_possible = 9;
    for (const char* name : {"client", "civil"}) facts.sources.emplace_back().name = name;
    folder.write("run.json", run_json(facts));
    folder.write("crosswalk.csv",
                 "entity_id,source,record_id\nE1,client,\"c,1\"\nE2,client,c2\nE1,civil,c2\n");
    folder.write("links.csv",
                 std::string(kPairHeader) + "client,\"c,1\",civil,c2,4.247927,0.95,sex,exact\n");
    folder.write("review.csv",
                 std::string(kPairHeader) + "client,\"c,1\",client,c2,4.247928,0.95,sex,else\n");
  }
  JobResult read() const { return read_job_result(folder.path()); }
  std::string fault() const {
    try {
      read();
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kUsage);
      return error.what();
    }
    ADD_FAILURE() << "nothing was thrown";
    return "";
  }
};

TEST(JobResult, ReadsWhatTheJobWrote) {
  const JobResult result = Folder().read();
  EXPECT_THAT(result.sources, ElementsAre("client", "civil"));
  EXPECT_EQ(result.size(), 3U);
  EXPECT_THAT(result.entity, ElementsAre(0, 1, 0));
  EXPECT_EQ(result.entities, 2U);
  EXPECT_EQ(result.record_ids[0], "c,1");
  EXPECT_EQ(result.link_type, LinkType::kLinkOnly);
  EXPECT_EQ(result.pairs_compared, 7U);
  EXPECT_EQ(result.pairs_possible, 9U);
}

TEST(JobResult, PairsComeInOrderOfRecords) {
  const JobResult result = Folder().read();
  ASSERT_EQ(result.pairs.size(), 2U);
  EXPECT_EQ(result.pairs[0].right, 1U);  // the clerical pair, of rows 0 and 1
  EXPECT_EQ(result.pairs[1].right, 2U);
}

TEST(JobResult, SixDecimalsDoNotMoveAPairAcrossTheThreshold) {
  const JobResult result = Folder().read();
  EXPECT_LT(result.pairs[0].weight_bits, result.link_threshold_bits);
  EXPECT_GE(result.pairs[1].weight_bits, result.link_threshold_bits);
}

TEST(JobResult, AFolderOfNoJobIsAUsageError) {
  const test::TemporaryFolder empty;
  EXPECT_THROW(read_job_result(empty.path()), Error);
}

TEST(JobResult, AMissingFileIsNamed) {
  const Folder job;
  std::filesystem::remove(job.folder.path() / "links.csv");
  EXPECT_THAT(job.fault(), HasSubstr("links.csv"));
}

TEST(JobResult, ADamagedRunIsAUsageErrorThatQuotesNothing) {
  const Folder job;
  job.folder.write("run.json", "{\"version\": \"Anna Weiss\"");
  const std::string fault = job.fault();
  EXPECT_THAT(fault, HasSubstr("run.json"));
  EXPECT_EQ(fault.find("Weiss"), std::string::npos);
}

TEST(JobResult, ARecordThatTheCrosswalkLacksIsAUsageError) {
  const Folder job;
  job.folder.write("links.csv",
                   std::string(kPairHeader) + "client,c9,civil,c2,5.000000,0.97,sex,exact\n");
  EXPECT_THAT(job.fault(), HasSubstr("links.csv"));
}

TEST(JobResult, AWeightThatIsNoNumberIsAUsageError) {
  const Folder job;
  job.folder.write("links.csv",
                   std::string(kPairHeader) + "client,c2,civil,c2,5.0x,0.97,sex,exact\n");
  EXPECT_THAT(job.fault(), HasSubstr("match_weight"));
}

}  // namespace
}  // namespace tessera
