// What rules find, against the links and, for the estimate, against the truth.
#include "engine/measure_recall.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <utility>

#include "blocking/blocks.hpp"
#include "engine/propose_job.hpp"
#include "generate/population.hpp"
#include "tests/engine/explained_people.hpp"
#include "tests/support/people_job.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

// Every cell's rules are those whose blocks the pair shares: checked over random pairs, each made a
// link of its own.
TEST(CaptureCells, SayWhichRulesMakeAPair) {
  const test::PeopleJob people(80, 4, 2, LinkType::kLinkAndDedupe);
  for (Row left = 0; left < 80; left += 3) {
    for (Row right = left + 1; right < 80; right += 5) {
      const Link link{left, right, 0, 60.0, 0};
      const std::vector<CaptureCell> cells =
          capture_cells(people.job, people.table, std::span(&link, 1)).cells;
      ASSERT_EQ(cells.size(), 1U);
      RuleSet wanted = 0;
      for (std::size_t r = 0; r < people.job.rules.size(); ++r) {
        const BlockingRule& rule = people.job.rules[r];
        const Blocking alone = block_rows(people.table, std::span(&rule, 1), {});
        if (shares_block(alone, left, right)) wanted |= RuleSet{1} << r;
      }
      EXPECT_EQ(cells[0].made_by(), wanted);
      EXPECT_NEAR(cells[0].matches, 1.0, 1e-5);
    }
  }
}

TEST(CaptureCells, AttributesThatOneKeyReadsAreOneGroup) {
  test::PeopleJob people(20, 4, 1, LinkType::kLinkAndDedupe);
  const Link link{0, 1, 0, 9.0, 0};
  const auto reads = [&] {
    return capture_cells(people.job, people.table, std::span(&link, 1)).reads;
  };
  // Columns in order: given name, family name, birth date, sex, village.
  EXPECT_THAT(reads(), testing::ElementsAre(0b1000, 0b0001, 0b0110, 0b1000, 0b0010));
  people.job.rules.push_back({"sounds(given_name,family_name)", {{KeyFunction::kSounds, 0, 0, 1}}});
  EXPECT_THAT(reads(), testing::ElementsAre(0b11001, 0b00110, 0b01000, 0b00010));
}

TEST(RecallOf, CountsWhatEachRuleFindsAndFindsAlone) {
  const test::PeopleJob people(200, 4, 2, LinkType::kLinkAndDedupe);
  std::vector<Link> links;
  for (Row row = 0; row + 1 < 200; row += 2) links.push_back({row, row + 1, 0, 60.0, 0});
  const RecallMeasure measure = recall_of(people.job, people.table, links);
  double found = 0.0;
  std::vector<double> of_rule(people.job.rules.size());
  for (const Link& link : links) {
    bool any = false;
    for (std::size_t r = 0; r < people.job.rules.size(); ++r) {
      const BlockingRule& rule = people.job.rules[r];
      const Blocking alone = block_rows(people.table, std::span(&rule, 1), {});
      if (!shares_block(alone, link.left, link.right)) continue;
      any = true;
      of_rule[r] += 1.0;
    }
    found += any ? 1.0 : 0.0;
  }
  EXPECT_NEAR(measure.found, found, 1e-3);
  EXPECT_NEAR(measure.through_others, 100 - found, 1e-3);
  for (std::size_t r = 0; r < of_rule.size(); ++r) {
    EXPECT_NEAR(measure.rules[r].found, of_rule[r], 1e-3);
    EXPECT_LE(measure.rules[r].alone, measure.rules[r].found);
  }
}

// Sure pairs that all rules find, and doubtful ones that one rule alone finds: what they are taken
// for decides how much is missed. The interval reaches from what follows if they are no matches to
// what follows if all of them are; sure pairs alone leave it narrow.
TEST(RecallOf, DoubtfulPairsWidenTheInterval) {
  const test::PeopleJob people(400, 4, 2, LinkType::kLinkAndDedupe);
  std::vector<Blocking> of_rule;
  for (const BlockingRule& rule : people.job.rules) {
    of_rule.push_back(block_rows(people.table, std::span(&rule, 1), {}));
  }
  std::vector<Link> links;
  std::vector<Link> doubtful;
  for (Row left = 0; left < 400; ++left) {
    for (Row right = left + 1; right < 400; ++right) {
      const auto rules = std::ranges::count_if(
          of_rule, [&](const Blocking& alone) { return shares_block(alone, left, right); });
      if (rules > 1) links.push_back({left, right, 0, 60.0, 0});
      if (rules == 1 && doubtful.size() < links.size())
        doubtful.push_back({left, right, 0, 0.0, 0});
    }
  }
  ASSERT_GT(doubtful.size(), 50U);
  const auto estimate_with = [&](double bits) {
    std::vector<Link> all = links;
    for (Link link : doubtful) {
      link.weight_bits = bits;
      all.push_back(link);
    }
    std::ranges::sort(all, {}, [](const Link& link) { return std::pair(link.left, link.right); });
    return recall_of(people.job, people.table, all).estimate.value();
  };
  const CaptureEstimate in_doubt = estimate_with(0.0);     // probability 0.5: 0 to 1 of them
  const CaptureEstimate matches = estimate_with(60.0);     // all
  const CaptureEstimate strangers = estimate_with(-60.0);  // none
  EXPECT_LT(matches.recall(), in_doubt.recall());
  EXPECT_LT(in_doubt.recall(), strangers.recall());
  EXPECT_LE(in_doubt.low, matches.recall());
  EXPECT_GE(in_doubt.high, strangers.recall());
  EXPECT_GT(in_doubt.high - in_doubt.low, matches.high - matches.low);
}

