#include "registry/plan_clock.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <numeric>
#include <string>
#include <vector>

#include "registry/plan_file.hpp"
#include "tests/registry/small_registry.hpp"

namespace tessera {
namespace {

struct Told {
  std::string stage;
  unsigned number = 0;
  double share_done = 0.0;
  double expected_s = 0.0;  // of all stages
};

// Applying all records goes through its four stages, each known to take some time, and resolving
// says how far it is.
TEST(PlanClock, ApplyingTellsItsStages) {
  const test::SmallRegistry registry;
  registry.load(test::invented_records(100, 1));
  std::vector<Told> told;
  PlanOptions options;
  options.watcher = [&](const StageProgress& progress) {
    EXPECT_EQ(progress.of, 4U);
    EXPECT_EQ(progress.expected_s.size(), 4U);
    told.push_back({std::string(progress.stage), progress.number, progress.share_done,
                    std::reduce(progress.expected_s.begin(), progress.expected_s.end())});
  };
  registry.apply(options);
  ASSERT_GE(told.size(), 6U);
  EXPECT_EQ(told.front().stage, "read records");
  EXPECT_EQ(told.back().stage, "give identities");
  double share = 0.0;
  for (std::size_t i = 1; i < told.size(); ++i) {
    EXPECT_GT(told[i].expected_s, 0.0);
    EXPECT_GE(told[i].number, told[i - 1].number);
    if (told[i].number != told[i - 1].number) continue;
    EXPECT_GE(told[i].share_done, told[i - 1].share_done);
    share = std::max(share, told[i].share_done);
  }
  EXPECT_NEAR(share, 1.0, 1e-9);
}

TEST(PlanClock, NobodyNeedsToWatch) {
  const test::SmallRegistry registry;
  registry.load(test::invented_records(20, 2));
  EXPECT_GT(registry.apply().events, 0U);
}

TEST(Load, TellsOfEachFile) {
  const test::SmallRegistry registry;
  std::vector<std::string> stages;
  const std::filesystem::path file = registry.folder() / "more.csv";
  std::ofstream(file)
      << "record_id,given_name,family_name,birth_date,phone\n1,Ada,Lo,1980-01-02,\n";
  Store store = registry.open();
  LoadOptions options;
  options.watcher = [&](const StageProgress& progress) {
    if (stages.empty() || stages.back() != progress.stage) stages.emplace_back(progress.stage);
    EXPECT_EQ(progress.of, 2U);
  };
  SourceSpec source;
  source.name = "client";
  source.path = file;
  load_files(store, {source}, options, test::test_run());
  EXPECT_EQ(stages, (std::vector<std::string>{"read client", "store client"}));
}

}  // namespace
}  // namespace tessera
