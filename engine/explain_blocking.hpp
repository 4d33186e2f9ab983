// Which blocking rules bring two records together; where none does, what keeps them apart and what
// would find them.
#pragma once

#include "data/table.hpp"
#include "engine/explanation.hpp"
#include "engine/job.hpp"

namespace tessera {

/// How the pair fares under each rule of the job. kept: the result holds the pair, so that it was
/// found through common neighbours where no rule makes it. Otherwise, where no rule makes it, the
/// single key functions under which it agrees, each with the number of records that have such a
/// key; at most eight, the sharpest first, none that makes a block larger than the job compares.
/// REQUIRES: left != right. Cost: one blocking of the table per rule that agrees; for a pair that
/// no rule makes one evaluation of each agreeing key function over its column.
ExplainedBlocking explain_blocking(const JobSpec& job, const Table& table, Row left, Row right,
                                   bool kept);

}  // namespace tessera
