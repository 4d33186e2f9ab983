// The whole line on a small generated population: nobody lost, the same at any thread count, and a
// trained model gives back its links.
#include "engine/pipeline.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <set>
#include <string>

#include "data/error.hpp"
#include "engine/memory_plan.hpp"
#include "engine/propose_job.hpp"
#include "generate/population.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::uint64_t kRecords = 2000;

struct Registries {
  Registries() {
    GenerateOptions options;
    options.folder = folder.path();
    options.records = kRecords;
    options.seed = 11;
    options.threads = 1;
    const GenerateSummary made = generate_registries(options);
    std::vector<SourceSpec> sources;
    for (const GenerateSummary::Source& source : made.sources) {
      SourceSpec spec;
      spec.name = source.name;
      spec.path = source.path;
      sources.push_back(spec);
      records_of[source.name] = source.records;
    }
    job = propose_job(sources).job;
    const auto rows = test::read_test_csv(made.truth);
    for (std::size_t i = 1; i < rows.size(); ++i) {
      person_of[rows[i].at(0) + ":" + rows[i].at(1)] = rows[i].at(2);
    }
  }

  test::TemporaryFolder folder;
  std::map<std::string, std::uint64_t> records_of;
  std::map<std::string, std::string> person_of;  // by `source:record_id`
  JobSpec job;
};

const Registries& registries() {
  static const Registries kMade;
  return kMade;
}

LinkResult run_with(unsigned threads, const std::optional<Model>& model = std::nullopt) {
  RunLimits limits;
  limits.threads = threads;
  return run_link(registries().job, limits, model, {});
}

const LinkResult& linked() {
  static const LinkResult kResult = run_with(1);
  return kResult;
}

std::string name_of(const Table& table, Row row) {
  return table.sources[static_cast<std::size_t>(table.row_source[row])].name + ":" +
         std::string(table.record_ids[row]);
}

void expect_same_links(const LinkResult& result, const LinkResult& expected) {
  ASSERT_EQ(result.links.size(), expected.links.size());
  for (std::size_t i = 0; i < result.links.size(); ++i) {
    ASSERT_EQ(result.links[i].left, expected.links[i].left);
    ASSERT_EQ(result.links[i].right, expected.links[i].right);
    ASSERT_EQ(result.links[i].pattern, expected.links[i].pattern);
    ASSERT_EQ(result.links[i].weight_bits, expected.links[i].weight_bits);  // to the last bit
    ASSERT_EQ(result.links[i].rule, expected.links[i].rule);
  }
  EXPECT_EQ(result.clusters.label, expected.clusters.label);
}

TEST(RunLink, PutsEveryRecordInOneEntity) {
  const LinkResult& result = linked();
  ASSERT_EQ(result.table.size(), kRecords);
  std::set<std::string> names;
  for (Row row = 0; row < result.table.size(); ++row) names.insert(name_of(result.table, row));
  EXPECT_EQ(names.size(), kRecords);
  for (const std::string& name : names) EXPECT_TRUE(registries().person_of.contains(name));

  std::map<Row, std::uint32_t> members;
  ASSERT_EQ(result.clusters.label.size(), kRecords);
  for (const Row label : result.clusters.label) ++members[label];
  ASSERT_EQ(result.golden.entities.size(), members.size());
  EXPECT_EQ(result.clusters.clusters, members.size());
  for (const GoldenRecord& entity : result.golden.entities) {
    EXPECT_EQ(entity.records, members.at(entity.label));
  }
}

TEST(RunLink, FindsMostPersonsAndJoinsFewStrangers) {
  const LinkResult& result = linked();
  std::map<std::string, std::uint64_t> person;
  std::map<Row, std::uint64_t> entity;
  std::map<std::pair<std::string, Row>, std::uint64_t> both;
  for (Row row = 0; row < kRecords; ++row) {
    const std::string& of = registries().person_of.at(name_of(result.table, row));
    const Row label = result.clusters.label[row];
    ++person[of];
    ++entity[label];
    ++both[{of, label}];
  }
  const auto pairs_in = [](const auto& sizes) {
    double pairs = 0;
    for (const auto& [key, size] : sizes) {
      pairs += 0.5 * static_cast<double>(size) * static_cast<double>(size - 1);
    }
    return pairs;
  };
  EXPECT_GT(pairs_in(person), 500);
  // 0.988 and 0.920 when this was written; at random both would be 0.001.
  EXPECT_GT(pairs_in(both) / pairs_in(entity), 0.9) << "precision";
  EXPECT_GT(pairs_in(both) / pairs_in(person), 0.8) << "recall";
}

TEST(RunLink, CountsWhatItDid) {
  const LinkResult& result = linked();
  const RunFacts& facts = result.facts;
  ASSERT_EQ(facts.sources.size(), 3U);
  for (const SourceFacts& source : facts.sources) {
    EXPECT_EQ(source.rows_kept, registries().records_of.at(source.name));
    EXPECT_EQ(source.rows_read, source.rows_kept + source.rows_rejected);
  }
  EXPECT_EQ(facts.pairs_possible, kRecords * (kRecords - 1) / 2);
  std::uint64_t of_rules = 0;
  for (const RuleFacts& rule : facts.rules) of_rules += rule.pairs;
  EXPECT_GE(facts.pairs_compared, of_rules);  // the closure compares some more
  EXPECT_LT(facts.pairs_compared, facts.pairs_possible);
  EXPECT_EQ(facts.links + facts.review_pairs, result.links.size());
  EXPECT_EQ(facts.entities, result.golden.entities.size());
  EXPECT_TRUE(result.rejects.empty());
}

