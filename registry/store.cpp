// Layout, version 4:
//
//   meta      job (TOML) and given_model (JSON) until a model event takes them up; last_event,
//             resolved_event: where the ledger ended last and at the last apply; index_event: the
//             model event that postings and kin are of; groups_event: where it ended when groups
//             were last applied; nicknames: the digest of the job.s own nickname file that the
//             model was learned with; live, living, queued: records, identities and pairs for
//             review as last applied
//   source    the job's sources by number, which is their place in the job
//   record    one row for each record ever loaded: `row` never changes and never names another.
//             fields: the attributes' texts as read, then the update date, each a length and bytes;
//             digest: their hash_bytes; live: whether the source still has the record; entity: who
//             it is, as last applied; former: who it was before; changed: the load event that last
//             changed what the source says of a record that was there, NULL if none did. An erased
//             record keeps its row alone.
//   entity    identifiers ever minted; successor: into which a retired one was merged
//   pending   records that came, changed or went since the last apply
//   event, run, note   the ledger (ledger.cpp)
//   decision  what reviewers said, with the digests of what they saw
//   model     the job, model and references of each model event; the last is in force
//   queue     pairs for review, as last applied
//   posting, posting_run   from block names to records (key_index.cpp)
//   kin       of identities that share a component of links with others: which component, named by
//             its least identity
//   source_group, source_group_member   records of one source that belong together, by their ids,
//             with the group's head; digest: of both; lasting: of which group that lasts, as last
//             applied
//   lasting_group, lasting_group_member   groups of persons across sources, numbered from −1
//             downwards; successor: into which a retired one was merged; members of a retired one:
//             those that it had last; groups: how many source groups have the person
//
// Version 1 had no postings, no kin and fewer indices: a store of that layout is brought up when it
// is first opened for writing, and its next `apply` resolves all records. Version 2 did not note
// which load changed a record, version 3 had no groups; both are brought up in the same way and go
// on as they were.
#include "registry/store.hpp"

#include <algorithm>
#include <system_error>

#include "data/error.hpp"
#include "engine/job_aids.hpp"
#include "engine/read_job.hpp"
#include "engine/resolve.hpp"
#include "engine/write_job.hpp"

