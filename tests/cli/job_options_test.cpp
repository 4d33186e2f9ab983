// What is typed becomes a job: sources by name, sizes, options over the config, models of both
// kinds.
#include "cli/job_options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <CLI/CLI.hpp>
#include <utility>

#include "data/error.hpp"
#include "engine/write_job.hpp"
#include "tests/scoring/splink_support.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kPeople =
    "record_id,given_name,family_name,birth_date\n"
    "1,Amina,Okafor,1988-04-12\n"
    "2,Amina,Okafor,1988-04-12\n"
    "3,Ravi,Thapa,1975-11-30\n"
    "4,Tesfaye,Bekele,1963-02-17\n";

// A folder with an extract under several names.
struct Extracts {
  Extracts() {
    for (const char* name : {"people.csv", "visits.2024.csv", "a=b.csv"}) {
      folder.write(name, kPeople);
    }
    std::filesystem::create_directory(folder.path() / "x=y");
    std::filesystem::copy(folder.path() / "people.csv", folder.path() / "x=y" / "folk.csv");
  }
  std::string path(const std::string& name) const { return (folder.path() / name).string(); }
  test::TemporaryFolder folder;
};

JobOptions with_files(const std::vector<std::string>& files) {
  JobOptions options;
  options.files = files;
  options.quiet = true;
  return options;
}

ChosenJob choose(const JobOptions& options) {
  Console console(true);
  return choose_job(options, console);
}

void expect_refused(const JobOptions& options, const std::string& words) {
  try {
    choose(options);
    FAIL() << "it was taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kUsage);
    EXPECT_THAT(error.what(), HasSubstr(words));
  }
}

