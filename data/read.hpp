// Reads named extracts (CSV, CSV.gz, Parquet, NDJSON) into one raw table, streaming, with rejects counted.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "data/spec.hpp"
#include "data/table.hpp"

namespace tessera {

struct ReadOptions {
  double max_rejected_share = 0.001;  ///< Above it, reading ends with Error(kRefused).
};

/// Reads all sources. A bad row (ragged, bad UTF-8, NUL, missing or repeated id, unterminated quote) is rejected and
/// counted; the raw text of a file is never all in memory (batches; distinct values are kept once).
/// The rows come out in canonical order (see Row). Throws Error: kUsage for a missing or empty file, a header alone,
/// duplicate or absent columns, an attribute that no source has; kResource if a file cannot be read; kRefused above
/// the limit of rejects.
RawTable read_sources(std::span<const SourceSpec> sources, std::span<const AttributeSpec> attributes,
                      const ReadOptions& options);

/// What a file looks like before a job exists: its columns and a sample, for zero-config jobs and profiles.
struct FileSample {
  std::string format;                          ///< As SourceFacts::format.
  std::optional<char> delimiter;               ///< For CSV.
  std::vector<std::string> columns;            ///< In file order.
  std::vector<std::vector<std::string>> rows;  ///< The first rows that are well formed, each columns.size() texts.
};

/// Reads the header and at most `max_rows` rows. Throws as read_sources does.
FileSample sample_file(const SourceSpec& source, std::size_t max_rows);

}  // namespace tessera
