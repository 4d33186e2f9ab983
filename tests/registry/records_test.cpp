#include "registry/records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "data/error.hpp"
#include "tests/registry/small_registry.hpp"

namespace tessera {
namespace {

using test::SmallRegistry;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Records, FieldsReadBackToTheSame) {
  const std::string large(200, 'x');
  const std::vector<std::string_view> texts = {"a", "", large, "ሰላም", std::string_view("\0b", 2)};
  const std::string bytes = encode_fields(texts);
  EXPECT_EQ(decode_fields(bytes, "x"), texts);
  EXPECT_THROW(decode_fields(std::string_view(bytes).substr(0, bytes.size() - 1), "x"), Error);
}

TEST(Records, ComeOutInCanonicalOrder) {
  const SmallRegistry registry;
  auto records = test::invented_records(20, 1);
  std::reverse(records.begin(), records.end());
  registry.load({records.begin(), records.begin() + 20});
  registry.load(records);
  Store store = registry.open();
  const StoredRecords read = read_records(store);
  ASSERT_EQ(read.table.size(), records.size());
  for (Row row = 1; row < read.table.size(); ++row) {
    const auto key = [&](Row of) {
      return std::pair(read.table.row_source[of], std::string(read.table.record_ids[of]));
    };
    EXPECT_LT(key(row - 1), key(row));
  }
  EXPECT_EQ(record_name(store, read.rows.front()), "client:C1000");
}

TEST(Records, SomeAreReadLikeAll) {
  const SmallRegistry registry;
  registry.load(test::invented_records(20, 1));
  Store store = registry.open();
  const StoredRecords all = read_records(store);
  std::vector<std::int64_t> some = {all.rows[7], all.rows[2], all.rows[30]};
  std::sort(some.begin(), some.end());
  const StoredRecords read = read_records(store, some);
  EXPECT_THAT(read.rows, ElementsAre(all.rows[2], all.rows[7], all.rows[30]));
  for (std::size_t c = 0; c < all.table.columns.size(); ++c) {
    const RawColumn& a = all.table.columns[c];
    const RawColumn& b = read.table.columns[c];
    EXPECT_EQ(a.values[a.codes[7]], b.values[b.codes[1]]);
  }
}

TEST(Records, ToCompareStandBySourceThenRow) {
  const SmallRegistry registry;
  auto records = test::invented_records(20, 1);
  std::reverse(records.begin(), records.end());
  registry.load(records);
  Store store = registry.open();
  const StoredRecords all = read_records(store);
  std::vector<std::int64_t> rows;
  for (std::size_t i = 0; i < all.rows.size(); i += 3) rows.push_back(all.rows[i]);
  std::sort(rows.begin(), rows.end());
  const StoredRecords read = read_to_compare(store, rows);
  ASSERT_EQ(read.rows.size(), rows.size());
  std::map<std::int64_t, Row> row_of;
  for (Row row = 0; row < all.rows.size(); ++row) row_of[all.rows[row]] = row;
  for (Row row = 0; row < read.rows.size(); ++row) {
    const Row same = row_of.at(read.rows[row]);
    EXPECT_EQ(read.table.row_source[row], all.table.row_source[same]);
    EXPECT_EQ(read.table.record_ids[row], all.table.record_ids[same]);
    EXPECT_EQ(read.digests[row], all.digests[same]);
    for (std::size_t c = 0; c < all.table.columns.size(); ++c) {
      const RawColumn& a = all.table.columns[c];
      const RawColumn& b = read.table.columns[c];
      EXPECT_EQ(a.values[a.codes[same]], b.values[b.codes[row]]);
    }
    if (row == 0) continue;
    EXPECT_LT(std::pair(read.table.row_source[row - 1], read.rows[row - 1]),
              std::pair(read.table.row_source[row], read.rows[row]));
  }
}

TEST(Records, ADamagedOneIsNamedByItsNumber) {
  const SmallRegistry registry;
  registry.load(test::invented_records(5, 1));
  Store store = registry.open();
  store.database().execute("UPDATE record SET digest = digest + 1 WHERE row = 4");
  try {
    read_records(store);
    FAIL() << "a damaged record was read";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kDamaged);
    EXPECT_THAT(error.what(), HasSubstr("record 4"));
  }
}

TEST(Records, ANameIsCheckedPartByPart) {
  const SmallRegistry registry;
  registry.load(test::invented_records(5, 1));
  Store store = registry.open();
  EXPECT_GT(row_of_name(store, "client:C1003"), 0);
  for (const char* bad : {"client", ":C1003", "client:", "other:C1003", "client:C9"}) {
    EXPECT_THROW(row_of_name(store, bad), Error) << bad;
  }
}

}  // namespace
}  // namespace tessera
