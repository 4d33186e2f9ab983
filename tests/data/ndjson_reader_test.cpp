#include "data/ndjson_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.hpp"
#include "tests/data/read_support.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class NdjsonReaderTest : public testing::Test {
 protected:
  std::unique_ptr<SourceReader> open(const std::string& text) const {
    const SourceSpec source = test::people(folder_.write("people.ndjson", text));
    return make_ndjson_reader(source, TextStream(source.path, Encoding::kUtf8));
  }

  test::TemporaryFolder folder_;
};

TEST_F(NdjsonReaderTest, ColumnsAreTheUnionOfKeys) {
  const auto reader =
      open("{\"id\":1,\"name\":{\"family\":\"Lu\"}}\n\n{\"born\":1990,\"id\":\"2\"}");
  EXPECT_THAT(std::vector<std::string>(reader->columns().begin(), reader->columns().end()),
              ElementsAre("id", "name.family", "born"));
  EXPECT_THAT(test::read_rows(*reader), ElementsAre("1:1|Lu|", "3:2||1990"));
}

TEST_F(NdjsonReaderTest, ArraysAreJoinedAndLastOfRepeatedKeysCounts) {
  EXPECT_THAT(test::read_rows(*open("{\"a\":[\"x\",null,\"\",7],\"b\":1,\"b\":2}\n")),
              ElementsAre("1:x|7|2"));
}

TEST_F(NdjsonReaderTest, BadLinesAreFaults) {
  EXPECT_THAT(test::read_rows(*open("{\"id\":1}\nnothing\n{\"id\":2\n{\"id\":\"\xC3\"}\n"
                                    "{\"id\":\"\\u0000\"}\n{\"id\":3}\n")),
              ElementsAre("1:1", "6:3", "2!:not a JSON object", "3!:not valid JSON",
                          "4!:not valid UTF-8", "5!:holds a NUL byte"));
}

TEST_F(NdjsonReaderTest, KeysInAnotherOrderFindTheirColumns) {
  EXPECT_THAT(test::read_rows(*open("{\"a\":1,\"b\":2}\n{\"b\":3,\"a\":4}\n{\"b\":5}\n"
                                    "{\"c\":0,\"a\":6,\"b\":7}\n{\"a\":8,\"b\":9}\n")),
              ElementsAre("1:1|2|", "2:4|3|", "3:|5|", "4:6|7|0", "5:8|9|"));
}

// More than the first lines, and more than a block of each step.
TEST_F(NdjsonReaderTest, ManyLinesComeOnceAndInOrder) {
  std::string text;
  for (int i = 0; i < 60'000; ++i) {
    text += "{\"id\":" + std::to_string(i) + ",\"note\":\"" + std::string(40, 'x') + "\"";
    if (i >= 1000) text += ",\"late\":1";
    text += "}\n";
  }
  const auto reader = open(text);
  EXPECT_EQ(reader->columns().size(), 2U) << "a key that the first 1,000 lines lack is no column";
  const auto rows = test::read_rows(*reader);
  ASSERT_EQ(rows.size(), 60'000U);
  for (std::size_t i = 0; i < rows.size(); i += 997) {
    EXPECT_TRUE(rows[i].starts_with(std::to_string(i + 1) + ":" + std::to_string(i) + "|x"));
  }
  EXPECT_EQ(reader->facts().size_bytes, text.size());
}

TEST_F(NdjsonReaderTest, LineLongerThanOneMebibyteIsAFault) {
  const std::string long_line = "{\"id\":\"" + std::string(5 * kMaxRowBytes, 'x') + "\"}";
  EXPECT_THAT(test::read_rows(*open("{\"id\":1}\n" + long_line + "\n{\"id\":2}\n")),
              ElementsAre("1:1", "3:2", "2!:longer than 1 MiB"));
}

TEST_F(NdjsonReaderTest, FactsSayWhatItIs) {
  EXPECT_EQ(open("{\"id\":1}\n")->facts().format, "ndjson, utf-8");
  EXPECT_EQ(open(test::gzip("{\"id\":1}\n"))->facts().format, "ndjson, gzip, utf-8");
}

TEST_F(NdjsonReaderTest, FilesThatAreNoNdjsonAreTold) {
  EXPECT_THAT(test::error_of([&] { open(""); }), HasSubstr("the file is empty"));
  EXPECT_THAT(test::error_of([&] { open(" [\n{\"id\":1}\n]\n"); }), HasSubstr("is a JSON array"));
}

}  // namespace
}  // namespace tessera
