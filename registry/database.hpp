// SQLite as this folder uses it: statements that close themselves, faults as Error.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace tessera {

class Database;

/// A prepared statement. Parameters and columns are numbered from 0. Not thread-safe.
class Statement {
 public:
  Statement(Database& database, std::string_view sql);
  ~Statement();
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  Statement(const Statement&) = delete;

  Statement& bind(int at, std::int64_t number);
  Statement& bind(int at, double number);
  Statement& bind(int at, std::string_view text);
  Statement& bind_blob(int at, std::string_view bytes);
  Statement& bind_null(int at);
  /// The number, or NULL.
  Statement& bind(int at, std::optional<std::int64_t> number);

  /// Whether there is a further row. At the end the statement may be bound again.
  bool step();
  /// Runs a statement that gives no rows.
  void run();
  /// Ends a query whose rows are not all read.
  void reset();

  std::int64_t number(int column) const;
  double real(int column) const;
  /// Text or bytes; valid until the next step.
  std::string_view text(int column) const;
  bool is_null(int column) const;
  std::optional<std::int64_t> maybe(int column) const;

 private:
  Database* database_;
  sqlite3_stmt* statement_ = nullptr;
};

/// One connection. Faults are thrown as Error: kDamaged where the file is no database or broken,
/// kBusy where another connection holds it, kResource for disk, memory and permission.
class Database {
 public:
  enum class Mode : std::uint8_t { kCreate, kReadWrite, kReadOnly };

  /// Opens `path`, writes ahead (WAL) and syncs at every commit (synchronous=FULL), zeroes what is
  /// deleted. kReadOnly refuses to write but may make the files that readers share.
  Database(const std::filesystem::path& path, Mode mode);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Runs statements that give no rows anyone wants.
  void execute(const std::string& sql);
  Statement prepare(std::string_view sql) { return {*this, sql}; }
  /// The one number that a query gives; 0 if it gives none.
  std::int64_t number(std::string_view sql);
  /// The one text that a query gives; empty if it gives none.
  std::string text(std::string_view sql);
  /// Rows that the last statement changed.
  std::int64_t changes() const;

  const std::filesystem::path& path() const { return path_; }
  sqlite3* handle() const { return handle_; }
  /// Throws what SQLite's result `code` means here.
  [[noreturn]] void fail(int code) const;

 private:
  std::filesystem::path path_;
  sqlite3* handle_ = nullptr;
};

/// A transaction: rolled back unless committed. All reads within it see one state.
class Transaction {
 public:
  enum class Kind : std::uint8_t { kRead, kWrite };
  Transaction(Database& database, Kind kind);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace tessera
