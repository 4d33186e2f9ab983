// Reads Parquet through Apache Arrow, by record batches and only the columns that are asked for.
// It lies in a module of its own, which data/parquet_module.hpp loads.
#pragma once

#include <memory>

#include "data/source_reader.hpp"

namespace tessera {

/// A reader of source.path. Columns inside structs go by their dotted path (`name.family`); see
/// data/arrow_text.hpp for how values become text. A row's line is its number in the file, from 1.
/// The encoding that the source declares says nothing here: Parquet is UTF-8. Throws Error: kUsage
/// if the file is missing, empty, damaged or no Parquet; kResource if it cannot be read. Memory: a
/// batch of 8,192 rows, and the pages that hold them.
std::unique_ptr<SourceReader> make_parquet_reader(const SourceSpec& source);

}  // namespace tessera
