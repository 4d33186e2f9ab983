// Keeping a store over the years: backup and restore, erasing a person, taking an event back.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "registry/ledger.hpp"
#include "registry/plan.hpp"
#include "registry/store.hpp"

namespace tessera {

/// Where look-ups in the store at `path` keep what they need of its records.
std::filesystem::path look_up_file(const std::filesystem::path& path);

/// Copies the store's last committed state to `file`, which appears complete or not at all, synced.
/// Others may read and write meanwhile. Throws Error: kUsage if `file` is there; kResource.
void backup_store(Store& store, const std::filesystem::path& file);

/// Makes a store at `path` out of a backup, once the backup is found whole. Throws Error: kUsage if
/// there is something at `path`; kDamaged with the first fault of the backup.
void restore_store(const std::filesystem::path& backup, const std::filesystem::path& path);

struct EraseFacts {
  std::uint64_t records = 0;
  std::uint64_t notes = 0;  ///< Of decisions and events that named them.
};

/// Erases the person who is `entity`: fields and ids of its records, also of those that its sources
/// no longer have, decisions on them and their notes; then rewrites the file and empties the
/// write-ahead log, so that nothing of it stays on disk; the look-ups' file goes as a whole. The
/// identifier stays, retired; the ledger stays whole. A later load that brings the record again
/// makes a new record. Throws Error(kBusy) if readers keep the log from being emptied: the person
/// is erased then, and erasing again finishes it.
EraseFacts erase_person(Store& store, EntityNumber entity, const RunInfo& run);

/// Takes an event back by new events, in words. A decision is withdrawn, a withdrawn one taken
/// again; a merge or a link is undone by non-match decisions, a split by a match; a model is
/// replaced by the one before. What follows for identities shows at the next apply. Throws Error:
/// kUsage if there is no such event; kRefused if it cannot be taken back, with what to do instead.
std::string revert_event(Store& store, std::int64_t event, const RunInfo& run);

}  // namespace tessera
