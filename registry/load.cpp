#include "registry/load.hpp"

#include <algorithm>
#include <functional>
#include <span>
#include <utility>

#include "data/error.hpp"
#include "data/read.hpp"
#include "engine/expected_times.hpp"
#include "registry/beside.hpp"
#include "registry/given_rows.hpp"
#include "registry/records.hpp"

namespace tessera {
namespace {

constexpr Row kRowsTold = 8192;       // after so many rows it is told again how many are stored
constexpr double kReadRow = 1.0e-6;   // seconds a row, of a million: reading
constexpr double kStoreRow = 2.0e-6;  // and storing

/// Told what share of a file's rows is stored.
using Told = std::function<void(double)>;

struct Extract {
  std::size_t source = 0;  // in the job
  RawTable table;
};

// The place of a source in the job.
std::size_t place_of(const JobSpec& job, const std::string& name) {
  const auto known = std::find_if(job.sources.begin(), job.sources.end(),
                                  [&](const SourceSpec& source) { return source.name == name; });
  if (known != job.sources.end()) return static_cast<std::size_t>(known - job.sources.begin());
  std::string all;
  for (const SourceSpec& source : job.sources) all += (all.empty() ? "" : ", ") + source.name;
  throw Error(ErrorCode::kUsage, name,
              "the registry has no source of this name; it has " + all +
                  "; to add one, add its [[source]] to the config and give that to "
                  "`tessera registry learn --config`");
}

Extract read_extract(const JobSpec& job, const SourceSpec& file, const LoadOptions& options) {
  Extract extract;
  extract.source = place_of(job, file.name);
  SourceSpec spec = job.sources[extract.source];
  spec.path = file.path;
  ReadOptions reading;
  reading.max_rejected_share = options.max_rejected_share.value_or(job.max_rejected_share);
  reading.absent_attributes = true;
  extract.table = read_sources(std::span(&spec, 1), job.attributes, reading);
  return extract;
}

// A record's fields as the store has them.
std::string fields_of(const RawTable& table, Row row, std::vector<std::string_view>& texts) {
  texts.clear();
  for (const RawColumn& column : table.columns) texts.push_back(column.values[column.codes[row]]);
  texts.push_back(table.updated.empty() ? std::string_view()
                                        : table.updated_values[table.updated[row]]);
  return encode_fields(texts);
}

/// All rows of an extract as records. Fields are encoded ahead, beside the thread that stores them.
class NewRecords : public GivenRows {
 public:
  /// `told` must outlive it.
  NewRecords(const RawTable& table, std::int64_t source, const Told& told)
      : table_(table), source_(source), told_(told) {
    begin_next();
  }

  bool next() override {
    if (at_ + 1 < now_.fields.size()) {
      ++at_;
    } else {
      beside_.wait();
      std::swap(now_, ahead_);
      at_ = 0;
      if (now_.fields.empty()) return false;
      begin_next();
    }
    return true;
  }

  void value(int at, ColumnValue& to) override {
    switch (at) {
      case 0:
        return to.put(source_);
      case 1:
        return to.put(table_.record_ids[now_.first + at_]);
      case 2:
        return to.put(now_.digests[at_]);
      default:
        return to.put_blob(now_.fields[at_]);
    }
  }

 private:
  struct Batch {
    Row first = 0;
    std::vector<std::string> fields;
    std::vector<std::int64_t> digests;
  };

  void begin_next() {
    told_(static_cast<double>(next_) / static_cast<double>(std::max<Row>(1, table_.size())));
    beside_.run([this, first = next_] { encode(first, ahead_); });
    next_ = std::min<Row>(table_.size(), next_ + kBatchRecords);
  }

  void encode(Row first, Batch& batch) const {
    batch = {first, {}, {}};
    std::vector<std::string_view> texts;
    const Row end = std::min<Row>(table_.size(), first + kBatchRecords);
    for (Row row = first; row < end; ++row) {
      batch.fields.push_back(fields_of(table_, row, texts));
      batch.digests.push_back(static_cast<std::int64_t>(hash_bytes(batch.fields.back())));
    }
  }

  static constexpr Row kBatchRecords = 2048;
  const RawTable& table_;
  std::int64_t source_;
  const Told& told_;
  Batch now_;
  Batch ahead_;
  std::size_t at_ = 0;
  Row next_ = 0;
  Beside beside_;  // last: it waits for what uses the others
};

/// Puts the rows of one extract into the store.
class Loader {
 public:
  Loader(Database& database, const Extract& extract)
      : database_(database),
        table_(extract.table),
        source_(static_cast<std::int64_t>(extract.source)),
        find_(database.prepare("SELECT row, digest, live FROM record WHERE source = ? AND id = ?")),
        insert_(database.prepare("INSERT INTO record(source, id, digest, fields, live)"
                                 " VALUES(?,?,?,?,1)")),
        update_(database.prepare("UPDATE record SET digest = ?, fields = ?, changed = ?, live = 1"
                                 " WHERE row = ?")),
        pending_(database.prepare("INSERT OR IGNORE INTO pending(row) VALUES(?)")),
        last_(database.number("SELECT coalesce(max(row), 0) FROM record")),
        event_(ledger_head(database).sequence + 1) {}

