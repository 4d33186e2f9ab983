// Which comparisons a proposed job makes of its attributes.
#pragma once

#include <span>
#include <vector>

#include "engine/propose_mapping.hpp"
#include "scoring/comparison.hpp"

namespace tessera {

/// The preset of each attribute's kind, given and family name aware of each other; attributes of
/// short codes (a region's number) agree or not. At most kMaxComparisons: the first, as attributes
/// come with the most telling first.
std::vector<ComparisonSpec> propose_comparisons(std::span<const MappedAttribute> attributes);

}  // namespace tessera
