#include "registry/given_rows.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

#include "data/error.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

struct Fresh {
  Fresh() { database.execute("CREATE TABLE t(a INTEGER PRIMARY KEY, b, c, d)"); }
  test::TemporaryFolder folder;
  Database database{folder.path() / "d", Database::Mode::kCreate};
};

constexpr const char* kInsert = "INSERT INTO t SELECT c0, c1, c2, c3 FROM given";

/// Rows 1 … n, each with a text, bytes and NULL of its own; throws at one of them.
class Counted : public GivenRows {
 public:
  explicit Counted(std::int64_t rows, std::int64_t bad = 0) : rows_(rows), bad_(bad) {}

  bool next() override {
    if (row_ == rows_) return false;
    if (++row_ == bad_) throw std::runtime_error("the source broke");
    text_ = "ñ" + std::to_string(row_);
    bytes_ = std::string("\0\xff", 2) + text_;
    return true;
  }
  void value(int at, ColumnValue& to) override {
    if (at == 0) to.put(row_);
    if (at == 1) to.put(std::string_view(text_));
    if (at == 2) to.put_blob(bytes_);
  }

 private:
  std::int64_t rows_;
  std::int64_t bad_;
  std::int64_t row_ = 0;
  std::string text_;
  std::string bytes_;
};

TEST(GivenRows, AreReadOnceInTheirOrder) {
  Fresh fresh;
  for (const std::int64_t count : {0, 1, 3000}) {
    fresh.database.execute("DELETE FROM t");
    Counted rows(count);
    EXPECT_EQ(run_with_rows(fresh.database, kInsert, rows), count);
    Statement read = fresh.database.prepare("SELECT a, b, c, d FROM t ORDER BY a");
    std::int64_t seen = 0;
    while (read.step()) {
      ++seen;
      const std::string text = "ñ" + std::to_string(seen);
      ASSERT_EQ(read.number(0), seen);
      ASSERT_EQ(read.text(1), text);
      ASSERT_EQ(read.text(2), std::string("\0\xff", 2) + text);
      ASSERT_TRUE(read.is_null(3));
    }
    EXPECT_EQ(seen, count);
  }
}

TEST(GivenRows, WhatTheyThrowIsThrownAndNothingIsWritten) {
  Fresh fresh;
  Counted rows(100, 60);
  EXPECT_THROW(run_with_rows(fresh.database, kInsert, rows), std::runtime_error);
  EXPECT_EQ(fresh.database.number("SELECT count(*) FROM t"), 0);
  Counted again(5);  // the connection goes on
  EXPECT_EQ(run_with_rows(fresh.database, kInsert, again), 5);
}

TEST(GivenRows, IgnoredOnesAreNotCounted) {
  Fresh fresh;
  fresh.database.execute("INSERT INTO t(a, b) VALUES(2, 'there')");
  Counted rows(4);
  EXPECT_EQ(run_with_rows(fresh.database,
                          "INSERT OR IGNORE INTO t SELECT c0, c1, c2, c3 FROM given", rows),
            3);
  EXPECT_EQ(fresh.database.text("SELECT b FROM t WHERE a = 2"), "there");
}

TEST(GivenRows, ARefusedStatementIsAnError) {
  Fresh fresh;
  fresh.database.execute("INSERT INTO t(a) VALUES(2)");
  Counted rows(4);
  EXPECT_THROW(run_with_rows(fresh.database, kInsert, rows), Error);
  EXPECT_THROW(run_with_rows(fresh.database, "INSERT INTO nowhere SELECT c0 FROM given", rows),
               Error);
  // Gone with the statement.
  EXPECT_THROW(fresh.database.execute(kInsert), Error);
}

TEST(GivenNumbers, AreWhatSqlCalls) {
  Fresh fresh;
  const std::vector<std::int64_t> numbers = {5, 0, -7};
  {
    const GivenNumbers given(fresh.database, "number_of", numbers);
    EXPECT_EQ(fresh.database.number("SELECT number_of(0)"), 5);
    EXPECT_EQ(fresh.database.number("SELECT number_of(2)"), -7);
    for (const char* none : {"number_of(1)", "number_of(3)", "number_of(-1)"}) {
      EXPECT_EQ(fresh.database.number("SELECT " + std::string(none) + " IS NULL"), 1) << none;
    }
  }
  EXPECT_THROW(fresh.database.number("SELECT number_of(0)"), Error);
}

}  // namespace
}  // namespace tessera
