// An evaluation as a table for people, and as JSON, CSV and NDJSON for programs.
#pragma once

#include <string>

#include "report/evaluation.hpp"

namespace tessera {

/// Plain text of some forty lines, at most 100 columns; shares with four decimals, `-` where there
/// is none.
std::string evaluation_table(const Evaluation& evaluation);

/// One JSON object, ended by a line feed; shares as numbers, null where there is none.
std::string evaluation_json(const Evaluation& evaluation);

/// One row per measure, header first:
/// measure,scope,source_l,source_r,threshold_bits,true_positives,found,actual,precision, recall,f1.
/// Measures: `pairs`, `pairs_at_link_threshold`, `pairs_best`, `clusters`, `b_cubed`, `blocking`.
std::string evaluation_csv(const Evaluation& evaluation);

/// The rows of evaluation_csv as one JSON object a line.
std::string evaluation_ndjson(const Evaluation& evaluation);

}  // namespace tessera
