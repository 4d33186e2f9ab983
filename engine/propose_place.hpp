// One place per record where registries tell different ones: a village here, a birth place there.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "engine/propose_mapping.hpp"
#include "scoring/comparison.hpp"

namespace tessera {

/// The name of the attribute that propose_place makes.
inline constexpr std::string_view kPlaceName = "place";

/// A derived attribute: where a record's person lives, else where they were born. Proposed where
/// one file tells only the first and another only the second: then the two could not be compared at
/// all, and most people live where they were born. None where a column is already called so.
std::optional<DerivedAttribute> propose_place(std::span<const MappedAttribute> attributes,
                                              std::span<const SampledFile> files);

/// Leaves out the comparisons that `place` makes needless: that of the dwelling place, and that of
/// the birth place where only one file has it.
void leave_out_placed(const DerivedAttribute& place, std::span<const MappedAttribute> attributes,
                      std::span<const SampledFile> files, std::vector<ComparisonSpec>& comparisons);

}  // namespace tessera
