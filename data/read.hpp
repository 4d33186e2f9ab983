// Reads named extracts (CSV, CSV.gz, Parquet, NDJSON) into one raw table, streaming, with rejects
// counted.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "data/error.hpp"
#include "data/spec.hpp"
#include "data/table.hpp"

namespace tessera {

struct ReadOptions {
  double max_rejected_share =
      0.001;  ///< Of the rows of one source. Above it, reading ends with TooManyRejects.
  /// Whether an attribute that no source has is no problem: a registry reads its sources one by
  /// one.
  bool absent_attributes = false;
};

/// A source has more bad rows than the job allows (kRefused). Carries what rejects.csv and run.json
/// need, of all sources.
class TooManyRejects : public Error {
 public:
  TooManyRejects(std::string where, std::string what, std::vector<Reject> rejects,
                 std::vector<SourceFacts> sources)
      : Error(ErrorCode::kRefused, std::move(where), std::move(what)),
        rejects_(std::move(rejects)),
        sources_(std::move(sources)) {}

  /// By source, line.
  const std::vector<Reject>& rejects() const { return rejects_; }
  /// One per source, in the spec's order.
  const std::vector<SourceFacts>& sources() const { return sources_; }

 private:
  std::vector<Reject> rejects_;
  std::vector<SourceFacts> sources_;
};

/// Reads all sources. A bad row (ragged, not in the declared encoding, NUL, missing or repeated id,
/// a quote that does not close, longer than 1 MiB, no JSON object) is rejected and counted; the raw
/// text of a file is never all in memory (batches; distinct values are kept once). Blanks at the
/// ends of a field are dropped; empty lines are no rows. Of several rows with one record id, the
/// one whose content is least (by its bytes) is kept, the others are rejected. The rows come out in
/// canonical order (see Row). A reject's line in Parquet is the row's number, from 1. Throws Error:
/// kUsage for a missing, empty or damaged file, a header alone, duplicate or absent columns, an
/// attribute that no source has (all such problems at once, a line each); kResource if a file
/// cannot be read; TooManyRejects above the limit of rejects. Cost: for a row of 12
/// columns about 0.5 µs of one core, 0.9 µs if the ids are out of order; all threads are used, and
/// sources read one after the other.
RawTable read_sources(std::span<const SourceSpec> sources,
                      std::span<const AttributeSpec> attributes, const ReadOptions& options);

/// What a file looks like before a job exists: its columns and a sample, for zero-config jobs and
/// profiles.
struct FileSample {
  std::string format;             ///< As SourceFacts::format.
  std::optional<char> delimiter;  ///< For CSV.
  std::vector<std::string>
      columns;  ///< In file order; those whose type has no text form (Parquet) left out.
  std::vector<std::vector<std::string>>
      rows;  ///< The first rows that are well formed, each columns.size() texts.
};

/// Reads the header and at most `max_rows` rows. Throws as read_sources does.
FileSample sample_file(const SourceSpec& source, std::size_t max_rows);

}  // namespace tessera
