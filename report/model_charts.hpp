// The charts of a model: what training saw and what it learned.
#pragma once

#include <vector>

#include "report/page.hpp"
#include "scoring/model.hpp"

namespace tessera {

/// m and u of each level, its weight, all compared pairs by weight, EM's steps, and how the
/// sessions agree. What training did not keep (a Splink model, an older model.json) is left out.
std::vector<Chart> model_charts(const Model& model, double link_bits, double review_bits);

}  // namespace tessera
