// [[source]]: what each key gives. Bad values are rows of tests/cases/bad_configs.tsv
// (read_job_test).
#include <gtest/gtest.h>

#include "engine/read_job.hpp"
#include "tests/engine/job_cases.hpp"

namespace tessera::test {
namespace {

SourceSpec with_source(const std::string& lines) {
  return read_job_text(config_with("path = \"civil.csv\"", "path = \"civil.csv\"\n" + lines), "j")
      .sources[1];
}

TEST(ConfigSources, DefaultsAreThoseOfSourceSpec) {
  const SourceSpec source = with_source("");
  EXPECT_EQ(source.name, "civil");
  EXPECT_FALSE(source.duplicate_free);
  EXPECT_EQ(source.encoding, Encoding::kUtf8);
  EXPECT_FALSE(source.delimiter.has_value());
  EXPECT_EQ(source.date_order, DateOrder::kDayMonthYear);
  EXPECT_TRUE(source.updated_column.empty());
}

TEST(ConfigSources, NamesEveryEncoding) {
  EXPECT_EQ(with_source("encoding = \"utf-8\"").encoding, Encoding::kUtf8);
  EXPECT_EQ(with_source("encoding = \"latin-1\"").encoding, Encoding::kLatin1);
  EXPECT_EQ(with_source("encoding = \"utf-16\"").encoding, Encoding::kUtf16);
}

TEST(ConfigSources, NamesEveryDateOrder) {
  EXPECT_EQ(with_source("date_order = \"ymd\"").date_order, DateOrder::kYearMonthDay);
  EXPECT_EQ(with_source("date_order = \"dmy\"").date_order, DateOrder::kDayMonthYear);
  EXPECT_EQ(with_source("date_order = \"mdy\"").date_order, DateOrder::kMonthDayYear);
}

TEST(ConfigSources, ReadsDelimiterUpdateAndPromise) {
  EXPECT_EQ(with_source("delimiter = \"\\t\"").delimiter, '\t');
  EXPECT_EQ(with_source("delimiter = \";\"").delimiter, ';');
  EXPECT_EQ(with_source("updated = \"changed on\"").updated_column, "changed on");
  EXPECT_TRUE(with_source("duplicate_free = true").duplicate_free);
}

TEST(ConfigSources, AnAbsolutePathStays) {
  const std::string toml = config_with("path = \"civil.csv\"", "path = \"/data/civil.csv\"");
  EXPECT_EQ(read_job_text(toml, "job.toml", "folder").sources[1].path, "/data/civil.csv");
}

}  // namespace
}  // namespace tessera::test
