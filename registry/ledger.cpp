// What is hashed of an event, texts being preceded by their length so that no two events read
// alike:
//
//   hash   := SHA-256( hash before | run | event )
//   run    := at_s "|" size "|" actor "|" size "|" digest "|"
//   event  := sequence "|" kind "|" row "|" other_row "|" entity "|" other_entity "|" subject "|"
//             note digest (32 bytes, absent without a note)
//   note digest := SHA-256( salt (16 bytes) | text )
//
// An absent number is the empty text. The first event's "hash before" is 32 zeros.
#include "registry/ledger.hpp"

#include <fmt/format.h>
#include <sys/random.h>

#include <array>
#include <ctime>

#include "data/error.hpp"
#include "registry/given_rows.hpp"

namespace tessera {
namespace {

constexpr std::size_t kSaltBytes = 16;

void append_number(std::string& text, std::optional<std::int64_t> number) {
  if (number) {
    const fmt::format_int digits(*number);
    text.append(digits.data(), digits.size());
  }
  text.push_back('|');
}

std::string run_bytes(const RunInfo& run) {
  std::string text = std::to_string(run.at_s) + "|";
  for (const std::string& part : {run.actor, run.digest}) {
    text += std::to_string(part.size()) + "|" + part + "|";
  }
  return text;
}

// `text`: room to write in, used again for the next event.
Sha256 event_hash(const Sha256& before, std::string_view run, std::int64_t sequence,
                  const Event& event, std::string_view note_digest, std::string& text) {
  text = byte_view(before);
  text += run;
  append_number(text, sequence);
  append_number(text, static_cast<std::int64_t>(event.kind));
  append_number(text, event.row);
  append_number(text, event.other_row);
  append_number(text, event.entity);
  append_number(text, event.other_entity);
  append_number(text, event.subject);
  text += note_digest;
  return sha256(text);
}

std::string draw_salt() {
  std::array<char, kSaltBytes> salt{};
  if (getrandom(salt.data(), salt.size(), 0) != static_cast<ssize_t>(salt.size())) {
    throw Error(ErrorCode::kResource, "getrandom", "the system gives no random numbers");
  }
  return {salt.data(), salt.size()};
}

Sha256 to_hash(std::string_view bytes) {
  Sha256 hash{};
  if (bytes.size() == hash.size()) std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

// Whether a record that the event names was erased, and its notes with it.
bool was_erased(Database& database, const Event& event) {
  Statement find = database.prepare("SELECT 1 FROM event WHERE kind = ? AND row IN (?, ?)");
  find.bind(0, static_cast<std::int64_t>(EventKind::kErased));
  return find.bind(1, event.row).bind(2, event.other_row).step();
}

}  // namespace

std::string_view event_kind_name(EventKind kind) {
  constexpr std::array<std::string_view, 16> kNames = {
      "",         "minted", "linked", "unlinked", "merged",    "split",  "retired", "restored",
      "decision", "load",   "model",  "erased",   "withdrawn", "joined", "left",    "head"};
  const auto at = static_cast<std::size_t>(kind);
  return at < kNames.size() ? kNames[at] : "unknown";
}

LedgerWriter::LedgerWriter(Database& database, RunInfo run)
    : run_text_(run_bytes(run)),
      run_(std::move(run)),
      database_(database),
      sequence_(0),
      insert_(database.prepare("INSERT INTO event(seq, run, kind, row, other_row, entity,"
                               " other_entity, subject, note_digest, hash)"
                               " VALUES(?,?,?,?,?,?,?,?,?,?)")) {
  const LedgerHead head = ledger_head(database);
  sequence_ = head.sequence;
  head_ = head.hash;
}

/// Chains events as SQL takes them.
class LedgerWriter::ChainedRows : public GivenRows {
 public:
  ChainedRows(LedgerWriter& ledger, const std::function<bool(Event&)>& take)
      : ledger_(ledger), take_(take) {}

  bool next() override {
    event_ = {};
    if (!take_(event_)) return false;
    ledger_.chain(event_, {});
    return true;
  }

  void value(int at, ColumnValue& to) override {
    const auto put = [&](const std::optional<std::int64_t>& number) {
      if (number) to.put(*number);
    };
    switch (at) {
      case 0:
        return to.put(ledger_.sequence_);
      case 1:
        return to.put(ledger_.run_number_);
      case 2:
        return to.put(static_cast<std::int64_t>(event_.kind));
      case 3:
        return put(event_.row);
      case 4:
        return put(event_.other_row);
      case 5:
        return put(event_.entity);
      case 6:
        return put(event_.other_entity);
      case 7:
        return put(event_.subject);
      default:
        return to.put_blob(byte_view(ledger_.head_));
    }
  }

