#include "cli/store_options.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "data/error.hpp"

namespace tessera {
namespace {

TEST(StoreOptions, TheOptionWinsOverTheEnvironment) {
  StoreOptions options;
  unsetenv("TESSERA_STORE");
  EXPECT_EQ(store_path(options), "registry.tessera");
  setenv("TESSERA_STORE", "from-environment", 1);
  EXPECT_EQ(store_path(options), "from-environment");
  options.store = "typed";
  EXPECT_EQ(store_path(options), "typed");
  unsetenv("TESSERA_STORE");
}

TEST(StoreOptions, ARunNamesItsActor) {
  StoreOptions options;
  options.actor = "clerk";
  const RunInfo run = run_info(options, "load");
  EXPECT_EQ(run.actor, "clerk");
  EXPECT_GT(run.at_s, 1'700'000'000);
  EXPECT_EQ(run.digest.size(), 64U);
}

TEST(StoreOptions, ColumnsLineUpInCodePoints) {
  EXPECT_EQ(rows_text("table", {"a", "b"}, {{"ñandú", "1"}, {"x", "22"}}),
            "a      b\nñandú  1\nx      22\n");
}

TEST(StoreOptions, RowsAsCsvAndJson) {
  EXPECT_EQ(rows_text("csv", {"a", "b"}, {{"x,y", "1"}}), "a,b\n\"x,y\",1\n");
  EXPECT_EQ(rows_text("json", {"a"}, {{"x\"y"}}), "[\n  {\n    \"a\": \"x\\\"y\"\n  }\n]\n");
}

TEST(StoreOptions, FilesAreNamed) {
  const auto files = named_files({"client=a=b.csv"});
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files[0].name, "client");
  EXPECT_EQ(files[0].path, "a=b.csv");
  for (const char* bad : {"a.csv", "=a.csv", "client="}) EXPECT_THROW(named_files({bad}), Error);
}

}  // namespace
}  // namespace tessera
