// report.html as the commands write it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/jobs/small_job.hpp"

namespace tessera::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class Report : public testing::Test {
 protected:
  Report() {
    const CommandResult made =
        run_tessera(folder_, {"generate", "--records", "2000", "--seed", "4", "--out", "in"});
    EXPECT_EQ(made.exit_code, 0) << made.err;
  }
  std::map<std::string, std::string> link(std::vector<std::string> more) {
    std::vector<std::string> arguments = {"link",    "in/client.csv", "in/social.csv",
                                          "--quiet", "--out",         "out"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const CommandResult result = run_tessera(folder_, arguments);
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return read_folder(folder_.path() / "out");
  }

  TemporaryFolder folder_;
};

// A record id of the example pairs: those of links.csv's first column after the source.
bool holds_an_id(const std::string& page, const std::string& crosswalk) {
  std::istringstream lines(crosswalk);
  std::string line;
  std::getline(lines, line);
  const std::string data =
      page.substr(page.find("<body>"), page.find("<footer>") - page.find("<body>"));
  while (std::getline(lines, line)) {
    if (data.find(line.substr(line.rfind(',') + 1)) != std::string::npos) return true;
  }
  return false;
}

TEST_F(Report, IsWrittenWithTheOtherFilesAndHoldsNoRecord) {
  auto files = link({});
  ASSERT_TRUE(files.contains("report.html"));
  EXPECT_LT(files["report.html"].size(), 2'500'000U);
  EXPECT_FALSE(files.contains("report.json"));
  EXPECT_FALSE(holds_an_id(files["report.html"], files["crosswalk.csv"]));
}

TEST_F(Report, ShowsItsExamplesRecordsWhenAsked) {
  auto files = link({"--show-values"});
  EXPECT_TRUE(holds_an_id(files["report.html"], files["crosswalk.csv"]));
}

TEST_F(Report, SpecHoldsEveryChart) {
  auto files = link({"--spec"});
  const auto specs = nlohmann::json::parse(files["report.json"]);
  for (const char* id :
       {"completeness", "unlinkable", "blocking", "weights", "sources", "sizes", "weakest",
        "compared", "model", "levels", "training", "agreement", "quality", "pair-1"}) {
    EXPECT_TRUE(specs.contains(id)) << id;
  }
}

TEST_F(Report, AnOldOneDoesNotStayBesideNewResults) {
  link({"--spec"});
  const auto files = link({"--no-report"});
  EXPECT_FALSE(files.contains("report.html"));
  EXPECT_FALSE(files.contains("report.json"));
}

TEST_F(Report, EvaluateWritesOneWithTheTruth) {
  link({"--no-report"});
  const CommandResult result =
      run_tessera(folder_, {"evaluate", "--truth", "in/truth.csv", "out", "--sources", "--report",
                            "page.html", "--spec", "page.json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  auto files = read_folder(folder_.path());
  const auto specs = nlohmann::json::parse(files["page.json"]);
  EXPECT_TRUE(specs.contains("thresholds"));
  EXPECT_TRUE(specs.contains("scores-by-source"));
  EXPECT_TRUE(specs.contains("completeness"));
  EXPECT_THAT(files["page.html"], HasSubstr("id=\"scores\""));
}

}  // namespace
}  // namespace tessera::test
