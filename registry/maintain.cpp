#include "registry/maintain.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>

#include "data/error.hpp"
#include "engine/known_records.hpp"
#include "registry/check.hpp"
#include "registry/decisions.hpp"
#include "registry/groups.hpp"
#include "registry/key_index.hpp"
#include "registry/records.hpp"

namespace tessera {
namespace {

constexpr std::size_t kMostReverted = 10'000;  // pairs of decisions in one revert

void refuse_existing(const std::filesystem::path& path) {
  std::error_code fault;
  if (!std::filesystem::exists(path, fault)) return;
  throw Error(ErrorCode::kUsage, path.string(), "is there already; move it away, or name another");
}

void sync_path(const std::filesystem::path& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  if (descriptor >= 0) ::close(descriptor);
  if (!synced) {
    throw Error(ErrorCode::kResource, path.string(), "cannot be synced to disk; nothing was made");
  }
}

// Copies a database to `file`, complete or not at all.
void copy_database(Database& database, const std::filesystem::path& file) {
  refuse_existing(file);
  const std::filesystem::path partial = file.string() + ".partial";
  std::error_code fault;
  std::filesystem::remove(partial, fault);
  database.execute("PRAGMA query_only=OFF");  // the copy is written, the store is not
  database.prepare("VACUUM INTO ?").bind(0, partial.string()).run();
  database.execute("PRAGMA query_only=ON");
  sync_path(partial, O_RDWR);
  std::filesystem::rename(partial, file, fault);
  if (fault) {
    throw Error(ErrorCode::kResource, file.string(), "cannot be made: " + fault.message());
  }
  const std::filesystem::path folder = file.parent_path();
  sync_path(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY);
}

void remove_look_up_file(const std::filesystem::path& store) {
  const std::filesystem::path file = look_up_file(store);
  std::error_code fault;
  std::filesystem::remove(file, fault);
  if (fault) {
    throw Error(ErrorCode::kResource, file.string(),
                "cannot be removed: " + fault.message() + "; nothing was erased");
  }
}

std::vector<std::int64_t> rows(Store& store, const char* sql, EntityNumber entity) {
  std::vector<std::int64_t> found;
  Statement read = store.database().prepare(sql);
  read.bind(0, entity);
  while (read.step()) found.push_back(read.number(0));
  return found;
}

/// The event to be taken back.
struct Subject {
  std::int64_t sequence = 0;
  EventKind kind = EventKind::kMinted;
  std::int64_t row = 0;
  EntityNumber entity = 0;
  EntityNumber other_entity = 0;
  std::int64_t subject = 0;
};

Subject find_event(Store& store, std::int64_t sequence) {
  Statement find = store.database().prepare(
      "SELECT kind, row, entity, other_entity, subject FROM event WHERE seq = ?");
  find.bind(0, sequence);
  if (!find.step()) {
    throw Error(ErrorCode::kUsage, "event " + std::to_string(sequence),
                "is not in the ledger; `tessera log` lists what is");
  }
  return {sequence,       static_cast<EventKind>(find.number(0)),
          find.number(1), find.number(2),
          find.number(3), find.number(4)};
}

[[noreturn]] void refuse(const Subject& subject, const std::string& why) {
  throw Error(ErrorCode::kRefused,
              "event " + std::to_string(subject.sequence) + " (" +
                  std::string(event_kind_name(subject.kind)) + ")",
              why);
}

// Records whose component loses some to an erasure: `apply` looks at them again.
void note_kin(Database& database, EntityNumber entity) {
  database
      .prepare(
          "INSERT OR IGNORE INTO pending(row) SELECT r.row FROM record r WHERE r.entity IN"
          " (SELECT entity FROM kin WHERE component ="
          "  (SELECT component FROM kin WHERE entity = ?1)) AND r.entity <> ?1")
      .bind(0, entity)
      .run();
}

// What the store counts and indexes, after records are gone without an `apply`.
void forget_rows(Store& store, EntityNumber entity, std::vector<std::int64_t> rows) {
  Database& database = store.database();
  std::sort(rows.begin(), rows.end());
  KeyIndex(database).remove(rows);
  database.prepare("DELETE FROM kin WHERE entity = ?").bind(0, entity).run();
  for (const auto& [name, sql] :
       {std::pair("live", "SELECT count(*) FROM record WHERE entity IS NOT NULL"),
        std::pair("living", "SELECT count(*) FROM entity WHERE living = 1"),
        std::pair("queued", "SELECT count(*) FROM queue")}) {
    store.put_number(name, database.number(sql));
  }
}

// Writes the file anew without what was erased and empties the log.
void rewrite_file(Store& store) {
  const auto unfinished = [&](ErrorCode code, const std::string& why) {
    return Error(code, store.path().string(),
                 "the person is erased, but " + why +
                     "; old pages may hold it still: erase the same identifier again");
  };
  try {
    store.database().execute("VACUUM");
    Statement checkpoint = store.database().prepare("PRAGMA wal_checkpoint(TRUNCATE)");
    if (!checkpoint.step() || checkpoint.number(0) == 0) return;
  } catch (const Error& error) {
    throw unfinished(error.code(), "the file could not be written anew");
  }
  throw unfinished(ErrorCode::kBusy, "readers keep the write-ahead log from being emptied");
}

std::string keep_apart(Store& store, const Subject& subject, std::vector<std::int64_t> part,
                       const RunInfo& run) {
  const EntityNumber whole =
      subject.kind == EventKind::kMerged ? subject.other_entity : subject.entity;
  std::vector<NewDecision> decisions;
  for (const std::int64_t row : rows(store, "SELECT row FROM record WHERE entity = ?", whole)) {
    if (std::find(part.begin(), part.end(), row) != part.end()) continue;
    for (const std::int64_t other : part) {
      decisions.push_back({row, other, false, "reverts event " + std::to_string(subject.sequence)});
    }
  }
  if (decisions.empty()) refuse(subject, "the records it brought together are no longer together");
  if (decisions.size() > kMostReverted) {
    refuse(subject, "would take " + std::to_string(decisions.size()) +
                        " decisions; decide on the few pairs that tie them with `tessera decide`");
  }
  const DecideFacts facts = take_decisions(store, decisions, run);
  return std::to_string(facts.taken) + " non-match decisions keep them apart";
}

std::string bring_together(Store& store, const Subject& subject, const RunInfo& run) {
  const char* const kFirst = "SELECT row FROM record WHERE entity = ? ORDER BY row LIMIT 1";
  const auto a = rows(store, kFirst, subject.entity);
  const auto b = rows(store, kFirst, subject.other_entity);
  if (a.empty() || b.empty()) refuse(subject, "one of its identities has no records any more");
  const NewDecision decision{a.front(), b.front(), true,
                             "reverts event " + std::to_string(subject.sequence)};
  take_decisions(store, std::span(&decision, 1), run);
  return "a match decision brings them together";
}

std::string change_decision(Store& store, const Subject& subject, const RunInfo& run) {
  const bool retake = subject.kind == EventKind::kWithdrawn;
  Statement find = store.database().prepare(
      "SELECT row, other_row, match, withdrawn FROM decision WHERE seq = ?");
  find.bind(0, retake ? subject.subject : subject.sequence);
  if (!find.step()) refuse(subject, "its decision was erased");
  const NewDecision decision{find.number(0), find.number(1), find.number(2) != 0,
                             "reverts event " + std::to_string(subject.sequence)};
  const bool withdrawn = !find.is_null(3);
  find.reset();
  if (retake) {
    take_decisions(store, std::span(&decision, 1), run);
    return "the decision is taken again";
  }
  if (withdrawn) refuse(subject, "the decision is withdrawn already");
  Transaction transaction(store.database(), Transaction::Kind::kWrite);
  LedgerWriter ledger(store.database(), run);
  withdraw_decision(store, subject.sequence, ledger);
  store.commit(transaction);
  return "the decision is withdrawn";
}

std::string model_before(Store& store, const Subject& subject, const RunInfo& run) {
  Transaction transaction(store.database(), Transaction::Kind::kWrite);
  Statement find =
      store.database().prepare("SELECT seq FROM model WHERE seq < ? ORDER BY seq DESC LIMIT 1");
  find.bind(0, subject.sequence);
  if (!find.step()) refuse(subject, "there was no model before it; learn another");
  const std::int64_t before = find.number(0);
  find.reset();
  LedgerWriter ledger(store.database(), run);
  const std::int64_t event =
      ledger.append({.kind = EventKind::kModel, .subject = before},
                    "the model of event " + std::to_string(before) + " is in force again");
  store.database()
      .prepare(
          "INSERT INTO model(seq, job, model, refs, digest)"
          " SELECT ?, job, model, refs, digest FROM model"
          " WHERE seq = ?")
      .bind(0, event)
      .bind(1, before)
      .run();
  store.commit(transaction);
  return "the model of event " + std::to_string(before) + " is in force again";
}

}  // namespace

void backup_store(Store& store, const std::filesystem::path& file) {
  copy_database(store.database(), file);
}

void restore_store(const std::filesystem::path& backup, const std::filesystem::path& path) {
  refuse_existing(path);
  const StoreLock lock(path);
  Store from(backup, Store::Access::kRead);
  if (const std::vector<std::string> faults = check_store(from); !faults.empty()) {
    throw Error(ErrorCode::kDamaged, backup.string(), faults.front() + "; use another backup");
  }
  copy_database(from.database(), path);
}

std::filesystem::path look_up_file(const std::filesystem::path& path) {
  std::filesystem::path file = path;
  file += kLookUpSuffix;
  return file;
}

EraseFacts erase_person(Store& store, EntityNumber entity, const RunInfo& run) {
  Database& database = store.database();
  EraseFacts facts;
  remove_look_up_file(store.path());
  {
    Transaction transaction(database, Transaction::Kind::kWrite);
    LedgerWriter ledger(database, run);
    note_kin(database, entity);
    const auto all = rows(
        store, "SELECT row FROM record WHERE entity = ?1 OR (former = ?1 AND live = 0)", entity);
    erase_from_groups(store, entity, all, ledger);
    for (const std::int64_t row : all) {
      Statement decided = database.prepare(
          "SELECT seq FROM decision WHERE withdrawn IS NULL AND ?1 IN (row, other_row)");
      decided.bind(0, row);
      std::vector<std::int64_t> decisions;
      while (decided.step()) decisions.push_back(decided.number(0));
      for (const std::int64_t decision : decisions) withdraw_decision(store, decision, ledger);
      database
          .prepare(
              "DELETE FROM note WHERE seq IN"
              " (SELECT seq FROM event WHERE ?1 IN (row, other_row))")
          .bind(0, row)
          .run();
      facts.notes += static_cast<std::uint64_t>(database.changes());
      for (const char* sql :
           {"DELETE FROM queue WHERE ?1 IN (row, other_row)", "DELETE FROM pending WHERE row = ?1",
            "UPDATE decision SET digest = NULL, other_digest = NULL"
            " WHERE ?1 IN (row, other_row)",
            "UPDATE record SET id = NULL, digest = NULL, fields = NULL, changed = NULL, live = 0,"
            " entity = NULL, former = NULL WHERE row = ?1"}) {
        database.prepare(sql).bind(0, row).run();
      }
      ledger.append({.kind = EventKind::kErased, .row = row, .entity = entity});
      ++facts.records;
    }
    Statement living = database.prepare("SELECT living FROM entity WHERE n = ?");
    living.bind(0, entity);
    const bool lives = living.step() && living.number(0) != 0;
    living.reset();
    if (lives) {
      database.prepare("UPDATE entity SET living = 0, successor = NULL WHERE n = ?")
          .bind(0, entity)
          .run();
      ledger.append({.kind = EventKind::kRetired, .entity = entity});
    }
    forget_rows(store, entity, all);
    if (ledger.appended() > 0) store.commit(transaction);
  }
  rewrite_file(store);
  return facts;
}

std::string revert_event(Store& store, std::int64_t event, const RunInfo& run) {
  const Subject subject = find_event(store, event);
  switch (subject.kind) {
    case EventKind::kDecision:
    case EventKind::kWithdrawn:
      return change_decision(store, subject, run);
    case EventKind::kLinked: {
      const auto now = rows(store, "SELECT entity FROM record WHERE row = ?", subject.row);
      if (now.empty() || now.front() != subject.entity) {
        refuse(subject, "the record has left that identity since");
      }
      return keep_apart(store, subject, {subject.row}, run);
    }
    case EventKind::kMerged: {
      std::vector<std::int64_t> part =
          rows(store, "SELECT row FROM record WHERE former = ?", subject.entity);
      std::erase_if(part, [&](std::int64_t row) {
        return rows(store, "SELECT entity FROM record WHERE row = ?", row).front() !=
               subject.other_entity;
      });
      if (part.empty()) refuse(subject, "the records it brought together are no longer together");
      return keep_apart(store, subject, std::move(part), run);
    }
    case EventKind::kSplit:
      return bring_together(store, subject, run);
    case EventKind::kModel:
      return model_before(store, subject, run);
    case EventKind::kLoad:
      refuse(subject, "a load is undone by loading the earlier file");
    case EventKind::kErased:
      refuse(subject, "what was erased is gone");
    default:
      refuse(subject, "follows from others; take back the decision, link, merge or split itself");
  }
}

}  // namespace tessera
