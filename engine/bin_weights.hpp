// How the candidate pairs spread over weights: the histogram behind a model's thresholds.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "scoring/mixture.hpp"
#include "scoring/model.hpp"

namespace tessera {

/// Bins of one bit, ascending, those without a pair left out; weights beyond ±kMostBinBits count in
/// the outermost.
inline constexpr int kMostBinBits = 64;

/// Weighs every pattern under the priors of its pair of sources. candidates: by source_pair_number
/// of `sources`, in the job's order. What rare values add is not in a pattern, and so left out.
/// Cost: patterns · comparisons · (1 + relations).
std::vector<WeightBin> bin_weights(const Model& model, std::span<const SourcePairCounts> candidates,
                                   std::span<const std::string> sources);

/// The bin of a weight.
int bin_of(double weight_bits);

}  // namespace tessera
