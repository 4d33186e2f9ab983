// Why a job got pairs wrong: the evidence on those that an evaluation found.
#pragma once

#include <vector>

#include "report/evaluation.hpp"
#include "report/job_result.hpp"
#include "report/linked_job.hpp"
#include "report/sample_charts.hpp"

namespace tessera {

/// Whether the records that the job read are those of its result, row by row: its sources are as
/// they were. Cost: one pass over the record ids.
bool has_rows_of(const LinkedJob& linked, const JobResult& result);

/// Each pair explained, with a title that says what went wrong: false links, then links missed
/// nearly and by far. REQUIRES: has_rows_of(linked, the evaluation's result).
std::vector<PairChart> explain_wrong_pairs(const LinkedJob& linked, const WrongPairs& wrong);

}  // namespace tessera
