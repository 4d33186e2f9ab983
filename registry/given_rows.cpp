#include "registry/given_rows.hpp"

#include <sqlite3.h>

#include <exception>
#include <memory>
#include <new>
#include <utility>

namespace tessera {
namespace {

constexpr const char* kTable = "given";

/// The rows at hand, and what they threw: no exception may pass through SQLite.
struct Source {
  GivenRows* rows = nullptr;
  std::exception_ptr thrown;
};

struct GivenTable {
  sqlite3_vtab base;
  Source* source;
};

struct GivenCursor {
  sqlite3_vtab_cursor base;
  std::int64_t row;
  bool ended;
};

Source& source_of(sqlite3_vtab_cursor* cursor) {
  return *reinterpret_cast<GivenTable*>(cursor->pVtab)->source;
}

GivenCursor& as_given(sqlite3_vtab_cursor* cursor) {
  return *reinterpret_cast<GivenCursor*>(cursor);
}

template <class Step>
int guarded(Source& source, const Step& step) {
  try {
    step();
    return SQLITE_OK;
  } catch (...) {
    source.thrown = std::current_exception();
    return SQLITE_ERROR;
  }
}

// Makes what SQLite keeps, and gives back to disconnect or close_cursor.
template <class Given, class Base, class... Parts>
int hand_over(Base** out, Parts... parts) {
  try {
    *out = &std::make_unique<Given>(parts...).release()->base;
    return SQLITE_OK;
  } catch (const std::bad_alloc&) {
    return SQLITE_NOMEM;
  }
}

int connect(sqlite3* handle, void* source, int /*count*/, const char* const* /*words*/,
            sqlite3_vtab** out, char** /*fault*/) {
  if (const int code =
          sqlite3_declare_vtab(handle, "CREATE TABLE t(c0,c1,c2,c3,c4,c5,c6,c7,c8,c9)")) {
    return code;
  }
  return hand_over<GivenTable>(out, sqlite3_vtab{}, static_cast<Source*>(source));
}

int disconnect(sqlite3_vtab* table) {
  const std::unique_ptr<GivenTable> gone(reinterpret_cast<GivenTable*>(table));
  return SQLITE_OK;
}

int best_index(sqlite3_vtab* /*table*/, sqlite3_index_info* /*wanted*/) {
  return SQLITE_OK;
}

int open_cursor(sqlite3_vtab* /*table*/, sqlite3_vtab_cursor** out) {
  return hand_over<GivenCursor>(out, sqlite3_vtab_cursor{}, 0, false);
}

int close_cursor(sqlite3_vtab_cursor* cursor) {
  const std::unique_ptr<GivenCursor> gone(reinterpret_cast<GivenCursor*>(cursor));
  return SQLITE_OK;
}

int go_on(sqlite3_vtab_cursor* cursor) {
  Source& source = source_of(cursor);
  return guarded(source, [&] {
    as_given(cursor).ended = !source.rows->next();
    ++as_given(cursor).row;
  });
}

int begin(sqlite3_vtab_cursor* cursor, int /*plan*/, const char* /*text*/, int /*count*/,
          sqlite3_value** /*values*/) {
  return go_on(cursor);
}

int is_at_end(sqlite3_vtab_cursor* cursor) {
  return as_given(cursor).ended ? 1 : 0;
}

int column(sqlite3_vtab_cursor* cursor, sqlite3_context* context, int at) {
  Source& source = source_of(cursor);
  return guarded(source, [&] {
    ColumnValue to(context);
    source.rows->value(at, to);
  });
}

int row_number(sqlite3_vtab_cursor* cursor, sqlite3_int64* out) {
  *out = as_given(cursor).row;
  return SQLITE_OK;
}

// Without xCreate the table exists by its name alone: nothing of it is in the store.
constexpr sqlite3_module make_module() {
  sqlite3_module module{};
  module.xConnect = connect;
  module.xBestIndex = best_index;
  module.xDisconnect = disconnect;
  module.xOpen = open_cursor;
  module.xClose = close_cursor;
  module.xFilter = begin;
  module.xNext = go_on;
  module.xEof = is_at_end;
  module.xColumn = column;
  module.xRowid = row_number;
  return module;
}
constexpr sqlite3_module kModule = make_module();

void number_at(sqlite3_context* context, int /*count*/, sqlite3_value** values) {
  const auto& numbers =
      *static_cast<const std::span<const std::int64_t>*>(sqlite3_user_data(context));
  const std::int64_t at = sqlite3_value_int64(values[0]);
  if (at < 0 || static_cast<std::size_t>(at) >= numbers.size()) return;
  const std::int64_t number = numbers[static_cast<std::size_t>(at)];
  if (number != 0) sqlite3_result_int64(context, number);
}

}  // namespace

void ColumnValue::put(std::int64_t number) {
  sqlite3_result_int64(context_, number);
}

void ColumnValue::put(std::string_view text) {
  sqlite3_result_text64(context_, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

void ColumnValue::put_blob(std::string_view bytes) {
  sqlite3_result_blob64(context_, bytes.data(), bytes.size(), SQLITE_STATIC);
}

std::int64_t run_with_rows(Database& database, const std::string& sql, GivenRows& rows) {
  Source source{&rows, {}};
  const auto name_table = [&](const sqlite3_module* module) {
    return sqlite3_create_module_v2(database.handle(), kTable, module, &source, nullptr);
  };
  int code = name_table(&kModule);
  if (code == SQLITE_OK) {
    code = sqlite3_exec(database.handle(), sql.c_str(), nullptr, nullptr, nullptr);
    const std::int64_t changed = database.changes();
    name_table(nullptr);
    if (source.thrown) std::rethrow_exception(source.thrown);
    if (code == SQLITE_OK) return changed;
  }
  database.fail(code);
}

GivenNumbers::GivenNumbers(Database& database, std::string name,
                           std::span<const std::int64_t> numbers)
    : database_(database), name_(std::move(name)), numbers_(numbers) {
  if (const int code = sqlite3_create_function_v2(database.handle(), name_.c_str(), 1,
                                                  SQLITE_UTF8 | SQLITE_DETERMINISTIC, &numbers_,
                                                  number_at, nullptr, nullptr, nullptr)) {
    database.fail(code);
  }
}

GivenNumbers::~GivenNumbers() {
  sqlite3_create_function_v2(database_.handle(), name_.c_str(), 1, SQLITE_UTF8, nullptr, nullptr,
                             nullptr, nullptr, nullptr);
}

}  // namespace tessera
