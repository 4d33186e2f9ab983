#include "engine/propose_place.hpp"

#include <algorithm>

namespace tessera {
namespace {

std::optional<std::uint32_t> with_meaning(std::span<const MappedAttribute> attributes,
                                          Meaning meaning) {
  for (std::uint32_t a = 0; a < attributes.size(); ++a) {
    if (attributes[a].meaning == meaning) return a;
  }
  return std::nullopt;
}

bool has(const SampledFile& file, const AttributeSpec& attribute) {
  const std::vector<std::string>& columns = file.sample.columns;
  return std::ranges::any_of(attribute.columns, [&](const std::string& name) {
    return std::find(columns.begin(), columns.end(), name) != columns.end();
  });
}

}  // namespace

std::optional<DerivedAttribute> propose_place(std::span<const MappedAttribute> attributes,
                                              std::span<const SampledFile> files) {
  std::optional<std::uint32_t> dwelling = with_meaning(attributes, Meaning::kVillage);
  if (!dwelling) dwelling = with_meaning(attributes, Meaning::kCity);
  const std::optional<std::uint32_t> birth = with_meaning(attributes, Meaning::kBirthPlace);
  if (!dwelling || !birth) return std::nullopt;
  const auto tells_only = [&](std::uint32_t this_one, std::uint32_t other) {
    return std::ranges::any_of(files, [&](const SampledFile& file) {
      return has(file, attributes[this_one].spec) && !has(file, attributes[other].spec);
    });
  };
  const bool taken = std::ranges::any_of(
      attributes, [](const MappedAttribute& a) { return a.spec.name == kPlaceName; });
  if (taken || !tells_only(*dwelling, *birth) || !tells_only(*birth, *dwelling)) {
    return std::nullopt;
  }
  return DerivedAttribute{std::string(kPlaceName), Kind::kPlace, {*dwelling, *birth}};
}

void leave_out_placed(const DerivedAttribute& place, std::span<const MappedAttribute> attributes,
                      std::span<const SampledFile> files,
                      std::vector<ComparisonSpec>& comparisons) {
  const std::uint32_t dwelling = place.first_of.front();
  const std::uint32_t birth = place.first_of.back();
  const auto files_with_birth = std::ranges::count_if(
      files, [&](const SampledFile& file) { return has(file, attributes[birth].spec); });
  std::erase_if(comparisons, [&](const ComparisonSpec& comparison) {
    return comparison.attribute == dwelling ||
           (comparison.attribute == birth && files_with_birth < 2);
  });
}

}  // namespace tessera
