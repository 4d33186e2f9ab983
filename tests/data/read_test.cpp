#include "data/read.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <tbb/global_control.h>

#include <algorithm>
#include <random>

#include "tests/data/parquet_support.hpp"
#include "tests/data/read_support.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const ReadOptions kAnyRejects{.max_rejected_share = 1.0};

class ReadTest : public testing::Test {
 protected:
  RawTable read(const std::string& text, const ReadOptions& options = {}) const {
    const std::vector<SourceSpec> sources = {test::people(folder_.write("people.csv", text))};
    return read_sources(sources, attributes_, options);
  }

  test::TemporaryFolder folder_;
  std::vector<AttributeSpec> attributes_ = {test::attribute("name"), test::attribute("sex")};
};

// Codes and dictionaries as well as texts: nothing may depend on what this does not see.
std::string everything(const RawTable& table) {
  std::string text;
  for (const std::string& row : test::rows_of(table)) text += row + "\n";
  for (const RawColumn& column : table.columns) {
    for (const Code code : column.codes) text += std::to_string(code) + " ";
    for (Code code = 0; code < column.values.size(); ++code) {
      text += std::string(column.values[code]) + ";";
    }
  }
  return text;
}

TEST_F(ReadTest, RowsComeInOrderOfTheirIds) {
  const RawTable table = read("id,name,sex,note\n 2 ,Bo,m,x\n10,Ada,f,y\n1,\" Bo\",,z\n");
  EXPECT_THAT(test::rows_of(table),
              ElementsAre("people:1|Bo|", "people:10|Ada|f", "people:2|Bo|m"));
  EXPECT_EQ(table.columns[0].codes, (std::vector<Code>{1, 2, 1}));
  EXPECT_TRUE(table.updated.empty());
}

TEST_F(ReadTest, FactsOfASource) {
  std::vector<SourceSpec> sources = {
      test::people(folder_.write("people.csv", "id;name;sex\n1;Ada;f\n"))};
  sources[0].duplicate_free = true;
  const SourceFacts facts = read_sources(sources, attributes_, {}).sources.at(0);
  EXPECT_EQ(facts.name, "people");
  EXPECT_TRUE(facts.duplicate_free);
  EXPECT_EQ(facts.rows_read, 1U);
  EXPECT_EQ(facts.size_bytes, 20U);
  EXPECT_EQ(facts.format, "csv, delimiter ';', utf-8");
  EXPECT_EQ(facts.digest.size(), 16U);
}

TEST_F(ReadTest, RowsReadAreRowsKeptAndRejected) {
  std::mt19937_64 random(4);
  static const std::vector<std::string> kRows = {"@,Ada,f\n",    "@,Bo\n",      ",Eve,f\n",
                                                 "@,\"F,m\n",    "@,G\xFF,m\n", "7,Hal,m\n",
                                                 "@,\"I\"j,m\n", "\n"};
  for (int round = 0; round < 30; ++round) {
    std::string text = "id,name,sex\n";
    std::uint64_t rows = 0;
    for (int i = 0; i < 200; ++i) {
      std::string row = kRows[random() % kRows.size()];
      if (row[0] == '@') row.replace(0, 1, "p" + std::to_string(i));
      rows += row == "\n" ? 0 : 1;
      text += row;
    }
    const RawTable table = read(text, kAnyRejects);
    const SourceFacts& facts = table.sources[0];
    // A stray quote may run on to the next, but every line is then a row of its own again.
    ASSERT_EQ(facts.rows_read, rows);
    ASSERT_EQ(facts.rows_read, facts.rows_kept + facts.rows_rejected);
    ASSERT_EQ(facts.rows_kept, table.size());
    ASSERT_EQ(facts.rows_rejected, table.rejects.size());
  }
}

TEST_F(ReadTest, RejectsNameLineColumnAndReason) {
  std::string text = "id,name,sex\n1,Ada,f\n2,Bo\n,Cy,m\n\"4\nx\",Di,f\n5,E\xC3,f\n6,F";
  text.push_back('\0');
  text += ",f\n7,\"Gus,m\n1,Zoe,f\n9,\"H\"h,m\n";
  const RawTable table = read(text, kAnyRejects);
  EXPECT_THAT(
      test::rejects_of(table.rejects),
      ElementsAre("people,3,,2 fields; the header has 3", "people,4,id,record id is missing",
                  "people,7,name,not valid UTF-8", "people,8,name,holds a NUL byte",
                  "people,9,,unterminated quote", "people,10,id,repeated record id",
                  "people,11,,text after a closing quote"));
  EXPECT_THAT(test::rows_of(table), ElementsAre("people:1|Ada|f", "people:4\nx|Di|f"));
}

