#include "data/csv_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "data/error.hpp"
#include "tests/data/read_support.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class CsvReaderTest : public testing::Test {
 protected:
  std::unique_ptr<SourceReader> open(const std::string& text, const CsvReaderOptions& options = {},
                                     Encoding encoding = Encoding::kUtf8) const {
    const SourceSpec source = test::people(folder_.write("people.csv", text));
    return make_csv_reader(source, TextStream(source.path, encoding), options);
  }

  std::vector<std::string> rows(const std::string& text, const CsvReaderOptions& options = {},
                                Encoding encoding = Encoding::kUtf8) const {
    return test::read_rows(*open(text, options, encoding));
  }

  test::TemporaryFolder folder_;
};

TEST_F(CsvReaderTest, ColumnsAndFieldsAreTrimmed) {
  const auto reader = open(" id , \"name\" \n 1 , Ada Lou\t\n2,\" Bo \"\r\n");
  EXPECT_THAT(std::vector<std::string>(reader->columns().begin(), reader->columns().end()),
              ElementsAre("id", "name"));
  EXPECT_THAT(test::read_rows(*reader), ElementsAre("2:1|Ada Lou", "3:2|Bo"));
}

TEST_F(CsvReaderTest, SelectedColumnsComeInTheirOrder) {
  const auto reader = open("a,b,c\n1,2,3\n");
  reader->select({2, 0});
  const auto batch = reader->next({});
  ASSERT_TRUE(batch);
  EXPECT_EQ(batch->text_of(batch->fields[0][0]), "3");
  EXPECT_EQ(batch->text_of(batch->fields[1][0]), "1");
  EXPECT_FALSE(reader->next({}));
}

TEST_F(CsvReaderTest, BadRowsAreFaultsWithTheirLine) {
  std::string text = "id,name\n1,Ada\n2\n3,a,b\n4,B\xC3\n5,C";
  text.push_back('\0');
  text += "o\n\"6\"x,D\n\"7,E\n8,F\n";
  EXPECT_THAT(rows(text), ElementsAre("2:1|Ada", "9:8|F", "3!:1 fields; the header has 2",
                                      "4!:3 fields; the header has 2", "5!name:not valid UTF-8",
                                      "6!name:holds a NUL byte", "7!:text after a closing quote",
                                      "8!:unterminated quote"));
}

TEST_F(CsvReaderTest, LineIsThePhysicalOne) {
  EXPECT_THAT(rows("id,note\n\n1,\"a\nb\nc\"\n\n2,d\n3\n"),
              ElementsAre("3:1|a\nb\nc", "7:2|d", "8!:1 fields; the header has 2"));
}

TEST_F(CsvReaderTest, HeaderMaySpanLinesAndQuote) {
  const auto reader = open("\"id\",\"full\nname\"\n1,Ada\n");
  EXPECT_EQ(reader->columns()[1], "full\nname");
  EXPECT_THAT(test::read_rows(*reader), ElementsAre("3:1|Ada"));
}

TEST_F(CsvReaderTest, RowLongerThanOneMebibyteIsAFault) {
  const std::string long_text(kMaxRowBytes + 10, 'x');
  EXPECT_THAT(rows("id,name\n1," + long_text + "\n2,Bo\n"),
              ElementsAre("3:2|Bo", "2!:longer than 1 MiB"));
  const std::string fits(kMaxRowBytes - 3, 'x');
  EXPECT_EQ(rows("id,name\n1," + fits + "\n").size(), 1U);
}

TEST_F(CsvReaderTest, BlocksDoNotMatter) {
  std::mt19937_64 random(2);
  std::string text = "\xEF\xBB\xBFid,name,note\n";
  for (int i = 0; i < 300; ++i) {
    static const std::vector<std::string> kRows = {
        "1,Ada,x\n",   "2,\"B,\"\"o\",\n", "3,\"C\nd\",y\r\n", "4,\xE1\x88\x80,z\n",
        "5,e\n",       "6,\"f,g\n",        "7,\xE1\x88,h\n",   "\n",
        "8,\"i\"j,k\n"};
    text += kRows[random() % kRows.size()];
  }
  const auto expected = rows(text);
  EXPECT_GT(expected.size(), 200U);
  for (const std::size_t block : {4U, 5U, 13U, 64U, 1000U}) {
    EXPECT_EQ(rows(text, {.block_bytes = block}), expected) << block;
  }
}

TEST_F(CsvReaderTest, EncodingsGiveTheSameRows) {
  const std::string utf8 = "id;nom\n1;R\u00E9my\n";
  const auto expected = rows(utf8);
  EXPECT_THAT(expected, ElementsAre("2:1|R\u00E9my"));
  EXPECT_EQ(rows("\xEF\xBB\xBF" + utf8), expected);
  EXPECT_EQ(rows("id;nom\n1;R\xE9my\n", {}, Encoding::kLatin1), expected);
  EXPECT_EQ(rows(test::utf16(u"id;nom\n1;R\u00E9my\n", true), {}, Encoding::kUtf16), expected);
  EXPECT_EQ(rows(test::utf16(u"id;nom\n1;R\u00E9my\n", false), {}, Encoding::kUtf16), expected);
  EXPECT_EQ(rows(test::gzip(utf8)), expected);
}

TEST_F(CsvReaderTest, FactsSayWhatItIs) {
  const auto reader = open(test::gzip("id|name\n1|Ada\n"));
  test::read_rows(*reader);
  EXPECT_EQ(reader->facts().format, "csv, gzip, delimiter '|', utf-8");
  EXPECT_EQ(reader->facts().size_bytes, test::gzip("id|name\n1|Ada\n").size());
  EXPECT_EQ(open("a\tb\n1\t2\n")->facts().format, "csv, delimiter tab, utf-8");
  EXPECT_EQ(open("a,b;c\n1,2;3\n", {.delimiter = ';'})->columns().size(), 2U);
}

TEST_F(CsvReaderTest, FilesThatAreNoTableAreTold) {
  const std::string path = folder_.path().string() + "/people.csv";
  const auto message = [&](const std::string& text) { return test::error_of([&] { open(text); }); };
  EXPECT_EQ(message(""), "2 " + path + ": the file is empty; a header and rows are expected");
  EXPECT_THAT(message("\xEF\xBB\xBF \n\r\n"), HasSubstr("the file is empty"));
  EXPECT_EQ(message("id,name,id\n1,2,3\n"),
            "2 " + path + ":1: column 'id' stands twice (columns 1 and 3); rename one of them");
  EXPECT_THAT(message("id,n\xE9\n1,2\n"), HasSubstr(":1: the header is not valid UTF-8"));
  EXPECT_THAT(message("\"id,name\n1,2\n"), HasSubstr(":1: the header is not a row of CSV"));
  EXPECT_THAT(message("id,name\r1,Ada\r"), HasSubstr("carriage return alone"));
  EXPECT_EQ(message("id,,\n1,2,3\n"), "") << "columns without a name may repeat";
}

}  // namespace
}  // namespace tessera
