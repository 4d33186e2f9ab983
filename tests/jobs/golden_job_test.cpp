// Each folder of tests/jobs is a job with its inputs and, in expected/, every file that it must
// write, byte by byte.
//
// A change that is meant: `./run golden`, then review the changed files as code.
// Of run.json the member `machine` (seconds, memory, threads) is left out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/support/command.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera::test {
namespace {

std::vector<std::filesystem::path> golden_jobs() {
  std::vector<std::filesystem::path> jobs;
  for (const auto& entry : std::filesystem::directory_iterator(TESSERA_JOBS_DIR)) {
    if (std::filesystem::exists(entry.path() / "job.toml")) jobs.push_back(entry.path());
  }
  std::sort(jobs.begin(), jobs.end());
  return jobs;
}

std::string without_machine(const std::string& run_json) {
  nlohmann::ordered_json run = nlohmann::ordered_json::parse(run_json);
  run.erase("machine");
  run.erase("version");
  return run.dump(2) + "\n";
}

// What the job writes. A model.json beside its config is used instead of training.
std::map<std::string, std::string> run_job(const std::filesystem::path& job) {
  const TemporaryFolder folder;
  std::filesystem::copy(job, folder.path() / "job", std::filesystem::copy_options::recursive);
  // report.html follows from run.json and model.json; report_test.cpp looks at it.
  std::vector<std::string> arguments = {"link",        "--config",       "job.toml", "--out",
                                        "out",         "--threads",      "2",        "--quiet",
                                        "--no-report", "--max-rejected", "0.1"};
  if (std::filesystem::exists(job / "model.json")) {
    arguments.insert(arguments.end(), {"--model", "model.json"});
  }
  const CommandResult result = run_command(TESSERA_BINARY, arguments, folder.path() / "job");
  EXPECT_EQ(result.exit_code, 0) << result.err;
  auto files = read_folder(folder.path() / "job" / "out");
  if (files.contains("run.json")) files["run.json"] = without_machine(files["run.json"]);
  return files;
}

// Where two texts part: the first line that differs, of both.
std::string first_difference(const std::string& got, const std::string& wanted) {
  std::istringstream got_lines(got);
  std::istringstream wanted_lines(wanted);
  std::string got_line;
  std::string wanted_line;
  for (int number = 1;; ++number) {
    const bool more_got = static_cast<bool>(std::getline(got_lines, got_line));
    const bool more_wanted = static_cast<bool>(std::getline(wanted_lines, wanted_line));
    if (!more_got && !more_wanted) return "only the last line's end differs";
    if (more_got && more_wanted && got_line == wanted_line) continue;
    return "line " + std::to_string(number) + "\n  is:     " + (more_got ? got_line : "(no line)") +
           "\n  wanted: " + (more_wanted ? wanted_line : "(no line)");
  }
}

void update(const std::filesystem::path& expected,
            const std::map<std::string, std::string>& files) {
  std::filesystem::remove_all(expected);
  std::filesystem::create_directory(expected);
  for (const auto& [name, text] : files) std::ofstream(expected / name, std::ios::binary) << text;
}

TEST(GoldenJob, ThereAreSome) {
  EXPECT_GE(golden_jobs().size(), 2U);
}

TEST(GoldenJob, EveryFileIsAsExpected) {
  for (const std::filesystem::path& job : golden_jobs()) {
    SCOPED_TRACE(job.filename().string());
    const auto files = run_job(job);
    if (std::getenv("TESSERA_UPDATE_GOLDEN") != nullptr) update(job / "expected", files);
    const auto expected = read_folder(job / "expected");
    for (const auto& [name, text] : expected) {
      ASSERT_TRUE(files.contains(name)) << name << " was not written";
      EXPECT_TRUE(files.at(name) == text) << name << ", " << first_difference(files.at(name), text);
    }
    EXPECT_EQ(files.size(), expected.size()) << "a file was written that is not expected";
  }
}

}  // namespace
}  // namespace tessera::test