// A quote that is never closed takes the rest of the file: that is said, and where it was opened.
TEST_F(ReadTest, AFileWithoutAReadableRowNamesTheFault) {
  const SourceSpec source = test::people(folder_.write("a.csv", "id,name\n1,\"Ada\n2,Bo\n"));
  try {
    const FileSample sample = sample_file(source, 10);
    EXPECT_FALSE(sample.rows.empty());
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("a.csv:2: no row of the file can be read: a quote opened "
                                        "in this line is never closed"));
  }
  const SourceSpec one = test::people(folder_.write("b.csv", "id,name\n1,\"Ada\n"));
  try {
    sample_file(one, 10);
    FAIL() << "a file without a row was taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kUsage);
    EXPECT_THAT(error.what(), HasSubstr("b.csv:2: no row of the file can be read: a quote opened "
                                        "in this line is never closed"));
  }
}

TEST_F(ReadTest, OrderOfRowsAndThreadsDoNotMatter) {
  std::mt19937_64 random(5);
  std::vector<std::string> rows;
  for (int i = 0; i < 3000; ++i) {
    rows.push_back(std::to_string(random() % 2500) + ",n" + std::to_string(random() % 100) + "," +
                   (random() % 2 == 0 ? "f" : ""));
  }
  std::string expected;
  for (int round = 0; round < 6; ++round) {
    std::string text = "id,name,sex\n";
    for (const std::string& row : rows) text += row + "\n";
    const tbb::global_control threads(tbb::global_control::max_allowed_parallelism,
                                      static_cast<std::size_t>(1 + round % 4));
    const RawTable table = read(text, kAnyRejects);
    if (round == 0) expected = everything(table);
    ASSERT_EQ(everything(table), expected);
    std::shuffle(rows.begin(), rows.end(), random);
  }
}

TEST_F(ReadTest, SourcesKeepTheOrderOfTheSpec) {
  std::vector<SourceSpec> sources = {
      test::people(folder_.write("b.csv", "ID,Name,updated\n2,Bo,2024-01-02\n1,Ada,\n")),
      test::people(folder_.write("a.ndjson", "{\"id\":7,\"sex\":\"f\"}\n")),
      test::people(folder_.path() / "c.parquet")};
  test::write_text_parquet(sources[2].path, {"id", "name"}, {{"1", "Ada"}});
  for (std::size_t i = 0; i < sources.size(); ++i) sources[i].name = "s" + std::to_string(i);
  sources[0].updated_column = "updated";
  const RawTable table = read_sources(sources, attributes_, {});
  EXPECT_THAT(test::rows_of(table),
              ElementsAre("s0:1|Ada|~", "s0:2|Bo|~2024-01-02", "s1:7||f~", "s2:1|Ada|~"));
  EXPECT_EQ(table.columns[0].codes[3], table.columns[0].codes[0]) << "one dictionary for all";
}

TEST_F(ReadTest, LineIsTheIdWithoutIdColumn) {
  std::vector<SourceSpec> sources = {
      test::people(folder_.write("people.csv", "name,sex\nAda,f\n\nBo,m\n"))};
  sources[0].id_column.clear();
  EXPECT_THAT(test::rows_of(read_sources(sources, attributes_, {})),
              ElementsAre("people:2|Ada|f", "people:4|Bo|m"));
}

TEST_F(ReadTest, ShareOfRejectsIsExact) {
  const auto text_of = [](int good, int bad) {
    std::string text = "id,name,sex\n";
    for (int i = 0; i < good; ++i) text += std::to_string(i) + ",Ada,f\n";
    for (int i = 0; i < bad; ++i) text += "x\n";
    return text;
  };
  EXPECT_EQ(read(text_of(999, 1)).rejects.size(), 1U);
  EXPECT_EQ(read(text_of(2997, 3)).rejects.size(), 3U);
  EXPECT_THROW(read(text_of(998, 1)), TooManyRejects);
  EXPECT_THROW(read(text_of(2996, 3)), TooManyRejects);
  EXPECT_THROW(read(text_of(5, 1), {.max_rejected_share = 0.0}), TooManyRejects);
  EXPECT_EQ(read(text_of(1, 1), {.max_rejected_share = 0.5}).rejects.size(), 1U);
}

TEST_F(ReadTest, RefusalCarriesRejectsAndFacts) {
  std::vector<SourceSpec> sources = {
      test::people(folder_.write("a.csv", "id,name,sex\n1,Ada,f\n2,Bo\n")),
      test::people(folder_.write("b.csv", "id,name,sex\n1,Ada,f\n"))};
  sources[1].name = "births";
  try {
    read_sources(sources, attributes_, {});
    FAIL() << "half of the rows are bad";
  } catch (const TooManyRejects& refusal) {
    EXPECT_EQ(refusal.code(), ErrorCode::kRefused);
    EXPECT_THAT(refusal.what(),
                HasSubstr("a.csv: 1 of 2 rows were rejected (50 %; the limit is 0.1 %)"));
    EXPECT_THAT(test::rejects_of(refusal.rejects()),
                ElementsAre("people,3,,2 fields; the header has 3"));
    ASSERT_EQ(refusal.sources().size(), 2U);
    EXPECT_EQ(refusal.sources()[0].rows_rejected, 1U);
    EXPECT_EQ(refusal.sources()[1].rows_kept, 1U);
  }
}

