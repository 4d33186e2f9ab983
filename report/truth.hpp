// The truth that a job is measured against: who is who, or which pairs are one person.
#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "report/job_result.hpp"

namespace tessera {

/// A truth file. Columns `record_id` and `entity_id` (and `source` perhaps): the entity of each
/// record. Any other two columns, or four of which two begin with `source`: pairs of records that
/// are one person.
struct TruthFile {
  std::filesystem::path path;
  std::string source;  ///< Whose records it is about; empty: told by its column `source`, or by the
                       ///< record ids.
};

inline constexpr std::uint32_t kUnjudged = std::numeric_limits<std::uint32_t>::max();

/// The truth about the records of one job.
struct Truth {
  bool of_pairs = false;  ///< The files list pairs, not entities.
  std::vector<std::uint32_t>
      entity;  ///< size n: true entity, 0 …; kUnjudged: the truth does not say.
               ///< Of pairs: their connected components, every record judged.
  std::vector<std::pair<Row, Row>> pairs;  ///< Of pairs: left < right, sorted, each once.

  std::uint64_t rows = 0;             ///< Read in all files.
  std::uint64_t bad_rows = 0;         ///< Could not be read.
  std::uint64_t unknown_records = 0;  ///< Ids (of pairs: each end) that are not in crosswalk.csv.
  std::uint64_t ambiguous_records =
      0;  ///< Ids found in several sources, the truth not saying in which.
  std::uint64_t repeated_rows = 0;       ///< The same statement again.
  std::uint64_t contradicting_rows = 0;  ///< Another entity for a record: the first stands.
};

/// Reads truth files, all of one form. An id that stands in several sources is looked for in the
/// source that the file names, or in which most of the file's ids are found (of pairs between two
/// sources: the order of the columns that finds more). Throws Error(kUsage) for a file of neither
/// form, or of another form than the first; and as reading does.
Truth read_truth(std::span<const TruthFile> files, const JobResult& result);

}  // namespace tessera
