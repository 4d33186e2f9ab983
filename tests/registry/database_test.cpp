#include "registry/database.hpp"

#include <gtest/gtest.h>

#include "data/error.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

struct Fresh {
  test::TemporaryFolder folder;
  Database database{folder.path() / "d", Database::Mode::kCreate};
};

TEST(Database, WritesAheadAndSyncsInFull) {
  Fresh fresh;
  EXPECT_EQ(fresh.database.text("PRAGMA journal_mode"), "wal");
  EXPECT_EQ(fresh.database.number("PRAGMA synchronous"), 2);  // FULL
  EXPECT_EQ(fresh.database.number("PRAGMA secure_delete"), 1);
}

TEST(Database, GivesBackWhatWasBound) {
  Fresh fresh;
  fresh.database.execute("CREATE TABLE t(a, b, c, d, e)");
  const std::string bytes("\0\xff\x01", 3);
  fresh.database.prepare("INSERT INTO t VALUES(?,?,?,?,?)")
      .bind(0, std::int64_t{-5})
      .bind(1, 0.25)
      .bind(2, std::string_view("ñandú"))
      .bind_blob(3, bytes)
      .bind_null(4)
      .run();
  Statement read = fresh.database.prepare("SELECT * FROM t");
  ASSERT_TRUE(read.step());
  EXPECT_EQ(read.number(0), -5);
  EXPECT_EQ(read.real(1), 0.25);
  EXPECT_EQ(read.text(2), "ñandú");
  EXPECT_EQ(read.text(3), bytes);
  EXPECT_TRUE(read.is_null(4));
  EXPECT_FALSE(read.maybe(4).has_value());
  EXPECT_FALSE(read.step());
}

TEST(Database, ATransactionNotCommittedLeavesNothing) {
  Fresh fresh;
  fresh.database.execute("CREATE TABLE t(a)");
  {
    const Transaction transaction(fresh.database, Transaction::Kind::kWrite);
    fresh.database.execute("INSERT INTO t VALUES(1)");
  }
  EXPECT_EQ(fresh.database.number("SELECT count(*) FROM t"), 0);
}

TEST(Database, AReaderDoesNotWrite) {
  Fresh fresh;
  fresh.database.execute("CREATE TABLE t(a)");
  Database reader(fresh.folder.path() / "d", Database::Mode::kReadOnly);
  EXPECT_THROW(reader.execute("INSERT INTO t VALUES(1)"), Error);
}

TEST(Database, AFaultNamesTheFileAndNoValue) {
  Fresh fresh;
  fresh.database.execute("CREATE TABLE t(a UNIQUE)");
  fresh.database.execute("INSERT INTO t VALUES('secret')");
  try {
    fresh.database.execute("INSERT INTO t VALUES('secret')");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kDamaged);
    EXPECT_EQ(std::string(error.what()).find("secret"), std::string::npos);
    EXPECT_EQ(error.where(), (fresh.folder.path() / "d").string());
  }
}

}  // namespace
}  // namespace tessera