TEST_F(ReadTest, FilesThatCannotBeReadAreToldAtOnce) {
  std::vector<SourceSpec> sources = {test::people(folder_.path() / "none.csv"),
                                     test::people(folder_.path()),
                                     test::people(folder_.write("empty.csv", ""))};
  const std::string message = test::error_of([&] { read_sources(sources, attributes_, {}); });
  EXPECT_EQ(std::count(message.begin(), message.end(), '\n'), 2);
  EXPECT_TRUE(message.starts_with("2 "));
  EXPECT_THAT(message, HasSubstr("none.csv: no such file"));
  EXPECT_THAT(message, HasSubstr("is a folder"));
  EXPECT_THAT(message, HasSubstr("the file is empty"));
}

TEST_F(ReadTest, AbsentColumnsAreTold) {
  EXPECT_THAT(test::error_of([&] { read("idd,name,sex\n1,Ada,f\n"); }),
              HasSubstr("the id column 'id' is not in the file; did you mean 'idd'?"));
  EXPECT_THAT(test::error_of([&] { read("id,name\n1,Ada\n"); }),
              HasSubstr("attribute 'sex': no source has a column 'sex'"));
}

TEST_F(ReadTest, HeaderAloneIsTold) {
  EXPECT_THAT(test::error_of([&] { read("id,name,sex\n"); }),
              HasSubstr("has a header but no rows"));
  EXPECT_THAT(test::error_of([&] { read("id,name,sex"); }), HasSubstr("has a header but no rows"));
}

TEST_F(ReadTest, TornGzipOfManyRowsIsTold) {
  std::string text = "id,name,sex\n";
  for (std::uint64_t i = 0; i < 300'000; ++i) text += std::to_string(i * 7919) + ",Ada,f\n";
  const std::string packed = test::gzip(text);
  EXPECT_EQ(read(packed).size(), 300'000U);
  EXPECT_THAT(test::error_of([&] { read(packed.substr(0, packed.size() - 20)); }),
              HasSubstr("the gzip data end before their end mark"));
}

TEST_F(ReadTest, NoValueIsInAnyMessage) {
  const std::string bad = "id,name,sex\n1,Quillfeather\n2,\"Quillfeather,f\n";
  EXPECT_EQ(test::error_of([&] { read(bad); }).find("Quillfeather"), std::string::npos);
  for (const std::string& reject : test::rejects_of(read(bad, kAnyRejects).rejects)) {
    EXPECT_EQ(reject.find("Quillfeather"), std::string::npos);
  }
}

TEST_F(ReadTest, SampleShowsTheFirstGoodRows) {
  const SourceSpec source =
      test::people(folder_.write("people.csv", "id\tname\n1\tAda\n2\n3\tBo\n4\tCy\n"));
  const FileSample sample = sample_file(source, 2);
  EXPECT_EQ(sample.format, "csv, delimiter tab, utf-8");
  EXPECT_EQ(sample.delimiter, '\t');
  EXPECT_THAT(sample.columns, ElementsAre("id", "name"));
  ASSERT_EQ(sample.rows.size(), 2U);
  EXPECT_THAT(sample.rows[1], ElementsAre("3", "Bo"));
  EXPECT_EQ(sample_file(source, 100).rows.size(), 3U);
  const SourceSpec bare = test::people(folder_.write("bare.csv", "id,name\n"));
  EXPECT_THAT(test::error_of([&] { sample_file(bare, 5); }), HasSubstr("no rows"));
}

TEST_F(ReadTest, SampleLeavesOutColumnsWithoutText) {
  test::write_typed_parquet(folder_.path() / "typed.parquet");
  const FileSample sample = sample_file(test::people(folder_.path() / "typed.parquet"), 1);
  EXPECT_THAT(sample.columns,
              ElementsAre("id", "born", "seen", "sex", "tags", "name.family", "name.given"));
  ASSERT_EQ(sample.rows.size(), 1U);
  EXPECT_THAT(sample.rows[0],
              ElementsAre("10", "1970-01-01", "1970-01-01", "f", "x|y", "Lu", "Ada"));
}

// The labelled sets are read whole: what is known of their sizes must come out.
TEST_F(ReadTest, LabelledSetsAreReadWhole) {
  const auto data = test::shared_data();
  if (!data) GTEST_SKIP() << "the folder ../shared/data is absent";
  SourceSpec source = test::people(*data / "linkage" / "historical_50k" / "historical_50k.csv.gz");
  source.id_column = "";
  const FileSample sample = sample_file(source, 1);
  const std::vector<AttributeSpec> attributes = {test::attribute(sample.columns[0])};
  const RawTable table = read_sources(std::span(&source, 1), attributes, {});
  EXPECT_EQ(table.size() + 1, test::read_test_csv(source.path).size());
  EXPECT_TRUE(table.rejects.empty());
}

}  // namespace
}  // namespace tessera