// Registries that tell villages and others that tell birth places: the job compares a place of
// both.
TEST(RunLink, GoldenRecordsHoldNoDerivedAttribute) {
  const LinkResult& result = linked();
  const JobSpec& job = registries().job;
  ASSERT_FALSE(job.derived.empty());
  EXPECT_EQ(result.table.columns.size(), job.attributes.size() + job.derived.size());
  EXPECT_EQ(result.golden.values.size(), result.golden.entities.size() * job.attributes.size());
}

TEST(RunLink, KeepsNoPairUnderTheReviewThreshold) {
  const double least = registries().job.review_threshold.bits();
  for (const Link& link : linked().links) {
    EXPECT_LT(link.left, link.right);
    EXPECT_GE(link.weight_bits, least);
  }
}

TEST(RunLink, IsTheSameAtTwoThreads) {
  const LinkResult two = run_with(2);
  EXPECT_EQ(model_json(two.model), model_json(linked().model));
  expect_same_links(two, linked());
}

TEST(RunLink, TakesATrainedModelAndGivesEqualLinks) {
  RunLimits limits;
  limits.threads = 2;
  const TrainResult trained = run_train(registries().job, limits, {});
  const std::string text = model_json(trained.model);
  EXPECT_EQ(text, model_json(linked().model));
  expect_same_links(run_with(2, read_model_json(text, "model.json")), linked());
}

TEST(RunLink, TellsItsStagesInOrder) {
  std::vector<std::string> stages;
  double share_before = 0.0;
  const StageWatcher started = [&](const StageProgress& progress) {
    EXPECT_EQ(progress.of, 9U);  // the command's own, `write`, is the last
    EXPECT_EQ(progress.expected_s.size(), 9U);
    if (progress.share_done == 0.0) {
      stages.emplace_back(progress.stage);
      share_before = 0.0;
    }
    EXPECT_EQ(progress.number, stages.size());
    EXPECT_GE(progress.share_done, share_before);
    EXPECT_LE(progress.share_done, 1.0);
    share_before = progress.share_done;
  };
  const LinkResult result = run_link(registries().job, {.threads = 2}, linked().model, started);
  EXPECT_THAT(stages, ElementsAre("read", "clean", "block", "train", "score", "cluster", "merge",
                                  "measure"));
  ASSERT_EQ(result.facts.machine.stages.size(), stages.size());
  for (std::size_t i = 0; i < stages.size(); ++i) {
    EXPECT_EQ(result.facts.machine.stages[i].stage, stages[i]);
  }
}

TEST(RunLink, RefusesTheModelOfAnotherJob) {
  Model fewer = linked().model;
  fewer.comparisons.pop_back();
  Model renamed = linked().model;
  renamed.comparisons[1].name = "another";
  Model other_levels = linked().model;
  other_levels.comparisons[0].levels[0].text = "jaro >= 0.5";
  for (const Model* model : {&fewer, &renamed, &other_levels}) {
    try {
      run_with(1, *model);
      FAIL() << "it was taken";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kUsage);
      EXPECT_THAT(error.what(), HasSubstr("job.toml"));  // the next step
    }
  }
}

TEST(RunLink, RefusesAMemoryCeilingThatIsTooLow) {
  RunLimits limits;
  limits.memory_bytes = 1 << 20;
  try {
    run_link(registries().job, limits, linked().model, {});
    FAIL() << "it ran";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kResource);
    EXPECT_THAT(error.what(), HasSubstr("MiB"));
  }
}

TEST(RunLink, PutsOnDiskWhatMemoryLacksAndFindsTheSame) {
  const test::TemporaryFolder folder;
  const MemoryPlan plan = plan_memory(linked().table, registries().job);
  RunLimits limits;
  limits.threads = 1;
  limits.spill_folder = folder.path();
  limits.memory_bytes = plan.total_bytes() - 1;
  const LinkResult spilled = run_link(registries().job, limits, std::nullopt, {});
  EXPECT_GT(spilled.facts.machine.spilled_bytes, 10 * kRecords);
  EXPECT_EQ(linked().facts.machine.spilled_bytes, 0U);
  EXPECT_EQ(model_json(spilled.model), model_json(linked().model));
  expect_same_links(spilled, linked());
  for (Row row = 0; row < linked().table.size(); ++row) {
    ASSERT_EQ(name_of(spilled.table, row), name_of(linked().table, row));
    for (std::size_t a = 0; a < registries().job.attributes.size(); ++a) {
      const Column& one = spilled.table.columns[a];
      const Column& other = linked().table.columns[a];
      ASSERT_EQ(one.raw_values[one.raw_codes[row]], other.raw_values[other.raw_codes[row]]);
    }
  }
}

TEST(BlockJob, MakesEveryPairThatARuleLinked) {
  const Blocking blocking = block_job(registries().job, {.threads = 2});
  ASSERT_EQ(blocking.rules.size(), registries().job.rules.size());
  for (const Link& link : linked().links) {
    EXPECT_TRUE(link.rule == kClosureRule || shares_block(blocking, link.left, link.right));
  }
}

}  // namespace
}  // namespace tessera
