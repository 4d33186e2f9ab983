#include "engine/propose_place.hpp"

#include <gtest/gtest.h>

#include <initializer_list>

namespace tessera::test {
namespace {

MappedAttribute mapped(Meaning meaning, const std::string& name,
                       const std::vector<std::string>& columns) {
  MappedAttribute attribute;
  attribute.spec.name = name;
  attribute.spec.kind = Kind::kPlace;
  attribute.spec.columns = columns;
  attribute.meaning = meaning;
  return attribute;
}

SampledFile file_with(const std::vector<std::string>& columns) {
  SampledFile file;
  file.sample.columns = columns;
  return file;
}

const MappedAttribute kVillage = mapped(Meaning::kVillage, "village", {"village", "hameau"});
const MappedAttribute kBorn = mapped(Meaning::kBirthPlace, "birth_place", {"born_in"});

TEST(ProposePlace, JoinsWhatDifferentFilesTell) {
  const auto place =
      propose_place(std::vector{kBorn, kVillage},
                    std::vector{file_with({"id", "hameau"}), file_with({"born_in"})});
  ASSERT_TRUE(place.has_value());
  EXPECT_EQ(place->name, kPlaceName);
  EXPECT_EQ(place->kind, Kind::kPlace);
  EXPECT_EQ(place->first_of, (std::vector<std::uint32_t>{1, 0}));  // the dwelling first
}

TEST(ProposePlace, ATownStandsInForAVillage) {
  const MappedAttribute city = mapped(Meaning::kCity, "city", {"city"});
  const std::vector<SampledFile> files = {file_with({"city"}), file_with({"born_in"})};
  const auto place = propose_place(std::vector{city, kBorn}, files);
  ASSERT_TRUE(place.has_value());
  EXPECT_EQ(place->first_of, (std::vector<std::uint32_t>{0, 1}));
  const std::vector<SampledFile> with_village = {file_with({"city", "village"}),
                                                 file_with({"born_in"})};
  EXPECT_EQ(propose_place(std::vector{city, kBorn, kVillage}, with_village)->first_of.front(), 2U);
}

TEST(ProposePlace, IsNotNeededWhereOneFileTellsBoth) {
  const std::vector both = {kVillage, kBorn};
  EXPECT_FALSE(propose_place(both, std::vector{file_with({"village", "born_in"})}).has_value());
  EXPECT_FALSE(
      propose_place(both, std::vector{file_with({"village", "born_in"}), file_with({"village"})})
          .has_value());
  EXPECT_FALSE(
      propose_place(both, std::vector{file_with({"born_in"}), file_with({"village", "born_in"})})
          .has_value());
}

TEST(ProposePlace, NeedsBothKindsOfPlace) {
  const std::vector files = {file_with({"village"}), file_with({"born_in"})};
  EXPECT_FALSE(propose_place(std::vector{kVillage}, files).has_value());
  EXPECT_FALSE(propose_place(std::vector{kBorn}, files).has_value());
  EXPECT_FALSE(propose_place({}, files).has_value());
}

TEST(ProposePlace, LeavesATakenNameAlone) {
  const MappedAttribute other = mapped(Meaning::kRegion, "place", {"place"});
  const std::vector files = {file_with({"village", "place"}), file_with({"born_in"})};
  EXPECT_FALSE(propose_place(std::vector{kVillage, kBorn, other}, files).has_value());
}

std::vector<ComparisonSpec> comparisons_of(std::initializer_list<std::uint32_t> attributes) {
  std::vector<ComparisonSpec> comparisons;
  for (const std::uint32_t attribute : attributes) comparisons.emplace_back().attribute = attribute;
  return comparisons;
}

std::vector<std::uint32_t> compared(const std::vector<ComparisonSpec>& comparisons) {
  std::vector<std::uint32_t> attributes;
  for (const ComparisonSpec& comparison : comparisons) attributes.push_back(comparison.attribute);
  return attributes;
}

TEST(LeaveOutPlaced, DropsWhatThePlaceHolds) {
  const std::vector attributes = {kVillage, kBorn};
  const DerivedAttribute place{"place", Kind::kPlace, {0, 1}};
  std::vector<ComparisonSpec> comparisons = comparisons_of({0, 1, 2, 3});
  leave_out_placed(place, attributes, std::vector{file_with({"village"}), file_with({"born_in"})},
                   comparisons);
  EXPECT_EQ(compared(comparisons), (std::vector<std::uint32_t>{2, 3}));
}

TEST(LeaveOutPlaced, KeepsBirthPlacesThatSeveralFilesTell) {
  const std::vector attributes = {kVillage, kBorn};
  const DerivedAttribute place{"place", Kind::kPlace, {0, 1}};
  std::vector<ComparisonSpec> comparisons = comparisons_of({0, 1, 2});
  leave_out_placed(place, attributes,
                   std::vector{file_with({"village"}), file_with({"born_in"}),
                               file_with({"village", "born_in"})},
                   comparisons);
  EXPECT_EQ(compared(comparisons), (std::vector<std::uint32_t>{1, 2}));
}

}  // namespace
}  // namespace tessera::test
