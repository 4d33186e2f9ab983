// `tessera review` of a job's folder, as users run it. Of a registry: registry_test.cpp.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/jobs/small_job.hpp"

namespace tessera::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

class Review : public testing::Test {
 protected:
  Review() {
    EXPECT_EQ(run_tessera(folder_, {"generate", "--records", "1500", "--seed", "2", "--out", "in"})
                  .exit_code,
              0);
    const CommandResult linking = run_tessera(
        folder_, {"link", "in/client.csv", "in/social.csv", "--out", "results", "--quiet"});
    EXPECT_EQ(linking.exit_code, 0) << linking.err;
  }

  // `keys` as a person would type them, a line each where there is no terminal.
  CommandResult review(const std::string& keys, const std::string& options = "") {
    return run_command(
        "/bin/sh", {"-c", "printf '" + keys + "' | " TESSERA_BINARY " review results " + options},
        folder_.path());
  }

  std::size_t waiting() {
    const CommandResult printed = run_tessera(folder_, {"review", "results", "--format", "csv"});
    EXPECT_EQ(printed.exit_code, 0) << printed.err;
    EXPECT_THAT(printed.out, StartsWith("record,other_record,reason,weight_bits\n"));
    return static_cast<std::size_t>(std::count(printed.out.begin(), printed.out.end(), '\n')) - 1;
  }

  TemporaryFolder folder_;
};

TEST_F(Review, OfAFolderSavesVerdictsThatTrainTheNextModel) {
  const std::size_t doubtful = read_test_csv(folder_.path() / "results" / "review.csv").size() - 1;
  ASSERT_GE(doubtful, 4U);
  EXPECT_EQ(waiting(), doubtful);
  const CommandResult first = review("m\\nn\\nq\\n");
  EXPECT_EQ(first.exit_code, 0) << first.err;
  EXPECT_THAT(first.out, HasSubstr("1 of " + std::to_string(doubtful)));
  EXPECT_THAT(first.out, HasSubstr("2 verdicts saved in results/verdicts.csv"));
  EXPECT_THAT(first.err, IsEmpty());
  EXPECT_EQ(waiting(), doubtful - 2);
  const CommandResult trained =
      run_tessera(folder_, {"train", "--config", "results/job.toml", "--labels",
                            "results/verdicts.csv", "--out", "model.json", "--quiet"});
  EXPECT_EQ(trained.exit_code, 0) << trained.err;
  EXPECT_THAT(trained.out, HasSubstr("1 match and 1 non-match correct the model"));
}

// Thirty pairs as a person would judge them: most at once, some put off and seen at the end.
TEST_F(Review, ASessionOfManyPairsSaysAllAlongWhichOneItIs) {
  const std::size_t doubtful = waiting();
  const std::size_t judged = std::min<std::size_t>(30, doubtful - 1);
  ASSERT_GE(judged, 4U);
  std::string keys = "s\\ns\\n";
  for (std::size_t i = 2; i < judged; ++i) keys += i % 5 == 0 ? "?\\n" : "n\\n";
  const CommandResult reviewed = review(keys + "n\\ns\\nq\\n", "--limit " + std::to_string(judged));
  EXPECT_EQ(reviewed.exit_code, 0) << reviewed.err;
  const std::string of = " of " + std::to_string(judged);
  for (std::size_t i = 1; i <= judged; ++i) {
    EXPECT_THAT(reviewed.out, HasSubstr(std::to_string(i) + of)) << i;
  }
  EXPECT_THAT(reviewed.out, HasSubstr("the 2 pairs that you skipped come again"));
  EXPECT_THAT(reviewed.out, HasSubstr("skipped pair 2 of 2 · "));
  EXPECT_THAT(reviewed.out, HasSubstr(" unsure, 1 skipped, " + std::to_string(doubtful - judged) +
                                      " beyond --limit)\n"));
}

TEST_F(Review, UndoTakesAVerdictOutOfTheFile) {
  EXPECT_THAT(review("m\\nu\\nq\\n", "--verdicts mine.csv").out, HasSubstr("0 verdicts saved"));
  EXPECT_EQ(read_test_csv(folder_.path() / "mine.csv").size(), 1U);  // the header
}

TEST_F(Review, BlindShowsTheRecordsAlone) {
  const std::string page = review("q\\n", "--blind").out;
  EXPECT_THAT(page, HasSubstr("given_name"));
  EXPECT_THAT(page, Not(HasSubstr("probability")));
}

TEST_F(Review, SaysWhatItIsGivenAndCannotTake) {
  const CommandResult none = run_tessera(folder_, {"review", "nowhere"});
  EXPECT_EQ(none.exit_code, 2);
  EXPECT_THAT(none.err, HasSubstr("neither a job's folder"));
  const CommandResult neither = run_tessera(folder_, {"review"});
  EXPECT_EQ(neither.exit_code, 2);
  EXPECT_THAT(neither.err, HasSubstr("tessera review DIR"));
  const CommandResult both = run_tessera(folder_, {"review", "results", "--store", "x.tessera"});
  EXPECT_EQ(both.exit_code, 2);
  EXPECT_THAT(both.err, HasSubstr("name one of them"));
  const CommandResult registry =
      run_tessera(folder_, {"review", "--store", "x.tessera", "--verdicts", "v.csv"});
  EXPECT_EQ(registry.exit_code, 2);
  EXPECT_THAT(registry.err, HasSubstr("is for a job's folder"));
  EXPECT_THAT(run_tessera(folder_, {"review", "results", "--reason", "weak bridge"}).out,
              HasSubstr("Nothing waits"));
}

}  // namespace
}  // namespace tessera::test
