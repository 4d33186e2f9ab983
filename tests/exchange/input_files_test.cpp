#include "exchange/input_files.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include <filesystem>

#include "data/error.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera::test {
namespace {

std::string refusal(const std::function<void()>& run) {
  try {
    run();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kUsage);
    return error.what();
  }
  return "none";
}

TEST(InputFiles, AFolderStandsForItsFilesByName) {
  const TemporaryFolder folder;
  folder.write("b.json", "{}");
  folder.write("a.json", "{}");
  folder.write(".hidden", "{}");
  const auto files = list_files({folder.path(), "x.csv"});
  ASSERT_EQ(files.size(), 3U);
  EXPECT_EQ(files[0].filename(), "a.json");
  EXPECT_EQ(files[1].filename(), "b.json");
  EXPECT_EQ(files[2], "x.csv");
  const TemporaryFolder empty;
  EXPECT_NE(refusal([&] { list_files({empty.path()}); }).find("without files"), std::string::npos);
  EXPECT_NE(refusal([&] { list_files({}); }).find("no file"), std::string::npos);
}

TEST(InputFiles, ABadDocumentTellsFileLineAndColumnAndNoValue) {
  const TemporaryFolder folder;
  const auto file = folder.write("a.json", "{\n \"name\": Secret }");
  Import import;
  const std::string said = refusal([&] { for_each_document(file, import, [](Node&) {}); });
  EXPECT_NE(said.find("a.json:2:"), std::string::npos) << said;
  EXPECT_EQ(said.find("Secret"), std::string::npos) << said;
  const auto empty = folder.write("e.json", " \n");
  EXPECT_NE(refusal([&] { for_each_document(empty, import, [](Node&) {}); }).find("is empty"),
            std::string::npos);
  EXPECT_NE(refusal([&] { for_each_document(folder.path() / "no", import, [](Node&) {}); }),
            "none");
}

TEST(InputFiles, LinesAreCountedAndBadOnesRejected) {
  const TemporaryFolder folder;
  const auto file = folder.write("a.ndjson", "{\"a\":1}\nbad\n{\"a\":2}\n");
  Import import;
  int taken = 0;
  for_each_document(file, import, [&](Node&) { ++taken; });
  EXPECT_EQ(taken, 2);
  ASSERT_EQ(import.rejects().size(), 1U);
  EXPECT_EQ(import.rejects()[0].line, 2U);
  ASSERT_EQ(import.files().size(), 1U);
  EXPECT_EQ(import.files()[0].documents, 2U);
  EXPECT_EQ(import.files()[0].size_bytes, 20U);
}

std::size_t documents(const TemporaryFolder& folder, const std::string& text) {
  const auto file = folder.write("d.json", text);
  Import import;
  std::size_t taken = 0;
  for_each_document(file, import, [&](Node&) { ++taken; });
  return taken;
}

TEST(InputFiles, OneDocumentOverManyLinesIsOne) {
  const TemporaryFolder folder;
  EXPECT_EQ(documents(folder, "{\n\"a\":\n1}\n\n"), 1U);
  EXPECT_EQ(documents(folder, "\n\n{\"a\":1}\n \n"), 1U);
  EXPECT_EQ(documents(folder, "[{\"a\":1},\n{\"a\":2}]"), 1U);
  EXPECT_EQ(documents(folder, "\n{\"a\":1}\n\r\n{\"a\":2}"), 2U);
}

TEST(InputFiles, LinesLongerThanABlockAndManyOfThemAreReadWhole) {
  const TemporaryFolder folder;
  const std::string long_line = "{\"a\":\"" + std::string(1200000, 'x') + "\"}\n";
  EXPECT_EQ(documents(folder, long_line + long_line + "{\"a\":1}"), 3U);
  std::string many;
  for (int i = 0; i < 20000; ++i) many += "{\"a\":1}\n";
  EXPECT_EQ(documents(folder, many), 20000U);
}

TEST(InputFiles, ADocumentOverAGibibyteIsRefusedBeforeItIsRead) {
  const TemporaryFolder folder;
  for (const char* begin : {"{\n", "[\n", "<a>\n", "{\"a\":\n"}) {
    const auto file = folder.write("large", begin);
    std::filesystem::resize_file(file, kMaxDocumentBytes + 1);  // sparse: it takes no room
    Import import;
    const std::string said = refusal([&] { for_each_document(file, import, [](Node&) {}); });
    EXPECT_NE(said.find("large: holds a document larger than 1 GiB"), std::string::npos) << said;
  }
}

// What counts is what was unpacked, and of a file of lines the longest of them.
TEST(InputFiles, TheLimitIsThatOfOneDocumentAndHoldsOfPackedFilesToo) {
  const TemporaryFolder folder;
  constexpr std::size_t kLimit = 3000000;  // a file is read by blocks of a mebibyte
  const auto said_of = [&](const std::filesystem::path& file) {
    Import import;
    return refusal([&] {
      for_each_document_text(
          file, import, [](Node&, std::string_view) {}, kLimit);
    });
  };
  const std::string large = "{\"a\":\"" + std::string(kLimit, 'x') + "\"}";
  const std::string small = "{\"a\":\"" + std::string(kLimit / 2, 'x') + "\"}\n";
  const std::string over = "larger than 1 GiB";
  EXPECT_NE(said_of(folder.write("one", large)).find(over), std::string::npos);
  EXPECT_NE(said_of(folder.write("two", large + "\n" + large)).find(over), std::string::npos);
  EXPECT_NE(said_of(folder.write("end", small + large)).find(over), std::string::npos);
  EXPECT_EQ(said_of(folder.write("lines", small + small + small)), "none");
  const auto packed = folder.path() / "packed.json.gz";
  gzFile out = gzopen(packed.c_str(), "wb");
  EXPECT_GT(gzwrite(out, large.data(), static_cast<unsigned>(large.size())), 0);
  EXPECT_EQ(gzclose(out), Z_OK);
  EXPECT_LT(std::filesystem::file_size(packed), kLimit / 10);
  EXPECT_NE(said_of(packed).find(over), std::string::npos);
}

TEST(InputFiles, ATableHasRowsOrIsAHeader) {
  const TemporaryFolder folder;
  EXPECT_FALSE(has_rows(folder.write("a.csv", "a,b\n\n")));
  EXPECT_TRUE(has_rows(folder.write("b.csv", "a,b\n1,2\n")));
  EXPECT_TRUE(has_rows(folder.write("c.csv", "a,b\n1\n")));  // a bad one is one
}

TEST(InputFiles, RowsAreObjectsOfWhatIsNotEmpty) {
  const TemporaryFolder folder;
  const auto file = folder.write("a.csv", "a;b;c\n1;;3\n4;5\n");
  Import import;
  std::vector<std::size_t> sizes;
  for_each_row(file, import, [&](Node& row) { sizes.push_back(row.children.size()); });
  EXPECT_EQ(sizes, std::vector<std::size_t>{2});
  ASSERT_EQ(import.rejects().size(), 1U);  // a field short
  EXPECT_EQ(import.rejects()[0].line, 3U);
  EXPECT_EQ(column_names(file), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_FALSE(is_document(file));
  EXPECT_TRUE(is_document(folder.write("x.xml", "  <a/>")));
}

}  // namespace
}  // namespace tessera::test
