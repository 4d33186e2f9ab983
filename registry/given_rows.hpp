// Rows and numbers that the program gives to one SQL statement: what a statement a row would do, at
// a third of the cost.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "registry/database.hpp"

struct sqlite3_context;

namespace tessera {

/// Takes the value of one column. Without a call it is NULL.
class ColumnValue {
 public:
  explicit ColumnValue(sqlite3_context* context) : context_(context) {}

  void put(std::int64_t number);
  /// Valid until the next row.
  void put(std::string_view text);
  void put_blob(std::string_view bytes);

 private:
  sqlite3_context* context_;
};

/// Rows made one after another.
class GivenRows {
 public:
  virtual ~GivenRows() = default;
  /// Goes to the next row, at first to the first; false after the last.
  virtual bool next() = 0;
  /// Column `at` of the row, from 0.
  virtual void value(int at, ColumnValue& to) = 0;
};

/// Runs one statement in which the table `given`, columns c0 … c9, holds the rows: read once, in
/// their order. Returns how many rows the statement changed. Throws what `rows` throws, and Error
/// as Database does.
std::int64_t run_with_rows(Database& database, const std::string& sql, GivenRows& rows);

/// While it lives SQL may call `name(n)`: entry n of `numbers`, NULL where that is 0 or there is
/// none. REQUIRES: the numbers outlive this.
class GivenNumbers {
 public:
  GivenNumbers(Database& database, std::string name, std::span<const std::int64_t> numbers);
  ~GivenNumbers();
  GivenNumbers(const GivenNumbers&) = delete;
  GivenNumbers& operator=(const GivenNumbers&) = delete;

 private:
  Database& database_;
  std::string name_;
  std::span<const std::int64_t> numbers_;
};

}  // namespace tessera