namespace tessera {
namespace {

constexpr std::int64_t kApplicationId = 0x54535352;  // "TSSR"

constexpr const char* kSchema = R"sql(
CREATE TABLE meta(key TEXT PRIMARY KEY, value, digest INTEGER) WITHOUT ROWID;
CREATE TABLE source(n INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE record(row INTEGER PRIMARY KEY, source INTEGER NOT NULL, id TEXT, digest INTEGER,
                    fields BLOB, live INTEGER NOT NULL, entity INTEGER, former INTEGER);
CREATE UNIQUE INDEX record_name ON record(source, id);
CREATE TABLE entity(n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, living INTEGER NOT NULL,
                    successor INTEGER);
CREATE TABLE pending(row INTEGER PRIMARY KEY);
CREATE TABLE run(n INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT NOT NULL,
                 digest TEXT NOT NULL);
CREATE TABLE event(seq INTEGER PRIMARY KEY, run INTEGER NOT NULL, kind INTEGER NOT NULL,
                   row INTEGER, other_row INTEGER, entity INTEGER, other_entity INTEGER,
                   subject INTEGER, note_digest BLOB, hash BLOB NOT NULL);
CREATE TABLE note(seq INTEGER PRIMARY KEY, salt BLOB NOT NULL, text TEXT NOT NULL);
CREATE TABLE decision(seq INTEGER PRIMARY KEY, row INTEGER NOT NULL, other_row INTEGER NOT NULL,
                      match INTEGER NOT NULL, digest INTEGER, other_digest INTEGER,
                      withdrawn INTEGER);
CREATE TABLE model(seq INTEGER PRIMARY KEY, job TEXT NOT NULL, model TEXT NOT NULL,
                   refs BLOB NOT NULL, digest INTEGER NOT NULL);
CREATE TABLE queue(row INTEGER NOT NULL, other_row INTEGER NOT NULL, reason INTEGER NOT NULL,
                   weight REAL NOT NULL, PRIMARY KEY(row, other_row, reason)) WITHOUT ROWID;
)sql";

// What version 2 has more.
constexpr const char* kIncrementSchema = R"sql(
CREATE INDEX record_entity ON record(entity) WHERE entity IS NOT NULL;
CREATE INDEX queue_other ON queue(other_row);
CREATE TABLE posting(page INTEGER PRIMARY KEY, postings BLOB NOT NULL);
CREATE TABLE posting_run(n INTEGER PRIMARY KEY, bits INTEGER NOT NULL, postings INTEGER NOT NULL);
CREATE TABLE kin(entity INTEGER PRIMARY KEY, component INTEGER NOT NULL);
CREATE INDEX kin_component ON kin(component);
)sql";

// What version 3 has more.
constexpr const char* kChangedSchema = "ALTER TABLE record ADD COLUMN changed INTEGER";

// What version 4 has more.
constexpr const char* kGroupSchema = R"sql(
CREATE TABLE source_group(n INTEGER PRIMARY KEY, source INTEGER NOT NULL, id TEXT NOT NULL,
                          head TEXT NOT NULL, updated TEXT NOT NULL, digest INTEGER NOT NULL,
                          lasting INTEGER);
CREATE UNIQUE INDEX source_group_name ON source_group(source, id);
CREATE INDEX source_group_lasting ON source_group(lasting) WHERE lasting IS NOT NULL;
CREATE TABLE source_group_member(grp INTEGER NOT NULL, record TEXT NOT NULL, role TEXT NOT NULL,
                                 PRIMARY KEY(grp, record)) WITHOUT ROWID;
CREATE INDEX source_group_member_record ON source_group_member(record);
CREATE TABLE lasting_group(n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, living INTEGER NOT NULL,
                           successor INTEGER, head INTEGER);
CREATE TABLE lasting_group_member(grp INTEGER NOT NULL, entity INTEGER NOT NULL,
                                  role TEXT NOT NULL, groups INTEGER NOT NULL,
                                  PRIMARY KEY(grp, entity)) WITHOUT ROWID;
CREATE INDEX lasting_group_member_entity ON lasting_group_member(entity);
)sql";

void put_meta(Database& database, std::string_view key, std::string_view value) {
  database.prepare("INSERT OR REPLACE INTO meta(key, value, digest) VALUES(?,?,?)")
      .bind(0, key)
      .bind(1, value)
      .bind(2, static_cast<std::int64_t>(hash_bytes(value)))
      .run();
}

[[noreturn]] void throw_damaged(const Database& database, std::string_view what) {
  throw Error(ErrorCode::kDamaged, database.path().string() + ": " + std::string(what),
              "is not what was stored; restore a backup");
}

std::string get_meta(Database& database, std::string_view key) {
  Statement find = database.prepare("SELECT value, digest FROM meta WHERE key = ?");
  find.bind(0, key);
  if (!find.step()) return {};
  if (static_cast<std::int64_t>(hash_bytes(find.text(0))) != find.number(1)) {
    throw_damaged(database, key);
  }
  return std::string(find.text(0));
}

std::int64_t model_digest(std::string_view job, std::string_view model, std::string_view refs) {
  return static_cast<std::int64_t>(
      mix64(hash_bytes(job) ^ mix64(hash_bytes(model) ^ mix64(hash_bytes(refs)))));
}

/// The last model's texts, found whole; nothing if there is none.
struct StoredModel {
  std::int64_t event = 0;
  std::string job;
  std::string model;
  std::string references;
};

std::optional<StoredModel> last_model(Database& database) {
  Statement last =
      database.prepare("SELECT seq, job, model, refs, digest FROM model ORDER BY seq DESC LIMIT 1");
  if (!last.step()) return std::nullopt;
  if (model_digest(last.text(1), last.text(2), last.text(3)) != last.number(4)) {
    throw_damaged(database, "model of event " + std::to_string(last.number(0)));
  }
  return StoredModel{last.number(0), std::string(last.text(1)), std::string(last.text(2)),
                     std::string(last.text(3))};
}

