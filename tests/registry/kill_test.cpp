// A registry at work, killed (SIGKILL) again and again at any moment.
//
// A child process works through a script of loads, decisions and applies. Before each step it
// writes `begin N`, after it `done N`, to the expected-state file, each synced. The parent kills it
// after a random while, looks the store over and asks: is it whole, does it mean what it must after
// the last step done (or the one begun, if its commit came through), and is every identifier and
// decision that was ever seen still there, once? A reference store that ran the script undisturbed
// tells what each step must mean. The number of kills is TESSERA_KILLS (200 unless told); a run of
// 10,000 is
// `./run kills`.
//
// The parent itself starts no threads: a forked child must be able to.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <random>
#include <set>

#include "data/error.hpp"
#include "tests/registry/small_registry.hpp"

namespace tessera {
namespace {

using test::InventedRecord;
using test::SmallRegistry;
using ::testing::IsEmpty;

constexpr int kFullLook = 10;  // every tenth kill
constexpr int kBatches = 6;
constexpr int kSteps = kBatches * 4;

void run_step(const SmallRegistry& registry, int step) {
  static const std::vector<InventedRecord> records = test::invented_records(48, 77);
  const int batch = step / 4;
  const auto name = [](int person) { return "client:C" + std::to_string(1000 + person); };
  switch (step % 4) {
    case 0: {
      std::vector<InventedRecord> some;
      for (std::size_t i = 0; i < records.size(); ++i) {
        if (static_cast<int>(i) * kBatches / static_cast<int>(records.size()) <= batch) {
          some.push_back(records[i]);
        }
      }
      registry.load(some);
      break;
    }
    case 2:
      registry.decide(name(2 * batch), name(2 * batch + 1), true);
      break;
    default:
      registry.apply();
  }
}

/// Lines that outlive a kill.
void write_line(const std::filesystem::path& path, const std::string& line) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  const std::string text = line + "\n";
  if (::write(file, text.data(), text.size()) != static_cast<ssize_t>(text.size())) _exit(3);
  ::fsync(file);
  ::close(file);
}

/// Starts a child that works from `step` on; it exits 0 when the script is done.
pid_t start_child(const SmallRegistry& registry, int step, const std::filesystem::path& expected) {
  const pid_t child = fork();
  if (child != 0) return child;
  try {
    for (; step < kSteps; ++step) {
      write_line(expected, "begin " + std::to_string(step));
      run_step(registry, step);
      write_line(expected, "done " + std::to_string(step));
    }
  } catch (const Error& error) {
    write_line(expected, std::string("error ") + error.what());
    _exit(2);
  }
  _exit(0);
}

/// What the script does when nobody disturbs it.
struct Reference {
  std::vector<std::string> meanings;   // after each step; [0] before any
  std::vector<std::uint32_t> step_us;  // how long each took
};

Reference run_reference() {
  const SmallRegistry registry;
  Reference reference;
  reference.meanings = {registry.meaning()};
  for (int step = 0; step < kSteps; ++step) {
    const auto begin = std::chrono::steady_clock::now();
    const pid_t child = fork();
    if (child == 0) {
      run_step(registry, step);
      _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_EQ(status, 0) << "step " << step;
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - begin);
    reference.step_us.push_back(static_cast<std::uint32_t>(took.count()));
    reference.meanings.push_back(registry.meaning());
  }
  return reference;
}

struct Expected {
  int begun = -1;
  int done = -1;
  std::string error;
};

Expected read_expected(const std::filesystem::path& path) {
  Expected expected;
  std::ifstream in(path);
  for (std::string word; in >> word;) {
    if (word == "begin") in >> expected.begun;
    if (word == "done") in >> expected.done;
    if (word == "error") std::getline(in, expected.error);
  }
  return expected;
}

std::set<std::string> identifiers_of(const SmallRegistry& registry) {
  Store store = registry.open(Store::Access::kRead);
  std::set<std::string> all;
  Statement read = store.database().prepare("SELECT id FROM entity");
  while (read.step()) EXPECT_TRUE(all.emplace(read.text(0)).second) << "an identifier twice";
  return all;
}

/// Whether check_store finds nothing; asked in a process of its own, since checking starts threads.
bool is_whole(const SmallRegistry& registry) {
  const pid_t child = fork();
  if (child == 0) {
    try {
      const std::vector<std::string> faults = registry.check();
      for (const std::string& fault : faults) std::fprintf(stderr, "%s\n", fault.c_str());
      _exit(faults.empty() ? 0 : 1);
    } catch (const Error& error) {
      std::fprintf(stderr, "%s\n", error.what());
      _exit(1);
    }
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/// How long a child works: up to twice as long as the step at hand took undisturbed.
useconds_t random_while(std::mt19937& random, std::uint32_t step_us) {
  return static_cast<useconds_t>(random() % (2 * std::uint64_t{step_us} + 1));
}

int kills_wanted() {
  const char* told = std::getenv("TESSERA_KILLS");
  return told == nullptr ? 200 : std::atoi(told);
}

TEST(Kills, NeverLoseOrDoubleAnything) {
  const Reference reference = run_reference();
  const std::vector<std::string>& meanings = reference.meanings;
  ASSERT_EQ(std::set<std::string>(meanings.begin(), meanings.end()).size(), meanings.size())
      << "each step must show";
  std::mt19937 random(static_cast<unsigned>(kills_wanted()));
  int kills = 0;
  int mid_step = 0;
  auto registry = std::make_unique<SmallRegistry>();
  std::set<std::string> seen;
  int step = 0;
  while (kills < kills_wanted()) {
    const auto expected_file = registry->folder() / "expected";
    std::filesystem::remove(expected_file);
    const pid_t child = start_child(*registry, step, expected_file);
    usleep(random_while(random, reference.step_us[static_cast<std::size_t>(step)]));
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFSIGNALED(status)) ++kills;
    const Expected expected = read_expected(expected_file);
    ASSERT_THAT(expected.error, IsEmpty());

    // What it means tells a lost or doubled step; everything else is looked over now and then.
    if (kills % kFullLook == 0 || kills == kills_wanted()) {
      ASSERT_TRUE(is_whole(*registry)) << "after kill " << kills;
    }
    const std::string meaning = registry->meaning();
    const int done = std::max(expected.done + 1, step);  // steps that must have their effect
    const int begun = std::max(expected.begun + 1, step);
    ASSERT_TRUE(meaning == meanings[static_cast<std::size_t>(done)] ||
                meaning == meanings[static_cast<std::size_t>(begun)])
        << "after kill " << kills << ", step " << done;
    if (begun != done) ++mid_step;
    step = meaning == meanings[static_cast<std::size_t>(begun)] ? begun : done;
    const std::set<std::string> now = identifiers_of(*registry);
    for (const std::string& identifier : seen) ASSERT_TRUE(now.contains(identifier)) << "lost";
    seen = now;
    if (step == kSteps) {
      registry = std::make_unique<SmallRegistry>();
      seen.clear();
      step = 0;
    }
  }
  EXPECT_GT(mid_step, kills / 4);  // the kills meet the registry at work
  RecordProperty("kills", kills);
  RecordProperty("in_the_middle_of_a_step", mid_step);
}

}  // namespace
}  // namespace tessera