// How many matches other rules find of those known is counted; how many there are follows from the
// job's own rules.
TEST(RecallOfOthers, CountsOnWhatTheJobFound) {
  const test::ExplainedPeople people(2000);
  const JobSpec& job = people.people.job;
  const Table& table = people.people.table;
  const std::vector<Link>& links = people.scored.links;
  const RecallMeasure own = recall_of(job, table, links);
  ASSERT_TRUE(own.estimate.has_value());

  const RecallMeasure same = recall_of_others(job, job.rules, table, links);
  EXPECT_DOUBLE_EQ(same.found, own.found);
  ASSERT_TRUE(same.estimate.has_value());
  EXPECT_LE(same.estimate->low, own.estimate->recall());
  EXPECT_GE(same.estimate->recall(), own.estimate->recall() - 1e-9);

  const std::span<const BlockingRule> first(job.rules.data(), 1);
  const RecallMeasure one = recall_of_others(job, first, table, links);
  ASSERT_TRUE(one.estimate.has_value());
  const Blocking blocking = block_rows(table, first, {});
  double found = 0.0;
  double known = 0.0;
  for (const Link& link : links) {
    const double probability = probability_from_bits(link.weight_bits);
    known += probability;
    if (shares_block(blocking, link.left, link.right)) found += probability;
  }
  EXPECT_NEAR(one.found, found, 1e-2);
  EXPECT_LE(one.estimate->recall(), found / known + 1e-6);
  EXPECT_LE(one.estimate->low, one.estimate->recall());
  EXPECT_GE(one.estimate->high, one.estimate->recall() - 1e-9);
  EXPECT_LT(one.estimate->recall(), same.estimate->recall());
}

// A rule alone gives no estimate of itself; beside a job's it has one, without labels.
TEST(RecallOfOthers, OneRuleHasAnEstimateBesideAJobs) {
  const test::ExplainedPeople people(2000);
  JobSpec alone = people.people.job;
  alone.rules.resize(1);
  EXPECT_FALSE(recall_of(alone, people.people.table, people.scored.links).estimate.has_value());
  EXPECT_TRUE(
      recall_of_others(people.people.job, alone.rules, people.people.table, people.scored.links)
          .estimate.has_value());
}

// Rules that miss some: the estimate lies near the truth, which only the generator knows.
TEST(MeasureRecall, IsNearTheTruthOfGeneratedRegistries) {
  const test::TemporaryFolder folder;
  GenerateOptions options;
  options.folder = folder.path();
  options.records = 4000;
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
  std::erase_if(job.rules, [](const BlockingRule& rule) {
    return rule.text != "birth_date" && rule.text != "tokens(given_name) + tokens(family_name)" &&
           rule.text != "national_id";
  });
  ASSERT_EQ(job.rules.size(), 3U);
  const RecallMeasure measure = measure_recall(job, {}, {});
  ASSERT_TRUE(measure.estimate.has_value());

  const Table table = read_job_records(job, {});
  const Blocking blocking = block_rows(table, job.rules, {});
  std::map<std::string, std::vector<Row>> persons;
  std::map<std::string, Row> rows;
  for (Row row = 0; row < table.size(); ++row) rows[table.record_name(row)] = row;
  const auto truth = test::read_test_csv(made.truth);
  for (std::size_t i = 1; i < truth.size(); ++i) {
    persons[truth[i].at(2)].push_back(rows.at(truth[i].at(0) + ":" + truth[i].at(1)));
  }
  double pairs = 0.0;
  double shared = 0.0;
  for (const auto& [person, of] : persons) {
    for (std::size_t i = 0; i < of.size(); ++i) {
      for (std::size_t j = i + 1; j < of.size(); ++j) {
        pairs += 1.0;
        shared += shares_block(blocking, of[i], of[j]) ? 1.0 : 0.0;
      }
    }
  }
  EXPECT_LT(shared / pairs, 0.99);
  EXPECT_NEAR(measure.estimate->recall(), shared / pairs, 0.05);
}

}  // namespace
}  // namespace tessera