void refuse_without_ids(const JobSpec& job) {
  for (const SourceSpec& source : job.sources) {
    if (!source.id_column.empty()) continue;
    throw Error(ErrorCode::kUsage, "source '" + source.name + "'",
                "has no id column, and line numbers do not last; name the column that holds the "
                "record's id in the config (id = \"…\")");
  }
}

// Whether a registry compares two records must depend on the two alone (docs/decisions/0008); which
// are among the most alike depends on all others.
void refuse_index_rule(const JobSpec& job) {
  if (!job.index_rule) return;
  throw Error(ErrorCode::kUsage, job.index_rule->text,
              "is no rule for a registry, whose identities may not hang on which other records "
              "are there; take it from the config's blocking.rules, and look doubtful records up "
              "with tessera match");
}

void put_sources(Database& database, const JobSpec& job) {
  Statement insert = database.prepare("INSERT OR IGNORE INTO source(n, name) VALUES(?,?)");
  for (std::size_t s = 0; s < job.sources.size(); ++s) {
    insert.bind(0, static_cast<std::int64_t>(s)).bind(1, job.sources[s].name).run();
  }
}

// A registry outlives any day that a config names: later births would be impossible dates.
JobSpec without_today(JobSpec job) {
  job.today.clear();
  return job;
}

bool is_same_attribute(const AttributeSpec& a, const AttributeSpec& b) {
  return a.name == b.name && a.kind == b.kind && a.columns == b.columns && a.parts == b.parts;
}

void check_follows(const JobSpec& before, const JobSpec& job) {
  if (!std::equal(before.attributes.begin(), before.attributes.end(), job.attributes.begin(),
                  job.attributes.end(), is_same_attribute)) {
    throw Error(ErrorCode::kUsage, "config",
                "its attributes are not the registry's, by which the records were read; keep "
                "[[attribute]] as it is, or begin another registry");
  }
  const bool same_sources =
      job.sources.size() >= before.sources.size() &&
      std::equal(before.sources.begin(), before.sources.end(), job.sources.begin(),
                 [](const SourceSpec& a, const SourceSpec& b) { return a.name == b.name; });
  if (!same_sources) {
    throw Error(ErrorCode::kUsage, "config",
                "the registry's sources must stand first and in their order; add others behind");
  }
}

void check_is_store(Database& database) {
  const std::string where = database.path().string();
  if (database.number("PRAGMA application_id") != kApplicationId) {
    throw Error(ErrorCode::kDamaged, where,
                "is no registry of Tessera's; name one, or make one with `tessera registry init`");
  }
  const std::int64_t version = database.number("PRAGMA user_version");
  if (version > kStoreVersion) {
    throw Error(ErrorCode::kDamaged, where,
                "was written by a newer Tessera (layout " + std::to_string(version) +
                    ", this one knows " + std::to_string(kStoreVersion) +
                    "); use that version or later");
  }
}

void bring_up(Database& database) {
  const std::int64_t version = database.number("PRAGMA user_version");
  if (version >= kStoreVersion) return;
  Transaction transaction(database, Transaction::Kind::kWrite);
  if (version < kIndexedVersion) database.execute(kIncrementSchema);
  if (version < kChangedVersion) database.execute(kChangedSchema);
  database.execute(kGroupSchema);
  database.execute("PRAGMA user_version=" + std::to_string(kStoreVersion));
  transaction.commit();
}

}  // namespace

