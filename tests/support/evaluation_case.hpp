// Results and truths of a few records, written as text (the form of tests/cases/evaluation.tsv).
#pragma once

#include <string>

#include "report/job_result.hpp"
#include "report/truth.hpp"

namespace tessera::test {

/// Sources are named by letters a, b, …; a record by its source and a number. Rows are in the order
/// of their names. entities: `a1 a2 | b1`, every record of the job. pairs: `a1-a2:9 a2-b1:3.5`.
/// scope: `all`, `across`, `within`. The thresholds are 4 bits for links and 0 for review.
JobResult evaluation_result(const std::string& scope, const std::string& entities,
                            const std::string& pairs);

/// entities: as above, or with of_pairs a list `a1-a2 a2-b1`. Records that it does not name are not
/// judged.
Truth evaluation_truth(const JobResult& result, const std::string& entities, bool of_pairs);

}  // namespace tessera::test
