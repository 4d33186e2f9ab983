#include "data/section_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "data/error.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

using testing::HasSubstr;

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void write_bytes(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

SectionFault fault_of(const std::filesystem::path& path, std::string_view stamp) {
  SectionFault fault = SectionFault::kNone;
  const bool opened = SectionReader::open(path, stamp, fault).has_value();
  EXPECT_EQ(opened, fault == SectionFault::kNone);
  return fault;
}

struct Written {
  Written() : path(folder.path() / "things") {
    Dictionary texts;
    texts.append("amina");
    texts.append("نور");
    SectionWriter into(path, folder.path());
    into.put(std::uint64_t{7});
    into.put(std::span<const std::uint32_t>(numbers));
    into.put(std::span<const std::uint32_t>());
    into.put(std::string_view("a text"));
    into.put(FrozenTexts(texts));
    into.put(std::span<const std::uint16_t>(many));  // of more than one chunk
    size_bytes = into.finish("a stamp");
  }
  test::TemporaryFolder folder;
  std::filesystem::path path;
  std::vector<std::uint32_t> numbers = {3, 1, 2};
  std::vector<std::uint16_t> many = std::vector<std::uint16_t>(1'500'000, 77);
  std::uint64_t size_bytes = 0;
};

TEST(SectionFile, GivesBackWhatWasPut) {
  const Written written;
  EXPECT_EQ(written.size_bytes, std::filesystem::file_size(written.path));
  SectionFault fault = SectionFault::kDamaged;
  std::optional<SectionReader> from = SectionReader::open(written.path, "a stamp", fault);
  ASSERT_TRUE(from.has_value());
  EXPECT_EQ(fault, SectionFault::kNone);
  EXPECT_EQ(from->take_number(), 7U);
  EXPECT_TRUE(std::ranges::equal(from->take<std::uint32_t>(), written.numbers));
  EXPECT_TRUE(from->take<std::uint32_t>().empty());
  EXPECT_EQ(from->take_text(), "a text");
  const FrozenTexts texts = from->take_texts();
  ASSERT_EQ(texts.size(), 3U);
  EXPECT_EQ(texts[0], "");
  EXPECT_EQ(texts[1], "amina");
  EXPECT_EQ(texts[2], "نور");
  Frozen<std::uint16_t> many = from->take<std::uint16_t>();
  from.reset();  // what was taken keeps the file
  std::filesystem::remove(written.path);
  EXPECT_EQ(std::vector<std::uint16_t>(many.begin(), many.end()), written.many);
}

TEST(SectionFile, IsNotOpenedUnderAnotherStampOrWhereItIsNot) {
  const Written written;
  EXPECT_EQ(fault_of(written.path, "another stamp"), SectionFault::kOtherStamp);
  EXPECT_EQ(fault_of(written.folder.path() / "nothing", "a stamp"), SectionFault::kAbsent);
  EXPECT_EQ(fault_of(written.path, "a stamp"), SectionFault::kNone);
}

// A bit changed, or the file cut, at every place of the header and many behind it.
TEST(SectionFile, IsNotOpenedDamaged) {
  const Written written;
  const std::string whole = bytes_of(written.path);
  for (std::size_t at = 0; at < whole.size(); at += at < 64 ? 1 : 99'991) {
    if (at >= 40 && at < 64) continue;  // unused
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 4);
    write_bytes(written.path, bytes);
    EXPECT_NE(fault_of(written.path, "a stamp"), SectionFault::kNone) << "byte " << at;
    write_bytes(written.path, whole.substr(0, at));
    EXPECT_EQ(fault_of(written.path, "a stamp"), SectionFault::kDamaged) << "cut at " << at;
  }
  write_bytes(written.path, whole + "x");
  EXPECT_EQ(fault_of(written.path, "a stamp"), SectionFault::kDamaged);
}

TEST(SectionFile, SectionsOfAnotherKindAreAnError) {
  const Written written;
  SectionFault fault = SectionFault::kNone;
  std::optional<SectionReader> from = SectionReader::open(written.path, "a stamp", fault);
  ASSERT_TRUE(from.has_value());
  from->take_number();
  try {
    from->take<std::uint64_t>();  // twelve bytes
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kDamaged);
    EXPECT_THAT(error.what(), HasSubstr("made anew"));
  }
}

TEST(SectionFile, LeavesNothingWhenNotFinishedAndKeepsWhatWasThere) {
  const Written written;
  const std::string before = bytes_of(written.path);
  {
    SectionWriter into(written.path, written.folder.path());
    into.put(std::uint64_t{1});
  }
  EXPECT_EQ(bytes_of(written.path), before);
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(written.folder.path())) {
    static_cast<void>(entry);
    ++files;
  }
  EXPECT_EQ(files, 1U);
}

TEST(SectionFile, OfAFullDiskIsAnError) {
  const test::TemporaryFolder folder;
  struct rlimit before {};
  getrlimit(RLIMIT_FSIZE, &before);
  const auto restore_signal = std::signal(SIGXFSZ, SIG_IGN);
  const struct rlimit small { 1 << 16, before.rlim_max };
  setrlimit(RLIMIT_FSIZE, &small);
  std::string fault;
  try {
    SectionWriter into(folder.path() / "large", folder.path());
    into.put(std::string(1 << 17, 'x'));
    into.finish("stamp");
  } catch (const Error& error) {
    fault = error.what();
    EXPECT_EQ(error.code(), ErrorCode::kResource);
  }
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, restore_signal);
  EXPECT_THAT(fault, HasSubstr("cannot be written"));
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

// A registry that only its owner may read has look-ups that only the owner may read.
TEST(SectionFile, IsReadableByThoseWhoMayReadWhatItIsOf) {
  const test::TemporaryFolder folder;
  write_bytes(folder.path() / "store", "x");
  ::chmod((folder.path() / "store").c_str(), 0640);
  SectionWriter(folder.path() / "store.index", folder.path() / "store").finish("");
  struct stat status {};
  ASSERT_EQ(::stat((folder.path() / "store.index").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0640U);
}

}  // namespace
}  // namespace tessera
