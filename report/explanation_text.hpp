// An explanation as a page for people.
#pragma once

#include <string>

#include "engine/explanation.hpp"

namespace tessera {

struct ExplanationTextOptions {
  bool show_values = false;  ///< Otherwise no value of either record is in the text.
  bool colour = false;       ///< ANSI colours beside the signs, which say the same.
};

/// The waterfall from the prior to the weight, a line a comparison, each with its bar; then what
/// found the pair, what the clustering decided and the smallest change that would change the
/// verdict. At most 120 columns for usual names, without control characters whatever the records
/// hold.
std::string explanation_text(const Explanation& explanation, const ExplanationTextOptions& options);

}  // namespace tessera
