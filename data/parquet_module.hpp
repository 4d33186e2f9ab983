// Loads what reads Parquet when a Parquet file is met, so that all else starts without Apache
// Arrow.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "data/source_reader.hpp"

namespace tessera {

/// What the module gives: a reader (make_parquet_reader in data/parquet_reader.hpp), the caller's
/// to delete. Throws Error as that does.
using OpenParquet = SourceReader* (*)(const SourceSpec& source);

/// Loads the module (`tessera_parquet.so`) from the first of `places`, paths of files, that can be
/// loaded. Throws Error(kResource) with the system's reason for the last if none can. The module
/// stays loaded. Cost: some 15 ms, mostly Arrow's own beginning.
OpenParquet load_parquet_module(std::span<const std::string> places);

/// make_parquet_reader out of the module, which lies beside the program or where it was built. The
/// module is loaded once. Safe from several threads. Throws Error as both do.
std::unique_ptr<SourceReader> open_parquet(const SourceSpec& source);

}  // namespace tessera
