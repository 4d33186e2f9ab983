#include "data/byte_stream.hpp"

#include <gtest/gtest.h>

#include <array>

#include "data/digest.hpp"
#include "data/error.hpp"
#include "tests/data/read_support.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

// The whole file, read in pieces of `step`.
std::string read_all(ByteStream& stream, std::size_t step) {
  std::string text;
  std::vector<char> room(step);
  while (const std::size_t got = stream.read(room)) text.append(room.data(), got);
  return text;
}

std::string digest_of(const std::string& bytes) {
  Digest digest;
  digest.update(bytes);
  return digest.hex();
}

std::string some_text() {
  std::string text;
  for (std::uint64_t i = 0; i < 100'000; ++i) text += std::to_string(i * 7919) + "\n";
  return text;
}

TEST(ByteStream, PlainFileComesAsItIs) {
  const test::TemporaryFolder folder;
  for (const std::string& text : {std::string("a"), std::string("ab"), some_text()}) {
    const auto path = folder.write("plain", text);
    for (const std::size_t step : {std::size_t{1} << 20, std::size_t{4097}}) {
      ByteStream stream(path);
      EXPECT_FALSE(stream.is_gzip());
      EXPECT_EQ(read_all(stream, step), text);
      EXPECT_EQ(stream.size_bytes(), text.size());
      EXPECT_EQ(stream.digest(), digest_of(text));
    }
  }
}

TEST(ByteStream, GzipIsUnpackedAndDigestedAsPacked) {
  const test::TemporaryFolder folder;
  const std::string packed = test::gzip(some_text());
  const auto path = folder.write("data.gz", packed);
  for (const std::size_t step : {std::size_t{1} << 20, std::size_t{4097}}) {
    ByteStream stream(path);
    EXPECT_TRUE(stream.is_gzip());
    EXPECT_EQ(read_all(stream, step), some_text());
    EXPECT_EQ(stream.size_bytes(), packed.size());
    EXPECT_EQ(stream.digest(), digest_of(packed));
  }
}

TEST(ByteStream, GzipIsToldByContentNotByName) {
  const test::TemporaryFolder folder;
  ByteStream stream(folder.write("data.csv", test::gzip("a,b\n")));
  EXPECT_EQ(read_all(stream, 100), "a,b\n");
}

TEST(ByteStream, MembersOfGzipFollowEachOther) {
  const test::TemporaryFolder folder;
  ByteStream stream(folder.write(
      "data.gz", test::gzip("a\n") + test::gzip("") + test::gzip("b\n") + std::string(512, '\0')));
  EXPECT_EQ(read_all(stream, 100), "a\nb\n");
}

TEST(ByteStream, EmptyFileEndsAtOnce) {
  const test::TemporaryFolder folder;
  ByteStream stream(folder.write("empty", ""));
  EXPECT_EQ(read_all(stream, 10), "");
  EXPECT_EQ(stream.size_bytes(), 0U);
}

TEST(ByteStream, TornGzipIsToldAtEveryLength) {
  const test::TemporaryFolder folder;
  const std::string packed = test::gzip("id,name\n1,Ada\n2,Bo\n");
  for (std::size_t size = 2; size < packed.size(); ++size) {
    const auto path = folder.write("torn.gz", packed.substr(0, size));
    const std::string message = test::error_of([&] {
      ByteStream stream(path);
      read_all(stream, 100);
    });
    EXPECT_TRUE(message.starts_with("2 " + path.string() + ": the gzip data end before"))
        << size << message;
  }
}

TEST(ByteStream, FlippedBitInGzipIsTold) {
  const test::TemporaryFolder folder;
  const std::string packed = test::gzip(some_text());
  for (const std::size_t at : {packed.size() / 2, packed.size() - 6}) {
    std::string flipped = packed;
    flipped[at] = static_cast<char>(flipped[at] ^ 1);
    const auto path = folder.write("flipped.gz", flipped);
    const std::string message = test::error_of([&] {
      ByteStream stream(path);
      read_all(stream, 1 << 16);
    });
    EXPECT_TRUE(message.starts_with("2 ")) << at << message;
  }
}

TEST(ByteStream, MissingFileAndFolderAreTold) {
  const test::TemporaryFolder folder;
  const std::string path = folder.path().string();
  EXPECT_EQ(test::error_of([&] { ByteStream stream(path + "/none.csv"); }),
            "2 " + path + "/none.csv: no such file; check the path of the source");
  EXPECT_EQ(test::error_of([&] { ByteStream stream{folder.path()}; }),
            "2 " + path + ": is a folder; name a CSV, Parquet or NDJSON file in it");
  EXPECT_TRUE(test::error_of([&] {
                ByteStream stream(folder.write("no.gz", "id,name\n"));
              }).starts_with("2 " + path + "/no.gz: is not gzip"));
}

// Linux lets one open this file and not read from it: a disk that fails.
TEST(ByteStream, FailingReadIsTold) {
  const std::filesystem::path unreadable = "/proc/self/mem";
  if (!std::filesystem::exists(unreadable)) GTEST_SKIP() << unreadable << " is absent here";
  EXPECT_TRUE(test::error_of([&] {
                ByteStream stream(unreadable);
              }).starts_with("5 /proc/self/mem: cannot be read"));
}

}  // namespace
}  // namespace tessera
