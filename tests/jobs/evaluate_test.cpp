// `tessera evaluate` on a linked job: its forms agree, and a bad truth file is one clear line.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "tests/jobs/small_job.hpp"

namespace tessera::test {
namespace {

using testing::HasSubstr;

// Three registries of invented people, linked: made once for all tests of this file.
const TemporaryFolder& linked() {
  static const TemporaryFolder kFolder;
  static const bool kMade = [] {
    const CommandResult made =
        run_tessera(kFolder, {"generate", "--records", "1500", "--seed", "3", "--out", "."});
    EXPECT_EQ(made.exit_code, 0) << made.err;
    const CommandResult linking = run_tessera(
        kFolder, {"link", "client.csv", "social.csv", "crvs.csv", "--out", "out", "--quiet"});
    EXPECT_EQ(linking.exit_code, 0) << linking.err;
    return true;
  }();
  EXPECT_TRUE(kMade);
  return kFolder;
}

CommandResult evaluate(const std::vector<std::string>& more) {
  std::vector<std::string> arguments = {"evaluate", "--truth", "truth.csv"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return run_tessera(linked(), arguments);
}

TEST(Evaluate, CountsEveryRecordOfTheTruth) {
  const CommandResult result = evaluate({"out", "--format", "json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const auto report = nlohmann::json::parse(result.out);
  EXPECT_EQ(report["truth"]["records"], 1500);
  EXPECT_EQ(report["truth"]["records_judged"], 1500);
  EXPECT_GT(report["clusters"]["f1"], 0.8);
  EXPECT_GT(report["blocking"]["pairs_completeness"], 0.9);
  EXPECT_LT(report["blocking"]["pairs_compared"], report["blocking"]["pairs_possible"]);
}

TEST(Evaluate, EveryFormatHasTheSameFigures) {
  const auto json = nlohmann::json::parse(evaluate({"out", "--format", "json"}).out);
  const double wanted = json["clusters"]["f1"];
  const std::string rounded = nlohmann::json(std::round(wanted * 1e4) / 1e4).dump();
  EXPECT_THAT(evaluate({"out"}).out, HasSubstr(rounded));
  EXPECT_THAT(evaluate({"out", "--format", "csv"}).out, HasSubstr("measure,scope,"));
  EXPECT_THAT(evaluate({"out", "--format", "ndjson"}).out,
              HasSubstr(nlohmann::json(wanted).dump()));
}

TEST(Evaluate, BySourcesTellsEachPairOfThem) {
  const CommandResult result = evaluate({"--sources", "out"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  for (const char* source : {"client", "social", "crvs"})
    EXPECT_THAT(result.out, HasSubstr(source));
}

TEST(Evaluate, AnAbsentTruthOrFolderIsExitTwo) {
  const CommandResult no_truth =
      run_tessera(linked(), {"evaluate", "--truth", "nowhere.csv", "out"});
  EXPECT_EQ(no_truth.exit_code, 2);
  EXPECT_THAT(no_truth.err, HasSubstr("nowhere.csv"));
  const CommandResult no_folder = evaluate({"nowhere"});
  EXPECT_EQ(no_folder.exit_code, 2);
  EXPECT_THAT(no_folder.err, HasSubstr("nowhere"));
}

}  // namespace
}  // namespace tessera::test
