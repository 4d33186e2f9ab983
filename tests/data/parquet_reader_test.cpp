#include "data/parquet_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "data/error.hpp"
#include "tests/data/parquet_support.hpp"
#include "tests/data/read_support.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class ParquetReaderTest : public testing::Test {
 protected:
  std::filesystem::path path() const { return folder_.path() / "people.parquet"; }
  std::unique_ptr<SourceReader> open() const { return make_parquet_reader(test::people(path())); }

  std::string bytes() const {
    std::ifstream in(path(), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }

  test::TemporaryFolder folder_;
};

TEST_F(ParquetReaderTest, TypesBecomeText) {
  test::write_typed_parquet(path());
  const auto reader = open();
  EXPECT_THAT(std::vector<std::string>(reader->columns().begin(), reader->columns().end()),
              ElementsAre("id", "born", "seen", "sex", "tags", "name.family", "name.given", "gap"));
  reader->select({0, 1, 2, 3, 4, 6, 5});
  std::vector<std::string> rows;
  for (auto batch = reader->next({}); batch; batch = reader->next(std::move(*batch))) {
    for (std::size_t row = 0; row < batch->row_count(); ++row) {
      std::string text = std::to_string(batch->lines[row]);
      for (const auto& column : batch->fields) {
        text += "|" + std::string(batch->text_of(column[row]));
      }
      rows.push_back(text);
    }
  }
  EXPECT_THAT(rows, ElementsAre("1|10|1970-01-01|1970-01-01|f|x|y|Ada|Lu",
                                "2|11|2000-02-29|1970-01-01T00:00:01|m|||",
                                "3|12|1969-12-31|1969-12-31T23:59:59|f|||Mo"));
}

TEST_F(ParquetReaderTest, TypeWithoutTextIsTold) {
  test::write_typed_parquet(path());
  EXPECT_THAT(test::error_of([&] { open()->select({7}); }),
              HasSubstr("column 'gap' is of type duration[s], which has no text form"));
}

TEST_F(ParquetReaderTest, RowGroupsAndBatchesFollowEachOther) {
  std::vector<std::vector<std::string>> rows;
  for (int i = 0; i < 20'000; ++i) rows.push_back({std::to_string(i), "x" + std::to_string(i)});
  test::write_text_parquet(path(), {"id", "name"}, rows, 9'000);
  const auto reader = open();
  const auto read = test::read_rows(*reader);
  ASSERT_EQ(read.size(), rows.size());
  for (std::size_t i = 0; i < read.size(); ++i) {
    ASSERT_EQ(read[i], std::to_string(i + 1) + ":" + rows[i][0] + "|" + rows[i][1]);
  }
  EXPECT_EQ(reader->facts().format, "parquet");
  EXPECT_EQ(reader->facts().size_bytes, std::filesystem::file_size(path()));
  EXPECT_EQ(reader->facts().digest.size(), 16U);
}

TEST_F(ParquetReaderTest, BadRowsAreFaults) {
  test::write_text_parquet(path(), {"id", "name"},
                           {{"1", "Ada"},
                            {"2", "B\xC3"},
                            {"3", std::string("C\0o", 3)},
                            {"4", std::string(kMaxRowBytes + 1, 'x')},
                            {"5", "Eve"}});
  EXPECT_THAT(test::read_rows(*open()),
              ElementsAre("1:1|Ada", "5:5|Eve", "2!name:not valid UTF-8", "3!name:holds a NUL byte",
                          "4!:longer than 1 MiB"));
}

TEST_F(ParquetReaderTest, TruncatedFileIsToldAtEveryLength) {
  test::write_text_parquet(path(), {"id"}, {{"1"}, {"2"}});
  const std::string whole = bytes();
  for (std::size_t size = 1; size < whole.size(); ++size) {
    folder_.write("people.parquet", whole.substr(0, size));
    const std::string message = test::error_of([&] { test::read_rows(*open()); });
    ASSERT_TRUE(message.starts_with("2 " + path().string() + ": the Parquet data are damaged"))
        << size << " " << message;
  }
}

// A flipped bit may go unseen (a value changes), but must never crash, nor end in another error.
TEST_F(ParquetReaderTest, FlippedBitsAreToldOrHarmless) {
  test::write_text_parquet(path(), {"id", "name"}, {{"1", "Ada"}, {"2", "Bo"}});
  const std::string whole = bytes();
  std::size_t told = 0;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string flipped = whole;
    flipped[at] = static_cast<char>(flipped[at] ^ (1 << at % 8));
    folder_.write("people.parquet", flipped);
    const std::string message = test::error_of([&] { test::read_rows(*open()); });
    if (message.empty()) continue;
    ++told;
    ASSERT_TRUE(message.starts_with("2 " + path().string())) << at << " " << message;
  }
  EXPECT_GT(told, 20U);
}

TEST_F(ParquetReaderTest, FilesThatAreNoParquetAreTold) {
  folder_.write("people.parquet", "");
  EXPECT_THAT(test::error_of([&] { open(); }), HasSubstr("the file is empty"));
  folder_.write("people.parquet", "id,name\n1,Ada\n");
  EXPECT_THAT(test::error_of([&] { open(); }), HasSubstr("the Parquet data are damaged"));
  std::filesystem::remove(path());
  EXPECT_THAT(test::error_of([&] { open(); }), HasSubstr("no such file"));
}

TEST_F(ParquetReaderTest, RepeatedColumnIsTold) {
  test::write_text_parquet(path(), {"id", "id"}, {{"1", "2"}});
  EXPECT_THAT(test::error_of([&] { open(); }), HasSubstr("column 'id' stands twice"));
}

}  // namespace
}  // namespace tessera
