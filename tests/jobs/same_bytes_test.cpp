// The same records give the same bytes: at any number of threads, in any order of the rows.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>

#include "data/dictionary.hpp"
#include "tests/support/command.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera::test {
namespace {

using Files = std::map<std::string, std::string>;

constexpr const char* kSources[] = {"client.csv", "social.csv", "crvs.csv"};

// Three registries of invented people, made once for all tests of this file.
const TemporaryFolder& registries() {
  static const TemporaryFolder kFolder;
  static const CommandResult kMade =
      run_command(TESSERA_BINARY, {"generate", "--records", "6000", "--seed", "5", "--out", "."},
                  kFolder.path());
  EXPECT_EQ(kMade.exit_code, 0) << kMade.err;
  return kFolder;
}

// As many as a process has now; 0 where the system does not tell, or it has ended.
int threads_of(int process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  for (std::string word; status >> word;) {
    if (int threads = 0; word == "Threads:" && status >> threads) return threads;
  }
  return 0;
}

// All files of the linked registries but run.json, which knows the threads and the inputs' digests.
Files link_all(const std::filesystem::path& folder, const std::string& threads,
               const std::function<void(int threads)>& watch = nullptr) {
  const TemporaryFolder out;
  std::function<void(int process)> watch_process;
  if (watch) {
    watch_process = [&](int process) {
      const int now = threads_of(process);
      if (!std::filesystem::exists(out.path() / "run.json")) watch(now);  // still at work
    };
  }
  const CommandResult result = run_command(TESSERA_BINARY,
                                           {"link", "client.csv", "social.csv", "crvs.csv", "--out",
                                            out.path().string(), "--threads", threads, "--quiet"},
                                           folder, watch_process);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  Files files = read_folder(out.path());
  EXPECT_EQ(files.erase("run.json"), 1U);
  files.erase("job.toml");  // names the folder that the job's paths are relative to
  return files;
}

const Files& linked_by_one_thread() {
  static const Files kFiles = link_all(registries().path(), "1");
  return kFiles;
}

// The lines after the header in another order, drawn from `seed`.
std::string with_rows_shuffled(const std::string& text, std::uint64_t seed) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at) + 1;
    lines.push_back(text.substr(at, end - at));
    at = end;
  }
  for (std::size_t i = lines.size() - 1; i > 1; --i) {
    std::swap(lines[i], lines[1 + mix64(seed + i) % i]);
  }
  std::string out;
  for (const std::string& line : lines) out += line;
  return out;
}

void expect_same(const Files& files, const Files& expected) {
  ASSERT_EQ(files.size(), expected.size());
  for (const auto& [name, text] : expected) {
    ASSERT_TRUE(files.contains(name)) << name;
    EXPECT_TRUE(files.at(name) == text) << name << " differs";
  }
}

TEST(SameBytes, TheJobFindsPersons) {
  const std::string& crosswalk = linked_by_one_thread().at("crosswalk.csv");
  const std::string& golden = linked_by_one_thread().at("golden.csv");
  const auto records = std::count(crosswalk.begin(), crosswalk.end(), '\n') - 1;
  const auto entities = std::count(golden.begin(), golden.end(), '\n') - 1;
  EXPECT_EQ(records, 6000);
  EXPECT_LT(entities, 4500);
  EXPECT_GT(entities, 1000);
}

TEST(SameBytes, AtTwoThreads) {
  expect_same(link_all(registries().path(), "2"), linked_by_one_thread());
}

TEST(SameBytes, AtEightThreads) {
  expect_same(link_all(registries().path(), "8"), linked_by_one_thread());
}

TEST(Threads, NoMoreThanAskedForFromTheFirstStepToTheLastFile) {
  int most = 0;
  const auto watch = [&](int threads) { most = std::max(most, threads); };
  link_all(registries().path(), "1", watch);
  EXPECT_EQ(most, 1);
  if (std::thread::hardware_concurrency() < 2) return;
  most = 0;
  link_all(registries().path(), "2", watch);
  EXPECT_EQ(most, 2);
}

TEST(SameBytes, WithTheRowsShuffled) {
  const TemporaryFolder shuffled;
  const Files extracts = read_folder(registries().path());
  for (const char* source : kSources) {
    const std::string text = with_rows_shuffled(extracts.at(source), 7);
    EXPECT_NE(text, extracts.at(source));
    shuffled.write(source, text);
  }
  expect_same(link_all(shuffled.path(), "2"), linked_by_one_thread());
}

TEST(SameBytes, TheGeneratorRepeatsItself) {
  const TemporaryFolder again;
  const CommandResult made = run_command(
      TESSERA_BINARY, {"generate", "--records", "6000", "--seed", "5", "--out", "."}, again.path());
  ASSERT_EQ(made.exit_code, 0) << made.err;
  expect_same(read_folder(again.path()), read_folder(registries().path()));
}

}  // namespace
}  // namespace tessera::test
