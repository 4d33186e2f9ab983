// A whole job, written and read back: every pair's parts add up to what the job gave it.
#include "report/linked_job.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "data/error.hpp"
#include "tests/report/finished_job.hpp"

namespace tessera {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Finished = test::FinishedJob;

const Finished& finished() {
  static const Finished kFinished;
  return kFinished;
}

std::string fault_of(const LinkedJob& linked, std::string_view name) {
  try {
    linked.find(name);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kUsage);
    return error.what();
  }
  return "";
}

TEST(LinkedJob, ExplainsEveryPairOfLinksAndReviewAsTheJobWeighedIt) {
  const LinkedJob linked(finished().out(), {}, {});
  EXPECT_THAT(linked.changes(), IsEmpty());
  const LinkResult& result = finished().result;
  ASSERT_GT(result.links.size(), 100U);
  ASSERT_EQ(linked.links().size(), result.links.size());
  for (const Link& link : result.links) {
    const Row left = linked.find(result.table.record_name(link.left));
    const Row right = linked.find(result.table.record_name(link.right));
    const Explanation of = linked.explain(left, right);
    double sum = of.alternatives[0].prior_bits + of.relations_bits;
    for (const ExplainedComparison& c : of.comparisons) sum += c.level_bits + c.tf_bits;
    ASSERT_NEAR(sum, link.weight_bits, 1e-9);
    ASSERT_NEAR(of.weight_bits, link.weight_bits, 1e-9);
    ASSERT_NEAR(of.decided_weight_bits.value(), link.weight_bits, 1e-6);
    ASSERT_EQ(of.blocking.found_by, link.rule == kClosureRule
                                        ? "common_neighbours"
                                        : finished().job.rules[link.rule].text);
    const bool same = result.clusters.label[link.left] == result.clusters.label[link.right];
    ASSERT_EQ(of.cluster.outcome == Outcome::kSameEntity, same);
  }
}

TEST(LinkedJob, FindsARecordByItsNameOrItsIdAlone) {
  const LinkedJob linked(finished().out(), {}, {});
  const std::string name = linked.table().record_name(5);
  EXPECT_EQ(linked.find(name), 5U);
  EXPECT_EQ(linked.find(name.substr(name.find(':') + 1)), 5U);
  EXPECT_THAT(fault_of(linked, "client:nobody"), HasSubstr("client, social or crvs"));
}

// A copy of the job in another folder that a test may spoil.
struct Copy {
  Copy() {
    std::filesystem::copy(finished().folder.path(), folder.path(),
                          std::filesystem::copy_options::recursive);
  }
  void append(const std::string& file, const std::string& text) const {
    std::ofstream(folder.path() / file, std::ios::app) << text;
  }
  std::vector<std::string> changes() const {
    return LinkedJob(folder.path() / "out", {}, {}).changes();
  }
  test::TemporaryFolder folder;
};

TEST(LinkedJob, TellsWhatHasChangedSince) {
  const Copy copy;
  copy.append("out/job.toml", "# a remark\n");
  copy.append("client.csv", "\n");
  EXPECT_THAT(copy.changes(), ElementsAre(HasSubstr("file of source client has changed"),
                                          HasSubstr("job.toml has changed")));
}

TEST(LinkedJob, ANewRecordHasNoEntity) {
  const Copy copy;
  std::ifstream file(copy.folder.path() / "client.csv");
  std::string header;
  std::string row;
  std::getline(file, header);
  std::getline(file, row);
  copy.append("client.csv", "new1" + row.substr(row.find(',')) + "\n");
  const LinkedJob linked(copy.folder.path() / "out", {}, {});
  const Row added = linked.find("client:new1");
  const Row copied = linked.find("client:" + row.substr(0, row.find(',')));
  const Explanation of = linked.explain(added, copied);
  EXPECT_EQ(of.cluster.outcome, Outcome::kUndecided);
  EXPECT_FALSE(of.decided_weight_bits.has_value());
}

TEST(LinkedJob, SourcesMayLieElsewhere) {
  const Copy copy;
  std::filesystem::rename(copy.folder.path() / "client.csv", copy.folder.path() / "moved.csv");
  EXPECT_THROW(LinkedJob(copy.folder.path() / "out", {}, {}), Error);
  SourceSpec moved;
  moved.name = "client";
  moved.path = copy.folder.path() / "moved.csv";
  const LinkedJob linked(copy.folder.path() / "out", std::span(&moved, 1), {});
  EXPECT_THAT(linked.changes(), IsEmpty());
  moved.name = "klient";
  EXPECT_THROW(LinkedJob(copy.folder.path() / "out", std::span(&moved, 1), {}), Error);
}

TEST(LinkedJob, AModelOfAnotherJobIsRefused) {
  const Copy copy;
  const std::filesystem::path path = copy.folder.path() / "out" / "job.toml";
  std::ifstream file(path);
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const std::size_t at = text.rfind("[[comparison]]");
  std::ofstream(path) << text.substr(0, at);
  EXPECT_THROW(LinkedJob(copy.folder.path() / "out", {}, {}), Error);
  EXPECT_THROW(LinkedJob(copy.folder.path() / "nowhere", {}, {}), Error);
}

}  // namespace
}  // namespace tessera
