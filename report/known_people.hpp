// The records that one can look up: those of a finished `tessera link`, or of a registry.
//
// What look-ups need of them, the index above all, is kept in a file beside them
// (FOLDER/lookup.index, REGISTRY.index), so that the next look-up starts at once. It is derived and
// stamped with what it was made from: where that has changed, or the file is absent or damaged, it
// is made anew.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "data/spec.hpp"
#include "engine/job.hpp"
#include "engine/known_records.hpp"
#include "engine/stage_watch.hpp"

namespace tessera {

struct KnownPeople {
  KnownRecords records;
  /// What is no longer as it was when the records were linked, one sentence each.
  std::vector<std::string> changes;
  /// What became of the kept file: made, made anew, or why it could not be kept; empty: used as it
  /// was found.
  std::string note;
};

/// Of the --out folder of a finished `tessera link`, or of a registry's file. files: sources of a
/// folder that lie elsewhere now. What weighs is what weighed when they were linked: the model and
/// all that was learned of the columns, learned again from the same records (a folder) or pinned (a
/// registry). Throws Error: kUsage where `path` is neither, or a registry has no model yet; else as
/// reading them does. watcher: told of the stages where the file has to be made. Cost: where the
/// kept file is as it must be, reading it once (400 bytes a record); else reading, cleaning and
/// indexing all records, about 8 µs each on one core.
KnownPeople read_known_people(const std::filesystem::path& path, std::span<const SourceSpec> files,
                              const RunLimits& limits, const StageWatcher& watcher = {});

/// Brings a registry's kept file up to date, if look-ups ever made one: whoever applies waits for
/// it, not who looks up next. What became of it, as KnownPeople::note; empty: there is none, or
/// nothing was to be done. Cost: as read_known_people.
std::string bring_up_look_ups(const std::filesystem::path& registry, const RunLimits& limits,
                              const StageWatcher& watcher = {});

}  // namespace tessera
