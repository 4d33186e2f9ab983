// `tessera why` on a linked job, as users run it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "tests/jobs/small_job.hpp"

namespace tessera::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const TemporaryFolder& linked() {
  static const TemporaryFolder kFolder;
  static const bool kMade = [] {
    kFolder.write("people.csv", std::string(kGoodPeople));
    const CommandResult linking =
        run_tessera(kFolder, {"link", "people.csv", "--out", "out", "--quiet"});
    EXPECT_EQ(linking.exit_code, 0) << linking.err;
    EXPECT_EQ(run_tessera(kFolder, {"generate", "--records", "300", "--out", "."}).exit_code, 0);
    const CommandResult three = run_tessera(
        kFolder, {"link", "client.csv", "social.csv", "crvs.csv", "--out", "three", "--quiet"});
    EXPECT_EQ(three.exit_code, 0) << three.err;
    return true;
  }();
  EXPECT_TRUE(kMade);
  return kFolder;
}

CommandResult why(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "why");
  return run_tessera(linked(), arguments);
}

// Every pair of a job's files: tests/report/linked_job_test.cpp. Here some, through the command.
TEST(Why, PartsAddUpToTheWeightInTheFile) {
  const auto rows = read_test_csv(linked().path() / "three" / "links.csv");
  ASSERT_GT(rows.size(), 20U);
  for (std::size_t i = 1; i < 20; ++i) {
    const std::string left = rows[i].at(0) + ":" + rows[i].at(1);
    const std::string right = rows[i].at(2) + ":" + rows[i].at(3);
    const CommandResult result = why({left, right, "three", "--format", "json"});
    ASSERT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(result.err, IsEmpty());
    const auto json = nlohmann::json::parse(result.out);
    double sum = json["prior_bits"].get<double>() + json["relations_bits"].get<double>();
    for (const auto& comparison : json["comparisons"]) {
      sum += comparison["level_bits"].get<double>() + comparison["tf_bits"].get<double>();
    }
    EXPECT_NEAR(sum, std::stod(rows[i].at(4)), 1e-6);  // the file has six decimals
    EXPECT_EQ(json["blocking"]["found_by"], rows[i].at(6));
  }
}

TEST(Why, HidesValuesUnlessAsked) {
  EXPECT_THAT(why({"people:1", "2", "out"}).out, Not(HasSubstr("Amina")));
  EXPECT_THAT(why({"people:1", "2", "out", "--show-values"}).out, HasSubstr("Amina"));
  EXPECT_THAT(why({"people:1", "2", "out", "--format", "json"}).out, Not(HasSubstr("amina")));
}

TEST(Why, ABadRequestIsOneLineAndExitTwo) {
  const auto expect_usage = [](const CommandResult& result, const char* says) {
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, HasSubstr(says));
    EXPECT_THAT(result.out, IsEmpty());
    EXPECT_EQ(std::ranges::count(result.err, '\n'), 1) << result.err;
  };
  expect_usage(why({"people:1"}), "right is required");
  expect_usage(why({"people:1", "people:99", "out"}), "people:99: there is no such record");
  expect_usage(why({"people:1", "people:1", "out"}), "named twice");
  expect_usage(why({"people:1", "people:2", "nowhere"}), "nowhere");
  expect_usage(why({"people:1", "people:2", "out", "--source", "x=people.csv"}),
               "x: is no source of this job");
}

}  // namespace
}  // namespace tessera::test
