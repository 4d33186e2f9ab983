#include "engine/propose_comparisons.hpp"

#include <algorithm>

#include "data/check.hpp"
#include "engine/config_sections.hpp"
#include "scoring/pattern.hpp"

namespace tessera {
namespace {

std::optional<std::uint32_t> column_of(std::span<const MappedAttribute> attributes,
                                       Meaning meaning) {
  for (std::uint32_t a = 0; a < attributes.size(); ++a) {
    if (attributes[a].meaning == meaning) return a;
  }
  return std::nullopt;
}

ComparisonSpec code_comparison(const AttributeSpec& attribute, std::uint32_t column) {
  ComparisonSpec comparison;
  comparison.name = attribute.name;
  comparison.attribute = column;
  comparison.term_frequency = true;
  for (const std::string_view text : {"exact", "else"}) {
    const std::optional<LevelSpec> level = parse_level(text);
    TESSERA_CHECK(level.has_value());
    comparison.levels.push_back(*level);
  }
  return comparison;
}

}  // namespace

std::vector<ComparisonSpec> propose_comparisons(std::span<const MappedAttribute> attributes) {
  std::vector<AttributeSpec> specs;
  for (const MappedAttribute& attribute : attributes) specs.push_back(attribute.spec);
  const std::optional<std::uint32_t> given = column_of(attributes, Meaning::kGivenName);
  const std::optional<std::uint32_t> family = column_of(attributes, Meaning::kFamilyName);
  std::vector<ComparisonSpec> comparisons;
  if (given && family) comparisons = person_name_comparisons(specs, *given, *family);
  for (std::uint32_t a = 0; a < attributes.size(); ++a) {
    if (given && family && (a == *given || a == *family)) continue;
    const bool code = specs[a].kind == Kind::kText && attributes[a].profile.mean_length <= 3.0;
    comparisons.push_back(code ? code_comparison(specs[a], a)
                               : preset_for(specs[a], a, specs[a].kind));
    if (attributes[a].meaning && is_of_a_people(*attributes[a].meaning)) {
      comparisons.back().term_frequency = false;
    }
  }
  if (comparisons.size() > kMaxComparisons) comparisons.resize(kMaxComparisons);
  return comparisons;
}

}  // namespace tessera
