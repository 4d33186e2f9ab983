#include "data/csv_writer.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <limits>

#include "data/error.hpp"
#include "tests/data/read_support.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

std::string content(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::size_t files_in(const std::filesystem::path& folder) {
  const std::filesystem::directory_iterator all(folder);
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

TEST(CsvWriter, ARowIsFieldsWithCommasBetweenThem) {
  std::string out = "a\n";
  append_csv_row(out, {"x", "", "y,z"});
  const std::vector<std::string_view> one = {"q\"q"};
  append_csv_row(out, one);
  append_csv_row(out, {});
  EXPECT_EQ(out, "a\nx,,\"y,z\"\n\"q\"\"q\"\n\n");
}

TEST(CsvWriter, FieldsAreQuotedOnlyWhereTheyNeedIt) {
  const auto quoted = [](std::string_view text) {
    std::string out;
    append_csv_field(out, text);
    return out;
  };
  EXPECT_EQ(quoted("O'Brien"), "O'Brien");
  EXPECT_EQ(quoted(""), "");
  EXPECT_EQ(quoted("a,b"), "\"a,b\"");
  EXPECT_EQ(quoted("5\" pipe"), "\"5\"\" pipe\"");
  EXPECT_EQ(quoted("\""), "\"\"\"\"");
  EXPECT_EQ(quoted("a\nb"), "\"a\nb\"");
  EXPECT_EQ(quoted("a\rb"), "\"a\rb\"");
  EXPECT_EQ(quoted(" a"), "\" a\"");
  EXPECT_EQ(quoted("a\t"), "\"a\t\"");
}

TEST(CsvWriter, AFieldIsQuotedWhereverItsSpecialCharacterStands) {
  for (std::size_t size = 1; size < 40; ++size) {
    for (std::size_t at = 0; at < size; ++at) {
      for (const char c : {',', '"', '\r', '\n', ' ', '\t', '!', '-', '\x01', '\xe1'}) {
        std::string text(size, 'a');
        text[at] = c;
        const bool at_end = at == 0 || at + 1 == size;
        const bool expected = std::string_view(",\"\r\n").find(c) != std::string_view::npos ||
                              (at_end && (c == ' ' || c == '\t'));
        EXPECT_EQ(needs_csv_quotes(text), expected) << size << " " << at << " " << int{c};
      }
    }
  }
  EXPECT_FALSE(needs_csv_quotes(""));
}

TEST(CsvWriter, ATextOfAPoolIsQuotedAsByItself) {
  const std::vector<std::vector<std::string>> pools = {
      {},
      {"", "plain", "two words", "O'Brien"},  // blanks within
      {"plain", " blank before", "blank behind\t", "\t"},
      {"plain", "a,b", " c", "5\" pipe"},
      {std::string(5000, 'x'), "line\nbreak", std::string(5000, 'y')},  // past the first piece
      {std::string(5000, 'x'), std::string(5000, 'y') + " ", "z\r"},
  };
  for (const std::vector<std::string>& pool : pools) {
    std::string all;
    for (const std::string& text : pool) all += text;
    const CsvQuoting quoting(all);
    for (const std::string& text : pool) {
      EXPECT_EQ(quoting.needed(text), needs_csv_quotes(text)) << text.substr(0, 20);
      TextBuffer out;
      append_csv_field(out, text, quoting);
      std::string alone;
      append_csv_field(alone, text);
      EXPECT_EQ(out.view(), alone);
    }
  }
}

TEST(CsvWriter, NumbersAreShortest) {
  const test::TemporaryFolder folder;
  CsvWriter out(folder.path() / "n.csv");
  for (const double number : {1.0, 0.5, -0.0001, 12.3456, 1e21, -2.0}) out.field(number, 3);
  out.field(7.9, 0);
  out.field(std::numeric_limits<double>::quiet_NaN(), 2);
  out.field(-std::numeric_limits<double>::infinity(), 2);
  out.field(std::uint64_t{18446744073709551615ULL});
  out.end_row();
  out.commit();
  EXPECT_EQ(content(folder.path() / "n.csv"),
            "1,0.5,0,12.346,1000000000000000000000,-2,8,nan,-inf,18446744073709551615\n");
}

TEST(CsvWriter, RowsComeBackFromTheReader) {
  const test::TemporaryFolder folder;
  const std::filesystem::path path = folder.path() / "rows.csv";
  const std::vector<std::string_view> header = {"id", "note"};
  const std::vector<std::string_view> row = {"1", "said \"no\",\nthen \"yes\""};
  CsvWriter out(path);
  out.row(header);
  out.row(row);
  out.commit();
  const auto reader = open_source(test::people(path));
  EXPECT_EQ(test::read_rows(*reader), std::vector<std::string>{"2:1|said \"no\",\nthen \"yes\""});
}

TEST(CsvWriter, NothingIsLeftBehindWithoutCommit) {
  const test::TemporaryFolder folder;
  {
    CsvWriter out(folder.path() / "gone.csv");
    out.field("a");
    out.end_row();
    EXPECT_EQ(files_in(folder.path()), 1U);
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "gone.csv"));
  }
  EXPECT_EQ(files_in(folder.path()), 0U);
}

TEST(CsvWriter, FileOfBeforeStaysUntilCommit) {
  const test::TemporaryFolder folder;
  const std::filesystem::path path = folder.write("kept.csv", "old\n");
  CsvWriter out(path);
  out.field("new");
  out.end_row();
  EXPECT_EQ(content(path), "old\n");
  out.commit();
  EXPECT_EQ(content(path), "new\n");
  EXPECT_EQ(files_in(folder.path()), 1U);
}

TEST(CsvWriter, FolderThatIsAbsentIsTold) {
  const std::string message = test::error_of([] { CsvWriter out("/nonexistent-folder/out.csv"); });
  EXPECT_TRUE(message.starts_with("5 /nonexistent-folder/out.csv: creating the file failed"))
      << message;
}

// A full disk, as the limit on a file's size.
TEST(CsvWriter, FullDiskIsToldAndLeavesNothing) {
  const test::TemporaryFolder folder;
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  rlimit small = before;
  small.rlim_cur = 4096;
  std::signal(SIGXFSZ, SIG_IGN);
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  const std::string message = test::error_of([&] {
    CsvWriter out(folder.path() / "big.csv");
    for (int i = 0; i < 1000; ++i) {
      out.field("a field of some length");
      out.end_row();
    }
    out.commit();
  });
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  EXPECT_TRUE(message.starts_with("5 ")) << message;
  EXPECT_EQ(files_in(folder.path()), 0U);
}

}  // namespace
}  // namespace tessera
