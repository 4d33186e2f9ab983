// What looks wrong in a trained model, in words for the person who reads it.
#pragma once

#include <string>
#include <vector>

#include "scoring/model.hpp"

namespace tessera {

/// Two sessions disagree on a level when their m differ by more than this …
inline constexpr double kSessionDifference = 0.2;
/// … or by more than this factor, both being at least kSessionFactorFloor somewhere.
inline constexpr double kSessionFactor = 5.0;
inline constexpr double kSessionFactorFloor = 0.02;
/// A level may outweigh the stronger one before it by this many bits without a warning.
inline constexpr double kOrderToleranceBits = 0.5;

/// The warnings, in order of comparison and level, each one sentence naming its place; empty for a
/// sound model. Looks for: label switching (the strongest level is likelier among different
/// persons), weights that rise along the levels, levels that no training pair reached, sessions
/// that disagree, sessions without convergence.
std::vector<std::string> check_model(const Model& model);

}  // namespace tessera
