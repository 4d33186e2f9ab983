// The same people in every form that a file may have give the same persons.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>

#include "tests/jobs/small_job.hpp"

namespace tessera::test {
namespace {

using testing::HasSubstr;

// The persons of kGoodPeople, written to `name` as `text`, with `extra` in its [[source]]: the
// crosswalk and the golden records, which hold the names as they were read.
std::string persons_of(const std::string& name, const std::string& text, const std::string& extra) {
  const TemporaryFolder folder;
  folder.write(name, text);
  folder.write("job.toml", small_config(name, extra));
  const CommandResult result =
      run_tessera(folder, {"link", "--config", "job.toml", "--out", "out", "--quiet"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  auto files = read_folder(folder.path() / "out");
  return files["crosswalk.csv"] + files["golden.csv"];
}

const std::string& plain_persons() {
  static const std::string kPersons = persons_of("people.csv", std::string(kGoodPeople), "");
  return kPersons;
}

std::string with_delimiter(char delimiter) {
  std::string text(kGoodPeople);
  std::replace(text.begin(), text.end(), ',', delimiter);
  return text;
}

// Code points below U+0100 as single bytes; kGoodPeople has no others.
std::string latin_1(std::string_view utf8) {
  std::string out;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const auto byte = static_cast<unsigned char>(utf8[i]);
    if (byte < 0x80) {
      out += utf8[i];
    } else {
      const auto next = static_cast<unsigned char>(utf8[++i]);
      out += static_cast<char>(((byte & 0x1fU) << 6U) | (next & 0x3fU));
    }
  }
  return out;
}

// Little-endian UTF-16 with a byte-order mark.
std::string utf_16(std::string_view utf8) {
  std::string out = "\xff\xfe";
  for (const char c : latin_1(utf8)) {
    out += c;
    out += '\0';
  }
  return out;
}

std::string gzip(std::string_view text) {
  const TemporaryFolder folder;
  const std::filesystem::path path = folder.path() / "text.gz";
  gzFile file = gzopen(path.c_str(), "wb");
  gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
  gzclose(file);
  return read_folder(folder.path())["text.gz"];
}

// Good people as one JSON object a line.
std::string ndjson() {
  std::string out;
  std::string line;
  bool header = true;
  for (const char c : kGoodPeople) {
    if (c != '\n') {
      line += c;
      continue;
    }
    if (!std::exchange(header, false)) {
      constexpr std::string_view kNames[] = {"record_id", "given_name", "family_name",
                                             "birth_date"};
      out += '{';
      for (std::size_t field = 0, at = 0; field < 4; ++field) {
        const std::size_t end = std::min(line.size(), line.find(',', at));
        out += (field == 0 ? "\"" : ",\"") + std::string(kNames[field]) + "\":\"" +
               line.substr(at, end - at) + '"';
        at = end + 1;
      }
      out += "}\n";
    }
    line.clear();
  }
  return out;
}

TEST(Encodings, NamesArriveWhole) {
  EXPECT_THAT(plain_persons(), HasSubstr(",people,8\n"));
  EXPECT_THAT(plain_persons(), HasSubstr(",Lucía,Romero,2001-07-05\n"));
}

TEST(Encodings, AByteOrderMarkChangesNothing) {
  EXPECT_EQ(persons_of("people.csv", "\xef\xbb\xbf" + std::string(kGoodPeople), ""),
            plain_persons());
}

TEST(Encodings, LineEndsOfWindowsChangeNothing) {
  std::string text;
  for (const char c : kGoodPeople) text += c == '\n' ? std::string("\r\n") : std::string(1, c);
  EXPECT_EQ(persons_of("people.csv", text, ""), plain_persons());
}

TEST(Encodings, ALastLineWithoutItsEndCounts) {
  EXPECT_EQ(
      persons_of("people.csv", std::string(kGoodPeople.substr(0, kGoodPeople.size() - 1)), ""),
      plain_persons());
}

TEST(Encodings, DelimitersAreFound) {
  for (const char delimiter : {';', '\t', '|'}) {
    SCOPED_TRACE(delimiter);
    EXPECT_EQ(persons_of("people.csv", with_delimiter(delimiter), ""), plain_persons());
  }
}

TEST(Encodings, LatinOneIsReadWhenDeclared) {
  EXPECT_EQ(persons_of("people.csv", latin_1(kGoodPeople), "encoding = \"latin-1\""),
            plain_persons());
}

// A spreadsheet's "Unicode text" says what it is; nobody has to.
TEST(Encodings, Utf16IsReadWithoutAConfigByItsByteOrderMark) {
  const TemporaryFolder folder;
  folder.write("people.csv", utf_16(kGoodPeople));
  folder.write("plain.csv", std::string(kGoodPeople));
  for (const char* name : {"people", "plain"}) {
    const CommandResult linked =
        run_tessera(folder, {"link", std::string("p=") + name + ".csv", "--out", name, "--quiet"});
    ASSERT_EQ(linked.exit_code, 0) << linked.err;
  }
  const auto marked = read_folder(folder.path() / "people");
  EXPECT_EQ(marked.at("golden.csv"), read_folder(folder.path() / "plain").at("golden.csv"));
  EXPECT_THAT(marked.at("job.toml"), HasSubstr("utf-16"));
  const CommandResult made = run_tessera(folder, {"init", "people.csv", "--out", "-"});
  EXPECT_THAT(made.out, HasSubstr("encoding = \"utf-16\""));
}

TEST(Encodings, RowsThatAreNotUtf8AreRefusedWithTheCure) {
  const TemporaryFolder folder;
  std::string people(kGoodPeople);
  people.replace(people.find('\n') + 3, 1, "\xe9");
  folder.write("people.csv", people);
  const CommandResult refused = run_tessera(folder, {"link", "people.csv", "--out", "o"});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("encoding = \"latin-1\""));
}

TEST(Encodings, Utf16IsReadWhenDeclared) {
  EXPECT_EQ(persons_of("people.csv", utf_16(kGoodPeople), "encoding = \"utf-16\""),
            plain_persons());
}

TEST(Encodings, GzipIsUnpacked) {
  EXPECT_EQ(persons_of("people.csv.gz", gzip(kGoodPeople), ""), plain_persons());
}

TEST(Encodings, NdjsonIsRead) {
  EXPECT_EQ(persons_of("people.ndjson", ndjson(), ""), plain_persons());
}

TEST(Encodings, TheDelimiterIsStated) {
  const TemporaryFolder folder;
  folder.write("people.csv", with_delimiter(';'));
  folder.write("job.toml", small_config("people.csv"));
  const CommandResult result =
      run_tessera(folder, {"link", "--config", "job.toml", "--out", "out", "--format", "json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("';'"));
}

}  // namespace
}  // namespace tessera::test
