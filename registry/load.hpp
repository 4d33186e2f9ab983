// Loads an extract into the store: records by id, new, changed and gone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "data/spec.hpp"
#include "data/table.hpp"
#include "engine/stage_watch.hpp"
#include "registry/groups.hpp"
#include "registry/ledger.hpp"
#include "registry/store.hpp"

namespace tessera {

struct LoadOptions {
  bool full = false;  ///< The file is the whole source: records that it lacks are deleted.
  std::optional<double> max_rejected_share;  ///< Of a file's rows; none: the job's.
  StageWatcher watcher = {};   ///< Told of each file when it is read and as it is stored.
  GroupsBySource groups = {};  ///< Of the records of these files; by sources among them.
};

/// What loading one file did.
struct LoadFacts {
  SourceFacts source;
  std::vector<Reject> rejects;
  std::uint64_t added = 0;     ///< Records not in the store before.
  std::uint64_t changed = 0;   ///< Other fields than before.
  std::uint64_t returned = 0;  ///< Deleted before, there again.
  std::uint64_t unchanged = 0;
  std::uint64_t deleted = 0;
  std::optional<GroupLoad> groups = std::nullopt;  ///< None where no groups came with the file.
  std::uint64_t changes() const { return added + changed + returned + deleted; }
};

/// Loads file after file in one transaction: all of them or nothing. `files`: name and path of
/// sources of the store's job; a source with groups may come without a file, and its facts follow
/// those of the files. What changed awaits `apply`. Loading unchanged content writes no event.
/// Throws Error: kUsage for an unknown source or as reading does, TooManyRejects, kResource. Cost:
/// a new source about 5 µs a record; into a source that has records a look-up each.
std::vector<LoadFacts> load_files(Store& store, const std::vector<SourceSpec>& files,
                                  const LoadOptions& options, const RunInfo& run);

}  // namespace tessera