 private:
  LedgerWriter& ledger_;
  const std::function<bool(Event&)>& take_;
  Event event_;
};

void LedgerWriter::chain(const Event& event, std::string_view note_digest) {
  ++sequence_;
  head_ = event_hash(head_, run_text_, sequence_, event, note_digest, text_);
  ++appended_;
}

void LedgerWriter::append_all(const std::function<bool(Event&)>& take) {
  Event first;
  if (!take(first)) return;  // a run without events leaves no trace
  append(first);
  ChainedRows rows(*this, take);
  run_with_rows(database_,
                "INSERT INTO event(seq, run, kind, row, other_row, entity, other_entity, subject,"
                " hash) SELECT c0, c1, c2, c3, c4, c5, c6, c7, c8 FROM given",
                rows);
}

std::int64_t LedgerWriter::append(const Event& event, std::string_view note) {
  if (run_number_ == 0) {
    Statement insert = database_.prepare("INSERT INTO run(at, actor, digest) VALUES(?,?,?)");
    insert.bind(0, run_.at_s).bind(1, run_.actor).bind(2, run_.digest).run();
    run_number_ = database_.number("SELECT max(n) FROM run");
  }
  const std::int64_t sequence = sequence_ + 1;
  std::string note_digest;
  if (!note.empty()) {
    const std::string salt = draw_salt();
    note_digest = byte_view(sha256(salt + std::string(note)));
    database_.prepare("INSERT INTO note(seq, salt, text) VALUES(?,?,?)")
        .bind(0, sequence)
        .bind_blob(1, salt)
        .bind(2, note)
        .run();
  }
  chain(event, note_digest);
  insert_.bind(0, sequence_).bind(1, run_number_).bind(2, static_cast<std::int64_t>(event.kind));
  insert_.bind(3, event.row).bind(4, event.other_row).bind(5, event.entity);
  insert_.bind(6, event.other_entity).bind(7, event.subject);
  if (note_digest.empty()) {
    insert_.bind_null(8);
  } else {
    insert_.bind_blob(8, note_digest);
  }
  insert_.bind_blob(9, byte_view(head_)).run();
  return sequence_;
}

LedgerHead ledger_head(Database& database) {
  Statement last = database.prepare("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1");
  if (!last.step()) return {};
  return {last.number(0), to_hash(last.text(1))};
}

std::optional<LedgerFault> verify_ledger(Database& database) {
  Statement events = database.prepare(
      "SELECT e.seq, e.kind, e.row, e.other_row, e.entity, e.other_entity, e.subject,"
      " e.note_digest, e.hash, r.at, r.actor, r.digest, n.salt, n.text, n.seq, r.n"
      " FROM event e LEFT JOIN run r ON r.n = e.run LEFT JOIN note n ON n.seq = e.seq"
      " ORDER BY e.seq");
  Sha256 head{};
  std::int64_t expected = 1;
  std::int64_t run_number = -1;
  std::string run;
  std::string text;
  for (; events.step(); ++expected) {
    const std::int64_t sequence = events.number(0);
    if (sequence != expected) return LedgerFault{expected, "this event is missing"};
    if (events.is_null(15)) return LedgerFault{sequence, "the event's run is missing"};
    if (events.number(15) != run_number) {
      run_number = events.number(15);
      run =
          run_bytes({std::string(events.text(10)), events.number(9), std::string(events.text(11))});
    }
    const std::string note_digest(events.text(7));
    if (!events.is_null(14)) {
      const std::string noted = std::string(events.text(12)) + std::string(events.text(13));
      if (note_digest != byte_view(sha256(noted))) {
        return LedgerFault{sequence, "the event's note was changed"};
      }
    }
    const Event event{static_cast<EventKind>(events.number(1)),
                      events.maybe(2),
                      events.maybe(3),
                      events.maybe(4),
                      events.maybe(5),
                      events.maybe(6)};
    if (events.is_null(14) && !note_digest.empty() && !was_erased(database, event)) {
      return LedgerFault{sequence, "the event's note is missing"};
    }
    head = event_hash(head, run, sequence, event, note_digest, text);
    if (byte_view(head) != events.text(8)) {
      return LedgerFault{sequence, "the event or its run was changed, or one before was taken out"};
    }
  }
  // The chain cannot tell that its end was cut off; the store keeps where it ended.
  Statement kept = database.prepare("SELECT value FROM meta WHERE key = 'last_event'");
  if (kept.step() && kept.number(0) != expected - 1) {
    return LedgerFault{expected, "the events from here on are missing"};
  }
  return std::nullopt;
}

std::string utc_text(std::int64_t at_s) {
  const std::time_t time = at_s;
  std::tm parts{};
  gmtime_r(&time, &parts);
  std::array<char, 32> text{};
  const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return {text.data(), size};
}

}  // namespace tessera
