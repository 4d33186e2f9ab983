// Whether one column repeats what another holds.
#pragma once

#include <span>

#include "engine/propose_columns.hpp"

namespace tessera {

/// The share of rows, of those where both columns are filled, in which every word of `part` stands
/// among the words of `whole`, in [0, 1]; 0 if no file has both. Cost: one fold per value.
double contained_share(std::span<const SampledFile> files, const SampledColumn& whole,
                       const SampledColumn& part);

}  // namespace tessera
