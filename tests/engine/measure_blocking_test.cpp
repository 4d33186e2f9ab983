// The measure of a job's blocking against what the job itself then does.
#include "engine/measure_blocking.hpp"

#include <gtest/gtest.h>

#include "engine/propose_job.hpp"
#include "generate/population.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

TEST(MeasureBlocking, SaysWhatTheJobThenDoes) {
  const test::TemporaryFolder folder;
  GenerateOptions options;
  options.folder = folder.path();
  options.records = 1500;
  options.seed = 6;
  options.threads = 1;
  const GenerateSummary made = generate_registries(options);
  std::vector<SourceSpec> sources;
  for (const GenerateSummary::Source& source : made.sources) {
    SourceSpec& spec = sources.emplace_back();
    spec.name = source.name;
    spec.path = source.path;
  }
  JobSpec job = propose_job(sources).job;
  for (const std::uint64_t most : {std::uint64_t{2000}, std::uint64_t{20}}) {
    job.max_block_records = most;  // the second splits blocks
    const BlockingMeasure measure = measure_blocking(job, {}, {});
    const RunFacts facts = run_link(job, {}, std::nullopt, {}).facts;
    EXPECT_EQ(measure.records, 1500U);
    EXPECT_EQ(measure.pairs_possible, facts.pairs_possible);
    EXPECT_EQ(measure.records_in_no_block, facts.records_in_no_block);
    ASSERT_EQ(measure.rules.size(), facts.rules.size());
    std::uint64_t not_compared = 0;
    for (std::size_t r = 0; r < facts.rules.size(); ++r) {
      EXPECT_EQ(measure.rules[r].rule, facts.rules[r].rule);
      EXPECT_EQ(measure.rules[r].added, facts.rules[r].pairs);
      EXPECT_EQ(measure.rules[r].records_without, facts.rules[r].records_without);
      EXPECT_GE(measure.rules[r].pairs, measure.rules[r].added);
      if (!measure.rules[r].largest.empty()) {
        EXPECT_EQ(measure.rules[r].largest.front(), facts.rules[r].largest_block);
      }
      not_compared += measure.rules[r].not_compared;
    }
    std::uint64_t lost = 0;
    for (const NotCompared& of : facts.not_compared) lost += of.pairs;
    EXPECT_EQ(not_compared, lost);
  }
}

}  // namespace
}  // namespace tessera
