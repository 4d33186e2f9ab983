#include "data/source_reader.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <set>
#include <thread>

#include "tests/data/parquet_support.hpp"
#include "tests/data/read_support.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

const std::string kCsv = "id,name\n1,Ada\n";
const std::string kJson = "{\"id\":1,\"name\":\"Ada\"}\n";

std::string format_of(const std::filesystem::path& path) {
  return open_source(test::people(path))->facts().format;
}

TEST(SourceReader, FormatIsToldByContentAndName) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(format_of(folder.write("a.csv", kCsv)), "csv, delimiter ',', utf-8");
  EXPECT_EQ(format_of(folder.write("a.csv.gz", test::gzip(kCsv))),
            "csv, gzip, delimiter ',', utf-8");
  EXPECT_EQ(format_of(folder.write("extract", kCsv)), "csv, delimiter ',', utf-8");
  EXPECT_EQ(format_of(folder.write("a.ndjson", kJson)), "ndjson, utf-8");
  EXPECT_EQ(format_of(folder.write("a.JSONL.gz", test::gzip(kJson))), "ndjson, gzip, utf-8");
  EXPECT_EQ(format_of(folder.write("extract", kJson)), "ndjson, utf-8");
  EXPECT_EQ(format_of(folder.write("a.csv", "{id},b\n1,2\n")), "csv, delimiter ',', utf-8");
  test::write_text_parquet(folder.path() / "extract.bin", {"id"}, {{"1"}});
  EXPECT_EQ(format_of(folder.path() / "extract.bin"), "parquet");
}

TEST(SourceReader, AllFormatsGiveTheSameRows) {
  const test::TemporaryFolder folder;
  test::write_text_parquet(folder.path() / "a.parquet", {"id", "name"}, {{"1", "Ada"}});
  const auto rows = [](const std::filesystem::path& path) {
    const auto read = test::read_rows(*open_source(test::people(path)));
    return read.at(0).substr(read.at(0).find(':'));
  };
  EXPECT_EQ(rows(folder.write("a.csv", kCsv)), ":1|Ada");
  EXPECT_EQ(rows(folder.write("a.ndjson", kJson)), ":1|Ada");
  EXPECT_EQ(rows(folder.path() / "a.parquet"), ":1|Ada");
}

// As a shell's <(zcat a.csv.gz): a pipe can be read once, forwards.
TEST(SourceReader, PipesAreRead) {
  const test::TemporaryFolder folder;
  const std::filesystem::path pipe = folder.path() / "pipe";
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(pipe, std::ios::binary) << kCsv; });
  const auto reader = open_source(test::people(pipe));
  const auto rows = test::read_rows(*reader);
  writer.join();
  EXPECT_EQ(rows, std::vector<std::string>{"2:1|Ada"});
  EXPECT_EQ(reader->facts().size_bytes, kCsv.size());
}

TEST(SourceReader, ReasonsAreDistinctAndPlain) {
  std::set<std::string> reasons;
  for (int kind = 0; kind <= static_cast<int>(RowFaultKind::kRepeatedId); ++kind) {
    const RowFault fault{.kind = static_cast<RowFaultKind>(kind)};
    reasons.insert(fault_reason(fault, 3, Encoding::kUtf8));
  }
  EXPECT_EQ(reasons.size(), static_cast<std::size_t>(RowFaultKind::kRepeatedId) + 1);
  EXPECT_EQ(fault_reason({.kind = RowFaultKind::kFieldCount, .detail = 2}, 3, Encoding::kUtf8),
            "2 fields; the header has 3");
  EXPECT_EQ(fault_reason({.kind = RowFaultKind::kEncoding}, 3, Encoding::kUtf16),
            "not valid UTF-16");
}

}  // namespace
}  // namespace tessera
