#include "engine/output_folder.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <array>
#include <csignal>
#include <fstream>
#include <sstream>

#include "data/error.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    names.push_back(entry.path().filename().string());
  }
  return names;
}

void put(const OutputFolder& folder, std::string_view name, std::string_view text) {
  StagedFile file(folder.staged(name));
  file.write(text);
  file.finish();
}

ErrorCode code_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    return error.code();
  }
  ADD_FAILURE() << "nothing was thrown";
  return ErrorCode::kUsage;
}

constexpr std::array<std::string_view, 2> kTwo{"one.csv", "two.csv"};

TEST(OutputFolder, FilesAppearOnCommit) {
  const test::TemporaryFolder temporary;
  const fs::path out = temporary.path() / "made" / "deep";
  {
    OutputFolder folder(out);
    put(folder, "one.csv", "1");
    put(folder, "two.csv", "2");
    EXPECT_FALSE(fs::exists(out / "one.csv"));
    folder.commit(kTwo);
  }
  EXPECT_EQ(text_of(out / "one.csv"), "1");
  EXPECT_EQ(text_of(out / "two.csv"), "2");
  EXPECT_EQ(names_in(out).size(), 2U);  // nothing else is left
}

TEST(OutputFolder, AFileThatIsOnItsWayToDiskWhileItGrowsIsWhole) {
  const test::TemporaryFolder temporary;
  std::string expected;
  {
    OutputFolder folder(temporary.path());
    StagedFile file(folder.staged("one.csv"));
    for (int piece = 0; piece < 21; ++piece) {  // of a mebibyte and a line, past 8 MiB twice
      const std::string text(std::size_t{1} << 20, static_cast<char>('a' + piece));
      file.write(text);
      file.write("\n");
      expected += text + "\n";
    }
    file.finish();
    folder.commit(std::array<std::string_view, 1>{"one.csv"});
  }
  EXPECT_TRUE(text_of(temporary.path() / "one.csv") == expected);
}

TEST(OutputFolder, WithoutCommitAllIsAsBefore) {
  const test::TemporaryFolder temporary;
  temporary.write("one.csv", "old");
  {
    OutputFolder folder(temporary.path());
    put(folder, "one.csv", "new");
  }
  EXPECT_EQ(text_of(temporary.path() / "one.csv"), "old");
  EXPECT_EQ(names_in(temporary.path()).size(), 1U);
}

TEST(OutputFolder, ClearsWhatAnInterruptedJobLeft) {
  const test::TemporaryFolder temporary;
  fs::create_directory(temporary.path() / ".tessera-partial");
  temporary.write(".tessera-partial/one.csv", "half a fi");
  OutputFolder folder(temporary.path());
  EXPECT_FALSE(fs::exists(folder.staged("one.csv")));
}

TEST(OutputFolder, AMissingFileMovesNone) {
  const test::TemporaryFolder temporary;
  OutputFolder folder(temporary.path());
  put(folder, "one.csv", "1");
  EXPECT_EQ(code_of([&] { folder.commit(kTwo); }), ErrorCode::kResource);
  EXPECT_FALSE(fs::exists(temporary.path() / "one.csv"));
}

TEST(OutputFolder, APlaceTakenByAFolderMovesNone) {
  const test::TemporaryFolder temporary;
  fs::create_directory(temporary.path() / "two.csv");
  OutputFolder folder(temporary.path());
  put(folder, "one.csv", "1");
  put(folder, "two.csv", "2");
  EXPECT_EQ(code_of([&] { folder.commit(kTwo); }), ErrorCode::kResource);
  EXPECT_FALSE(fs::exists(temporary.path() / "one.csv"));
}

TEST(OutputFolder, AFolderThatCannotBeMadeIsAResourceError) {
  const test::TemporaryFolder temporary;
  const fs::path file = temporary.write("file", "");
  EXPECT_EQ(code_of([&] { OutputFolder folder(file / "out"); }), ErrorCode::kResource);
}

TEST(OutputFolder, OneJobAtATime) {
  const test::TemporaryFolder temporary;
  OutputFolder first(temporary.path());
  put(first, "one.csv", "1");
  EXPECT_EQ(code_of([&] { OutputFolder second(temporary.path()); }), ErrorCode::kBusy);
  EXPECT_TRUE(fs::exists(first.staged("one.csv")));  // the second did not clear it
}

/// Bounds the size of files that this process may write, as a full disk would.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : old_handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &old_);
    const rlimit limit{bytes, old_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &old_);
    std::signal(SIGXFSZ, old_handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit old_{};
  void (*old_handler_)(int);
};

TEST(OutputFolder, AFullDiskIsAResourceErrorAndLeavesNothing) {
  const test::TemporaryFolder temporary;
  const std::string megabyte(1 << 20, 'x');
  {
    OutputFolder folder(temporary.path());
    const FileSizeLimit limit(1 << 16);
    EXPECT_EQ(code_of([&] { put(folder, "one.csv", megabyte); }), ErrorCode::kResource);
  }
  EXPECT_TRUE(names_in(temporary.path()).empty());
}

}  // namespace
}  // namespace tessera
