#include "data/spill_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <string>
#include <string_view>
#include <vector>

#include "data/error.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

using testing::HasSubstr;

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

std::string text_at(const SpillFile& file, const SpillFile::Place& place) {
  std::string text(place.size_bytes, '\0');
  file.read(place, std::as_writable_bytes(std::span(text)));
  return text;
}

TEST(SpillFile, GivesBackWhatItTook) {
  const test::TemporaryFolder folder;
  SpillFile file(folder.path());
  const std::string large(3'000'000, 'x');
  const auto first = file.write(bytes_of("first"));
  const auto none = file.write({});
  const auto second = file.write(bytes_of(large));
  EXPECT_EQ(text_at(file, second), large);
  EXPECT_EQ(text_at(file, first), "first");
  EXPECT_EQ(text_at(file, none), "");
  EXPECT_EQ(file.size_bytes(), 3'000'005U);
}

TEST(SpillFile, HasNoNameSoThatAKilledJobLeavesNothing) {
  const test::TemporaryFolder folder;
  SpillFile file(folder.path());
  file.write(bytes_of("a person's name"));
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(SpillFile, TakesTheFolderAboveOneThatIsYetToBeMade) {
  const test::TemporaryFolder folder;
  SpillFile file(folder.path() / "results" / "today");
  file.write(bytes_of("x"));
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
  EXPECT_NO_THROW(SpillFile({}));
}

TEST(SpillFile, SaysWhereTheDiskIsFull) {
  const test::TemporaryFolder folder;
  SpillFile file(folder.path());
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const rlimit small{1000, before.rlim_max};
  const auto old = std::signal(SIGXFSZ, SIG_IGN);
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  try {
    file.write(bytes_of(std::string(5000, 'x')));
    ADD_FAILURE() << "it was written";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kResource);
    EXPECT_THAT(error.what(), HasSubstr(folder.path().string()));
    EXPECT_THAT(error.what(), HasSubstr("raise --memory"));
  }
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  std::signal(SIGXFSZ, old);
}

}  // namespace
}  // namespace tessera
