#include "engine/propose_comparisons.hpp"

#include <gtest/gtest.h>

#include "scoring/pattern.hpp"

namespace tessera {
namespace {

MappedAttribute mapped(std::optional<Meaning> meaning, const std::string& name, Kind kind,
                       double mean_length = 8.0) {
  MappedAttribute attribute;
  attribute.spec.name = name;
  attribute.spec.kind = kind;
  attribute.meaning = meaning;
  attribute.profile.mean_length = mean_length;
  return attribute;
}

TEST(ProposeComparisons, NamesAreComparedTogether) {
  const std::vector<ComparisonSpec> comparisons =
      propose_comparisons(std::vector{mapped(Meaning::kBirthDate, "birth_date", Kind::kDate),
                                      mapped(Meaning::kGivenName, "given_name", Kind::kName),
                                      mapped(Meaning::kFamilyName, "family_name", Kind::kName)});
  ASSERT_EQ(comparisons.size(), 3U);
  EXPECT_EQ(comparisons[0].attribute, 1U);
  EXPECT_EQ(comparisons[0].swapped_with, 2U);
  EXPECT_EQ(comparisons[1].swapped_with, 1U);
  EXPECT_EQ(comparisons[2].name, "birth_date");
}

TEST(ProposeComparisons, OneNameStandsAlone) {
  const std::vector<ComparisonSpec> comparisons =
      propose_comparisons(std::vector{mapped(Meaning::kGivenName, "given_name", Kind::kName)});
  ASSERT_EQ(comparisons.size(), 1U);
  EXPECT_FALSE(comparisons[0].swapped_with.has_value());
}

TEST(ProposeComparisons, CodesAgreeOrNot) {
  const std::vector<ComparisonSpec> comparisons =
      propose_comparisons(std::vector{mapped(std::nullopt, "region", Kind::kText, 2.0),
                                      mapped(std::nullopt, "title", Kind::kText, 40.0)});
  EXPECT_EQ(comparisons[0].levels.size(), 2U);
  EXPECT_TRUE(comparisons[0].term_frequency);
  EXPECT_GT(comparisons[1].levels.size(), 2U);
}

TEST(ProposeComparisons, ARareNationalityIsNoEvidenceBesideItsNames) {
  for (const Meaning meaning : {Meaning::kNationality, Meaning::kEthnicity, Meaning::kRace}) {
    for (const double mean_length : {3.0, 9.0}) {
      const auto comparisons =
          propose_comparisons(std::vector{mapped(meaning, "of", Kind::kText, mean_length)});
      EXPECT_FALSE(comparisons.front().term_frequency) << mean_length;
    }
  }
}

TEST(ProposeComparisons, NeverMoreThanAPatternHolds) {
  std::vector<MappedAttribute> many;
  for (int i = 0; i < 30; ++i) {
    many.push_back(mapped(std::nullopt, "a" + std::to_string(i), Kind::kText));
  }
  const std::vector<ComparisonSpec> comparisons = propose_comparisons(many);
  ASSERT_EQ(comparisons.size(), kMaxComparisons);
  EXPECT_EQ(comparisons.back().name, "a15");
}

}  // namespace
}  // namespace tessera