  LoadFacts load(bool full, const Told& told) {
    Statement any = database_.prepare("SELECT 1 FROM record WHERE source = ? LIMIT 1");
    any.bind(0, source_);
    const bool empty = !any.step();
    any.reset();
    if (empty) {
      put_all(told);
    } else {
      if (full) note_all();
      for (Row row = 0; row < table_.size(); ++row) {
        if (row % kRowsTold == 0) told(static_cast<double>(row) / table_.size());
        put(row);
      }
      if (full) delete_unseen();
    }
    facts_.source = table_.sources.front();
    facts_.rejects = table_.rejects;
    return facts_;
  }

 private:
  // All are new.
  void put_all(const Told& told) {
    NewRecords records(table_, source_, told);
    facts_.added = static_cast<std::uint64_t>(
        run_with_rows(database_,
                      "INSERT INTO record(source, id, digest, fields, live)"
                      " SELECT c0, c1, c2, c3, 1 FROM given",
                      records));
    database_.prepare("INSERT INTO pending(row) SELECT row FROM record WHERE row > ?")
        .bind(0, last_)
        .run();
  }

  void put(Row row) {
    const std::string fields = fields_of(table_, row, texts_);
    const auto digest = static_cast<std::int64_t>(hash_bytes(fields));
    const std::string_view id = table_.record_ids[row];
    find_.bind(0, source_).bind(1, id);
    if (find_.step()) {
      const std::int64_t stored = find_.number(0);
      const bool same = find_.number(1) == digest;
      const bool live = find_.number(2) != 0;
      find_.reset();
      seen_.push_back(stored);
      if (same && live) {
        ++facts_.unchanged;
        return;
      }
      ++(live ? facts_.changed : facts_.returned);
      update_.bind(0, digest).bind_blob(1, fields).bind(2, event_).bind(3, stored).run();
      pending_.bind(0, stored).run();
      return;
    }
    insert_.bind(0, source_).bind(1, id).bind(2, digest).bind_blob(3, fields).run();
    pending_.bind(0, ++last_).run();
    ++facts_.added;
  }

  void note_all() {
    Statement all = database_.prepare("SELECT row FROM record WHERE source = ? AND live = 1");
    all.bind(0, source_);
    while (all.step()) before_.push_back(all.number(0));
  }

  void delete_unseen() {
    std::sort(seen_.begin(), seen_.end());
    std::sort(before_.begin(), before_.end());
    Statement remove = database_.prepare("UPDATE record SET live = 0 WHERE row = ?");
    for (const std::int64_t row : before_) {
      if (std::binary_search(seen_.begin(), seen_.end(), row)) continue;
      remove.bind(0, row).run();
      pending_.bind(0, row).run();
      ++facts_.deleted;
    }
  }

  Database& database_;
  const RawTable& table_;
  std::int64_t source_;
  Statement find_;
  Statement insert_;
  Statement update_;
  Statement pending_;
  std::int64_t last_;   // the greatest row: inserts number on from it
  std::int64_t event_;  // that which is written once the extract is loaded
  LoadFacts facts_;
  std::vector<std::string_view> texts_;
  std::vector<std::int64_t> before_;
  std::vector<std::int64_t> seen_;
};

std::string note_of(const LoadFacts& facts, bool full) {
  return facts.source.name + ": " + std::to_string(facts.added) + " new, " +
         std::to_string(facts.changed) + " changed, " + std::to_string(facts.returned) +
         " returned, " + std::to_string(facts.deleted) + " deleted, " +
         std::to_string(facts.unchanged) + " unchanged; " + (full ? "whole source, " : "") +
         "file digest " + facts.source.digest;
}

}  // namespace

std::vector<LoadFacts> load_files(Store& store, const std::vector<SourceSpec>& files,
                                  const LoadOptions& options, const RunInfo& run) {
  Transaction transaction(store.database(), Transaction::Kind::kWrite);
  LedgerWriter ledger(store.database(), run);
  std::vector<LoadFacts> all;
  std::vector<double> expected_s;
  for (const SourceSpec& file : files) {
    const auto rows = static_cast<double>(rows_by_size(std::span(&file, 1)));
    expected_s.insert(expected_s.end(), {rows * kReadRow, rows * kStoreRow});
  }
  for (const SourceSpec& file : files) {
    const auto tell = [&](const char* what, unsigned stage, double share_done) {
      if (!options.watcher) return;
      const std::string name = what + file.name;
      options.watcher({name, static_cast<unsigned>(all.size()) * 2 + stage,
                       static_cast<unsigned>(files.size()) * 2, share_done, expected_s});
    };
    tell("read ", 1, 0.0);
    const Extract extract = read_extract(store.job(), file, options);
    LoadFacts facts = Loader(store.database(), extract).load(options.full, [&](double share_done) {
      tell("store ", 2, share_done);
    });
    if (facts.changes() > 0) {
      ledger.append({.kind = EventKind::kLoad}, note_of(facts, options.full));
    }
    all.push_back(std::move(facts));
  }
  for (const auto& [source, groups] : options.groups) place_of(store.job(), source);
  for (GroupLoad& groups : put_groups(store, options.groups, options.full, ledger)) {
    auto of = std::find_if(all.begin(), all.end(), [&](const LoadFacts& facts) {
      return facts.source.name == groups.source;
    });
    if (of == all.end()) {  // groups came alone
      of = all.emplace(all.end());
      of->source.name = groups.source;
    }
    of->groups = std::move(groups);
  }
  if (ledger.appended() > 0) store.commit(transaction);
  return all;
}

}  // namespace tessera
