#include "data/row_encoder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tessera {
namespace {

using testing::ElementsAre;

// A batch of the given rows, on lines from `line`.
RowBatch batch_of(const std::vector<std::vector<std::string>>& rows, std::uint64_t line) {
  RowBatch batch;
  batch.clear(rows.front().size());
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      batch.fields[i].push_back({static_cast<std::uint32_t>(batch.text.size()),
                                 static_cast<std::uint32_t>(row[i].size())});
      batch.text.insert(batch.text.end(), row[i].begin(), row[i].end());
    }
    batch.lines.push_back(line++);
  }
  return batch;
}

std::vector<std::string> texts_of(const RawColumn& column) {
  std::vector<std::string> texts;
  for (const Code code : column.codes) texts.emplace_back(column.values[code]);
  return texts;
}

TEST(RowEncoder, RowsWithoutIdAreFaults) {
  RowEncoder encoder(1, false);
  encoder.begin_source({.selected = {4, 7},
                        .attributes = {{.slots = {1}}},
                        .id_slot = 0,
                        .updated_slot = std::nullopt});
  RowBatch batch = batch_of({{"", "x"}, {"1", "a"}, {"", "y"}, {"2", "b"}}, 2);
  EXPECT_THAT(encoder.add(batch),
              ElementsAre(RowFault{.line = 2, .kind = RowFaultKind::kMissingId, .column = 4},
                          RowFault{.line = 4, .kind = RowFaultKind::kMissingId, .column = 4}));
  EXPECT_EQ(batch.row_count(), 2U);
  const EncodedRows rows = std::move(encoder).finish();
  EXPECT_EQ(rows.record_ids.size(), 2U);
  EXPECT_EQ(rows.record_ids[1], "2");
  EXPECT_EQ(rows.lines.line_of(0), 3U);
  EXPECT_EQ(rows.lines.line_of(1), 5U);
  EXPECT_EQ(texts_of(rows.columns[0]), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(rows.columns[0].values.size(), 3U) << "values of rejected rows are not interned";
}

TEST(RowEncoder, LineIsTheIdWhereThereIsNoColumn) {
  RowEncoder encoder(0, false);
  encoder.begin_source({.selected = {0}, .attributes = {}, .id_slot = {}, .updated_slot = {}});
  RowBatch batch = batch_of({{"x"}, {""}}, 9);
  EXPECT_TRUE(encoder.add(batch).empty());
  const EncodedRows rows = std::move(encoder).finish();
  EXPECT_EQ(rows.record_ids[0], "9");
  EXPECT_EQ(rows.record_ids[1], "10");
}

TEST(RowEncoder, PartsAreJoined) {
  RowEncoder encoder(2, false);
  encoder.begin_source(
      {.selected = {0, 1, 2},
       .attributes = {{.slots = {0, 1, 2}, .joiner = ' '}, {.slots = {0, 1, 2}, .joiner = '-'}},
       .id_slot = {},
       .updated_slot = {}});
  RowBatch batch = batch_of({{"a", "b", "c"},
                             {"", "b", "c"},
                             {"a", "", "c"},
                             {"a", "b", ""},
                             {"a", "", ""},
                             {"", "", ""}},
                            1);
  encoder.add(batch);
  const EncodedRows rows = std::move(encoder).finish();
  EXPECT_EQ(texts_of(rows.columns[0]),
            (std::vector<std::string>{"a b c", "b c", "a c", "a b", "a", ""}));
  EXPECT_EQ(texts_of(rows.columns[1]),
            (std::vector<std::string>{"a-b-c", "-b-c", "a--c", "a-b", "a", ""}));
  EXPECT_EQ(rows.columns[1].codes.back(), kMissing);
}

TEST(RowEncoder, SourcesShareDictionariesAndLackColumns) {
  RowEncoder encoder(1, true);
  encoder.begin_source(
      {.selected = {0}, .attributes = {{.slots = {0}}}, .id_slot = {}, .updated_slot = 0});
  RowBatch first = batch_of({{"x"}, {"y"}}, 2);
  encoder.add(first);
  encoder.begin_source({.selected = {0}, .attributes = {{}}, .id_slot = {}, .updated_slot = {}});
  RowBatch second = batch_of({{"z"}}, 2);
  encoder.add(second);
  encoder.begin_source(
      {.selected = {0}, .attributes = {{.slots = {0}}}, .id_slot = {}, .updated_slot = {}});
  RowBatch third = batch_of({{"y"}}, 2);
  encoder.add(third);
  const EncodedRows rows = std::move(encoder).finish();
  EXPECT_EQ(rows.columns[0].codes, (std::vector<Code>{1, 2, 0, 2}));
  EXPECT_EQ(rows.updated.codes, (std::vector<Code>{1, 2, 0, 0}));
  EXPECT_EQ(rows.source_begins, (std::vector<Row>{0, 2, 3, 4}));
}

TEST(LineMap, LinesOfSeveralRunsAreFound) {
  LineMap lines;
  const std::vector<std::uint64_t> expected = {2, 3, 4, 9, 10, 2, 3};
  for (std::size_t i = 0; i < expected.size(); ++i) lines.append(static_cast<Row>(i), expected[i]);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(lines.line_of(static_cast<Row>(i)), expected[i]);
  }
}

}  // namespace
}  // namespace tessera
