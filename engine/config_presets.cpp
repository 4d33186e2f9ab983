#include <algorithm>

#include "data/check.hpp"
#include "engine/config_sections.hpp"
#include "engine/propose_names.hpp"
#include "scoring/pattern.hpp"

namespace tessera {
namespace {

// Nicknames and initials belong to the names that parents and friends choose.
bool is_given_name(const AttributeSpec& attribute) {
  return attribute.name == "given_name" || attribute.name == "first_name" ||
         attribute.name == "middle_name" || attribute.name == "pet_name";
}

ComparisonSpec name_preset(const AttributeSpec& attribute, std::uint32_t column, bool given,
                           std::uint32_t partner) {
  ComparisonSpec comparison = preset_comparison(Kind::kName, given);
  comparison.name = attribute.name;
  comparison.attribute = column;
  comparison.swapped_with = partner;
  const std::optional<LevelSpec> swapped = parse_level("swapped");
  TESSERA_CHECK(swapped.has_value() && comparison.levels.size() < kMaxLevels);
  // After the exact level: the two names, each exactly the other's, say nearly as much.
  comparison.levels.insert(comparison.levels.begin() + 1, *swapped);
  return comparison;
}

}  // namespace

std::vector<ComparisonSpec> person_name_comparisons(std::span<const AttributeSpec> attributes,
                                                    std::uint32_t given, std::uint32_t family) {
  return {name_preset(attributes[given], given, true, family),
          name_preset(attributes[family], family, false, given)};
}

ComparisonSpec preset_for(const AttributeSpec& attribute, std::uint32_t column, Kind kind) {
  ComparisonSpec comparison = preset_comparison(kind, is_given_name(attribute));
  comparison.name = attribute.name;
  comparison.attribute = column;
  const std::optional<NamedMeaning> known = meaning_of_name(attribute.name);
  if (known && is_of_a_people(known->meaning)) comparison.term_frequency = false;
  return comparison;
}

}  // namespace tessera