void Store::create(const std::filesystem::path& path, const JobSpec& job,
                   const std::optional<Model>& model) {
  refuse_without_ids(job);
  refuse_index_rule(job);
  if (model) check_model_fits(*model, job);
  std::error_code fault;
  if (std::filesystem::exists(path, fault)) {
    throw Error(
        ErrorCode::kUsage, path.string(),
        "is there already; name another file, or load into it with `tessera registry load`");
  }
  const StoreLock lock(path);
  const std::filesystem::path partial = path.string() + ".partial";
  for (const char* ending : {"", "-wal", "-shm"}) {
    std::filesystem::remove(partial.string() + ending, fault);
  }
  {
    Database database(partial, Database::Mode::kCreate);
    Transaction transaction(database, Transaction::Kind::kWrite);
    database.execute(kSchema);
    database.execute(kIncrementSchema);
    database.execute(kChangedSchema);
    database.execute(kGroupSchema);
    database.execute("PRAGMA application_id=" + std::to_string(kApplicationId));
    database.execute("PRAGMA user_version=" + std::to_string(kStoreVersion));
    put_meta(database, "job", job_toml(without_today(job)));
    if (model) put_meta(database, "given_model", model_json(*model));
    put_sources(database, job);
    transaction.commit();
    // All of it into the file itself: what stays in the log would not be renamed with it.
    Statement checkpoint = database.prepare("PRAGMA wal_checkpoint(TRUNCATE)");
    if (checkpoint.step() && checkpoint.number(0) != 0) {
      throw Error(ErrorCode::kBusy, partial.string(), "is in use; run this again");
    }
  }
  std::filesystem::rename(partial, path, fault);
  if (fault) {
    throw Error(ErrorCode::kResource, path.string(), "cannot be made: " + fault.message());
  }
}

Store::Store(const std::filesystem::path& path, Access access) : path_(path) {
  std::error_code fault;
  if (!std::filesystem::is_regular_file(path, fault)) {
    throw Error(ErrorCode::kUsage, path.string(),
                "there is no such registry; name one with --store, or make one with "
                "`tessera registry init`");
  }
  if (access == Access::kWrite) lock_.emplace(path);
  database_ = std::make_unique<Database>(
      path, access == Access::kWrite ? Database::Mode::kReadWrite : Database::Mode::kReadOnly);
  check_is_store(*database_);
  if (access == Access::kWrite) bring_up(*database_);
  std::string job = get_meta(*database_, "job");
  if (job.empty()) {
    if (const auto last = last_model(*database_)) job = last->job;
  }
  if (job.empty())
    throw Error(ErrorCode::kDamaged, path.string(), "holds no job; restore a backup");
  job_ = read_job_text(job, path.string() + ": job");
}

std::optional<PinnedModel> Store::pinned_model() {
  const std::optional<StoredModel> last = last_model(*database_);
  if (!last) return std::nullopt;
  const std::string where = path_.string() + ": model";
  return PinnedModel{last->event, read_model_json(last->model, where),
                     decode_references(last->references, where)};
}

std::optional<Model> Store::given_model() {
  const std::string text = get_meta(*database_, "given_model");
  if (text.empty()) return std::nullopt;
  return read_model_json(text, path_.string() + ": model");
}

void Store::put_job(const JobSpec& job, const std::optional<Model>& model) {
  refuse_without_ids(job);
  refuse_index_rule(job);
  check_follows(job_, job);
  if (model) check_model_fits(*model, job);
  job_ = without_today(job);
  put_meta(*database_, "job", job_toml(job_));
  if (model) put_meta(*database_, "given_model", model_json(*model));
  put_sources(*database_, job_);
}

void Store::put_model(std::int64_t event, const Model& model, const References& references) {
  const std::string job_text = job_toml(job_);
  const std::string model_text = model_json(model);
  const std::string bytes = encode_references(references);
  database_->prepare("INSERT INTO model(seq, job, model, refs, digest) VALUES(?,?,?,?,?)")
      .bind(0, event)
      .bind(1, job_text)
      .bind(2, model_text)
      .bind_blob(3, bytes)
      .bind(4, model_digest(job_text, model_text, bytes))
      .run();
  database_->execute("DELETE FROM meta WHERE key IN ('job', 'given_model')");
}

std::int64_t Store::number(std::string_view name) {
  Statement find = database_->prepare("SELECT value FROM meta WHERE key = ?");
  find.bind(0, name);
  return find.step() ? find.number(0) : 0;
}

void Store::put_number(std::string_view name, std::int64_t value) {
  database_->prepare("INSERT OR REPLACE INTO meta(key, value) VALUES(?,?)")
      .bind(0, name)
      .bind(1, value)
      .run();
}

void Store::commit(Transaction& transaction) {
  put_number("last_event", ledger_head(*database_).sequence);
  transaction.commit();
}

}  // namespace tessera
