#include "engine/train.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/people_job.hpp"

namespace tessera {
namespace {

TEST(TrainModel, TellsWhatShareIsDone) {
  const test::PeopleJob people(400, 7, 1, LinkType::kLinkAndDedupe);
  std::vector<double> told;
  train_model(people.walked(), people.job, people.comparer,
              [&](double share) { told.push_back(share); });
  ASSERT_GE(told.size(), people.job.rules.size() + 4);
  EXPECT_TRUE(std::is_sorted(told.begin(), told.end()));
  EXPECT_GT(told.front(), 0.0);
  EXPECT_NEAR(told.back(), 1.0, 1e-9);
}

TEST(TrainModel, ProbabilitiesSumToOneAndThePriorIsOne) {
  const test::PeopleJob people(1000, 12, 1, LinkType::kLinkAndDedupe);
  const Model model = train_model(people.walked(), people.job, people.comparer);
  EXPECT_GT(model.prior, 0.0);
  EXPECT_LT(model.prior, 0.5);
  for (const ComparisonModel& comparison : model.comparisons) {
    double m = 0;
    double u = 0;
    for (const LevelModel& level : comparison.levels) {
      m += level.m;
      u += level.u;
    }
    EXPECT_NEAR(m, 1.0, 1e-9) << comparison.name;
    EXPECT_NEAR(u, 1.0, 1e-9) << comparison.name;
  }
}

std::vector<std::string> named_source_pairs(LinkType type, std::uint16_t sources) {
  const test::PeopleJob people(1000, 12, sources, type);
  const Model model = train_model(people.walked(), people.job, people.comparer);
  std::vector<std::string> names;
  for (const SourcePairPriors& pair : model.source_pairs) {
    EXPECT_GT(pair.prior, 0.0);
    EXPECT_LT(pair.prior, 0.5);
    EXPECT_EQ(pair.relation_priors.size(), model.relations.size());
    names.push_back(pair.left + " " + pair.right);
  }
  return names;
}

TEST(TrainModel, EachPairOfSourcesThatMayBeLinkedHasItsPriors) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(named_source_pairs(LinkType::kLinkAndDedupe, 2), (Names{"s0 s0", "s0 s1", "s1 s1"}));
  EXPECT_EQ(named_source_pairs(LinkType::kLinkOnly, 3), (Names{"s0 s1", "s0 s2", "s1 s2"}));
  EXPECT_EQ(named_source_pairs(LinkType::kDedupeOnly, 2), (Names{"s0 s0", "s1 s1"}));
  EXPECT_EQ(named_source_pairs(LinkType::kLinkAndDedupe, 1), Names{});  // the overall prior is its
}

// Names of three syllables. Numbers under 720 have Soundex codes of their own, and 100 beginnings
// of two letters are equally frequent.
std::string invented_name(std::uint64_t number) {
  constexpr std::string_view kFirst = "bcdfghjklmnpqrstvwyz";  // 20
  constexpr std::string_view kCoded = "bcdlmr";                // one letter of each Soundex digit
  constexpr std::string_view kVowels = "aeiou";
  return {kFirst[number % 20],      kVowels[number / 20 % 5], kCoded[number / 20 % 6], 'a',
          kCoded[number / 120 % 6], kVowels[number / 720 % 5]};
}

// Persons with copies at known error rates: given name wrong in 20 % of copies, village in 40 %.
// Every copy keeps its family name, so the first rule owns all matches; its blocks are small enough
// to be counted in full.
TEST(TrainModel, RecoversPlantedErrorRatesAndPrior) {
  constexpr std::uint32_t kPersons = 4000;
  std::vector<std::vector<std::string>> rows;
  std::uint64_t state = 5;
  const auto below = [&](std::uint64_t n) { return mix64(++state) % n; };
  for (std::uint32_t person = 0; person < kPersons; ++person) {
    std::vector<std::string> record = {invented_name(below(720)), invented_name(below(720)),
                                       "19" + std::to_string(50 + below(40)) + "-0" +
                                           std::to_string(1 + below(9)) + "-1" +
                                           std::to_string(below(9)),
                                       below(2) == 0 ? "f" : "m", "v" + std::to_string(below(50))};
    rows.push_back(record);
    if (below(100) < 20) record[0] = invented_name(720 + below(720));
    if (below(100) < 40) record[4] = "v" + std::to_string(below(50));
    rows.push_back(record);
  }
  const Table table = test::make_table(test::people_columns(), rows);
  JobSpec job = test::people_job_spec(LinkType::kLinkAndDedupe);
  for (ComparisonSpec& comparison : job.comparisons) {
    comparison.swapped_with.reset();
    comparison.levels = {parse_level("exact").value(), parse_level("else").value()};
  }
  const Blocking blocking = block_rows(table, job.rules, {.max_block_records = 100000});
  const PairSpace space = job_space(table, job);
  const NicknameTable nicknames = NicknameTable::built_in();
  const RecordComparer comparer(table, job.comparisons, nicknames);
  const Model model =
      train_model({table, blocking, space, compared_columns(comparer)}, job, comparer);
  // 4,000 matches: three standard errors are 0.019 and 0.023; a village drawn again is the same one
  // time in 50.
  EXPECT_NEAR(model.comparisons[0].levels[0].m, 0.80, 0.02);
  EXPECT_NEAR(model.comparisons[4].levels[0].m, 0.608, 0.03);
  const double matches = model.prior * static_cast<double>(possible_pairs(space));
  EXPECT_NEAR(matches, kPersons, 0.05 * kPersons);
}

}  // namespace
}  // namespace tessera
