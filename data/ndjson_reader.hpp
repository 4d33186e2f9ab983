// Reads NDJSON: a JSON object a line, plain or gzip.
#pragma once

#include <memory>

#include "data/source_reader.hpp"
#include "data/text_stream.hpp"

namespace tessera {

/// A reader behind an opened text. Its columns are the paths met in the first 1,000 lines (of 16
/// MiB at most), in order of appearance: nested objects by dotted path (`name.family`); the values
/// of an array are joined by `|`; null and absent are empty; of a key that a line repeats the last
/// value counts. Throws Error(kUsage) for an empty file or a JSON array. Memory: the first lines,
/// then two blocks and the longest row.
std::unique_ptr<SourceReader> make_ndjson_reader(const SourceSpec& source, TextStream text);

}  // namespace tessera