TEST(ParseSize, ReadsNumbersWithUnits) {
  const std::pair<const char*, std::uint64_t> kCases[] = {{"800000000", 800'000'000},
                                                          {"1", 1},
                                                          {"512B", 512},
                                                          {"1k", 1'024},
                                                          {"512M", 536'870'912},
                                                          {"512m", 536'870'912},
                                                          {"512MB", 536'870'912},
                                                          {"512MiB", 536'870'912},
                                                          {"4G", 4'294'967'296},
                                                          {"1.5GB", 1'610'612'736},
                                                          {"0.5K", 512},
                                                          {"2T", 2'199'023'255'552}};
  for (const auto& [text, bytes] : kCases) EXPECT_EQ(parse_size(text), bytes) << text;
}

TEST(ParseSize, RefusesWhatIsNoSize) {
  for (const char* text : {"", "G", "much", "-1G", "0", "0G", "1X", "1 G", "4GG", "4GBB", "1iB",
                           "nan", "inf", "1e300", "9000000T", "4G "}) {
    EXPECT_EQ(parse_size(text), std::nullopt) << text;
  }
}

TEST(ChooseJob, NamesASourceAsTypedOrAfterItsFile) {
  const Extracts extracts;
  const std::pair<std::string, const char*> kCases[] = {
      {extracts.path("people.csv"), "people"},
      {"client=" + extracts.path("people.csv"), "client"},
      {extracts.path("visits.2024.csv"), "visits"},
      {"v=" + extracts.path("a=b.csv"), "v"},
      {extracts.path("x=y/folk.csv"), "folk"}};  // an `=` in a folder names nothing
  for (const auto& [typed, name] : kCases) {
    const ChosenJob chosen = choose(with_files({typed}));
    ASSERT_EQ(chosen.job.sources.size(), 1U) << typed;
    EXPECT_EQ(chosen.job.sources[0].name, name) << typed;
    EXPECT_TRUE(std::filesystem::exists(chosen.job.sources[0].path)) << typed;
    EXPECT_FALSE(chosen.model.has_value());
  }
}

TEST(ChooseJob, RefusesASourceWithoutFileOrName) {
  expect_refused(with_files({"client="}), "names no file");
  expect_refused(with_files({".csv"}), "names no file");
  expect_refused(with_files({""}), "names no file");
}

TEST(ChooseJob, RefusesTwoSourcesOfOneName) {
  const Extracts extracts;
  expect_refused(with_files({extracts.path("people.csv"), "people=" + extracts.path("a=b.csv")}),
                 "a second source named 'people'");
}

TEST(ChooseJob, RefusesNoJobAtAll) {
  expect_refused(with_files({}), "name files");
}

TEST(ChooseJob, LetsOptionsWinOverTheConfig) {
  const Extracts extracts;
  const JobSpec proposed = choose(with_files({extracts.path("people.csv")})).job;
  JobOptions options = with_files({});
  options.config =
      extracts.folder.write("job.toml", job_toml(proposed, extracts.folder.path())).string();
  options.threads = 3;
  options.memory = "2G";
  options.max_rejected_share = 0.25;
  const ChosenJob chosen = choose(options);
  EXPECT_EQ(chosen.job.sources.at(0).name, "people");
  EXPECT_EQ(chosen.job.max_rejected_share, 0.25);
  EXPECT_EQ(chosen.limits.threads, 3U);
  EXPECT_EQ(chosen.limits.memory_bytes, 2'147'483'648U);

  JobOptions plain = with_files({});
  plain.config = options.config;
  EXPECT_EQ(choose(plain).job.max_rejected_share, proposed.max_rejected_share);
  EXPECT_EQ(choose(plain).limits.memory_bytes, 0U);
}

TEST(ChooseJob, RefusesAMemoryThatIsNoSize) {
  const Extracts extracts;
  JobOptions options = with_files({extracts.path("people.csv")});
  options.memory = "plenty";
  expect_refused(options, "--memory: is not a size");
}

TEST(ChooseJob, LeavesIgnoredColumnsOut) {
  const Extracts extracts;
  JobOptions options = with_files({extracts.path("people.csv")});
  const auto compares_dates = [&] {
    for (const ComparisonSpec& comparison : choose(options).job.comparisons) {
      if (comparison.name == "birth_date") return true;
    }
    return false;
  };
  EXPECT_TRUE(compares_dates());
  options.ignore = {"birth_date"};
  EXPECT_FALSE(compares_dates());
}

TEST(ChooseJob, ReadsAModelOfOurs) {
  const Extracts extracts;
  Model model;
  model.prior = 0.25;
  ComparisonModel comparison;
  comparison.name = "family_name";
  comparison.levels = {{"exact", 0.9, 0.1, true}, {"else", 0.1, 0.9, true}};
  model.comparisons = {comparison};
  JobOptions options = with_files({extracts.path("people.csv")});
  options.model = extracts.folder.write("model.json", model_json(model)).string();
  const ChosenJob chosen = choose(options);
  ASSERT_TRUE(chosen.model.has_value());
  EXPECT_EQ(model_json(*chosen.model), model_json(model));
}

TEST(ChooseJob, TakesTheJobOfASplinkModel) {
  const Extracts extracts;
  JobOptions options = with_files({extracts.path("people.csv")});
  options.model = extracts.folder.write("splink.json", test::splink_people_json()).string();
  testing::internal::CaptureStderr();
  const ChosenJob chosen = choose(options);
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("warning: not carried over from"));
  ASSERT_TRUE(chosen.model.has_value());
  EXPECT_EQ(chosen.job.comparisons.size(), chosen.model->comparisons.size());
  EXPECT_EQ(chosen.job.comparisons.at(0).name, "first_name");
}

TEST(ChooseJob, RefusesAModelThatIsNotThere) {
  const Extracts extracts;
  JobOptions options = with_files({extracts.path("people.csv")});
  options.model = extracts.path("no.json");
  expect_refused(options, "cannot be read");
}

TEST(AddJobOptions, TakesWhatIsTyped) {
  CLI::App app;
  JobOptions options;
  add_job_options(app, options);
  std::vector<std::string> typed = {
      "a.csv",    "b=c.csv",        "--threads", "2",       "--memory", "4G",     "--quiet",
      "--ignore", "notes",          "--ignore",  "remarks", "--model",  "m.json", "--config",
      "job.toml", "--max-rejected", "0.1"};
  std::reverse(typed.begin(), typed.end());  // as CLI11 wants them
  app.parse(typed);
  EXPECT_THAT(options.files, ElementsAre("a.csv", "b=c.csv"));
  EXPECT_EQ(options.threads, 2U);
  EXPECT_EQ(options.memory, "4G");
  EXPECT_THAT(options.ignore, ElementsAre("notes", "remarks"));
  EXPECT_EQ(options.model, "m.json");
  EXPECT_EQ(options.config, "job.toml");
  EXPECT_EQ(options.max_rejected_share, 0.1);
  EXPECT_TRUE(options.quiet);
}

TEST(AddJobOptions, RefusesNumbersOutOfRange) {
  for (const auto& [option, value] : {std::pair{"--threads", "0"}, std::pair{"--threads", "9999"},
                                      std::pair{"--max-rejected", "1.5"}}) {
    CLI::App app;
    JobOptions options;
    add_job_options(app, options);
    EXPECT_THROW(app.parse(std::vector<std::string>{value, option}), CLI::ValidationError);
  }
}

}  // namespace
}  // namespace tessera
