#include "registry/database.hpp"

#include <sqlite3.h>

#include <utility>

#include "data/error.hpp"

namespace tessera {
namespace {

constexpr int kBusyMilliseconds = 10'000;

ErrorCode code_of(int sqlite_code) {
  switch (sqlite_code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
    case SQLITE_ERROR:  // a table or column that should be there is not
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
      return ErrorCode::kDamaged;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return ErrorCode::kBusy;
    default:
      return ErrorCode::kResource;
  }
}

std::string advice_for(ErrorCode code) {
  switch (code) {
    case ErrorCode::kDamaged:
      return "the store is damaged; `tessera check` says where, `tessera restore` takes a backup";
    case ErrorCode::kBusy:
      return "the store is in use; wait for the other command to end";
    default:
      return "nothing was changed; free space or mend the disk or permission, then run it again";
  }
}

// Once for the program, before SQLite starts: its statistics take a lock at each allocation.
void start_without_statistics() {
  static const int done = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static_cast<void>(done);  // where something else started SQLite before, it stays as it is
}

}  // namespace

Statement::Statement(Database& database, std::string_view sql) : database_(&database) {
  const int code = sqlite3_prepare_v2(database.handle(), sql.data(), static_cast<int>(sql.size()),
                                      &statement_, nullptr);
  if (code != SQLITE_OK) database.fail(code);
}

Statement::~Statement() {
  sqlite3_finalize(statement_);
}

Statement::Statement(Statement&& other) noexcept
    : database_(other.database_), statement_(std::exchange(other.statement_, nullptr)) {}

Statement& Statement::bind(int at, std::int64_t number) {
  if (const int code = sqlite3_bind_int64(statement_, at + 1, number)) database_->fail(code);
  return *this;
}

Statement& Statement::bind(int at, double number) {
  if (const int code = sqlite3_bind_double(statement_, at + 1, number)) database_->fail(code);
  return *this;
}

Statement& Statement::bind(int at, std::string_view text) {
  if (const int code = sqlite3_bind_text64(statement_, at + 1, text.data(), text.size(),
                                           SQLITE_TRANSIENT, SQLITE_UTF8)) {
    database_->fail(code);
  }
  return *this;
}

Statement& Statement::bind_blob(int at, std::string_view bytes) {
  if (const int code =
          sqlite3_bind_blob64(statement_, at + 1, bytes.data(), bytes.size(), SQLITE_TRANSIENT)) {
    database_->fail(code);
  }
  return *this;
}

Statement& Statement::bind_null(int at) {
  if (const int code = sqlite3_bind_null(statement_, at + 1)) database_->fail(code);
  return *this;
}

Statement& Statement::bind(int at, std::optional<std::int64_t> number) {
  return number ? bind(at, *number) : bind_null(at);
}

bool Statement::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  sqlite3_reset(statement_);
  if (code != SQLITE_DONE) database_->fail(code);
  return false;
}

void Statement::run() {
  while (step()) {
  }
}

void Statement::reset() {
  sqlite3_reset(statement_);
}

std::int64_t Statement::number(int column) const {
  return sqlite3_column_int64(statement_, column);
}

double Statement::real(int column) const {
  return sqlite3_column_double(statement_, column);
}

std::string_view Statement::text(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  return {static_cast<const char*>(bytes), bytes == nullptr ? 0 : static_cast<std::size_t>(size)};
}

bool Statement::is_null(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::optional<std::int64_t> Statement::maybe(int column) const {
  if (is_null(column)) return std::nullopt;
  return number(column);
}

Database::Database(const std::filesystem::path& path, Mode mode) : path_(path) {
  start_without_statistics();
  // No mutex: a connection is one thread's.
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
                    (mode == Mode::kCreate ? SQLITE_OPEN_CREATE : 0);
  const int code = sqlite3_open_v2(path.c_str(), &handle_, flags, nullptr);
  try {
    if (code != SQLITE_OK) fail(code);
    sqlite3_busy_timeout(handle_, kBusyMilliseconds);
    execute(
        "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA synchronous=FULL;"
        "PRAGMA secure_delete=ON; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;"
        "PRAGMA journal_size_limit=67108864");
    if (mode == Mode::kCreate) execute("PRAGMA page_size=8192; PRAGMA journal_mode=WAL");
    if (mode == Mode::kReadWrite) execute("PRAGMA journal_mode=WAL");
    if (mode == Mode::kReadOnly) execute("PRAGMA query_only=ON");
  } catch (...) {
    sqlite3_close_v2(handle_);
    throw;
  }
}

Database::~Database() {
  sqlite3_close_v2(handle_);
}

void Database::execute(const std::string& sql) {
  const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code);
}

std::int64_t Database::number(std::string_view sql) {
  Statement statement = prepare(sql);
  return statement.step() ? statement.number(0) : 0;
}

std::string Database::text(std::string_view sql) {
  Statement statement = prepare(sql);
  return statement.step() ? std::string(statement.text(0)) : std::string();
}

std::int64_t Database::changes() const {
  return sqlite3_changes64(handle_);
}

void Database::fail(int code) const {
  const ErrorCode of = code_of(code);
  // Never SQLite's own message: it may quote values.
  throw Error(of, path_.string(), std::string(sqlite3_errstr(code)) + "; " + advice_for(of));
}

Transaction::Transaction(Database& database, Kind kind) : database_(database) {
  database_.execute(kind == Kind::kWrite ? "BEGIN IMMEDIATE" : "BEGIN");
  // A read transaction begins at its first read: make that now.
  if (kind == Kind::kRead) database_.number("SELECT count(*) FROM sqlite_schema");
}

Transaction::~Transaction() {
  if (!open_) return;
  sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
  database_.execute("COMMIT");
  open_ = false;
}

}  // namespace tessera
