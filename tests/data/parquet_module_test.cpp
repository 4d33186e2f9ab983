#include "data/parquet_module.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <vector>

#include "data/error.hpp"
#include "tests/data/parquet_support.hpp"
#include "tests/data/read_support.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string fault_of(const std::vector<std::string>& places) {
  try {
    load_parquet_module(places);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kResource);
    return error.what();
  }
  return "nothing was thrown";
}

TEST(ParquetModule, AMissingOneIsToldInALineWithTheNextStep) {
  EXPECT_THAT(fault_of({"/absent/tessera_parquet.so"}),
              AllOf(HasSubstr("Parquet cannot be read"), HasSubstr("/absent/tessera_parquet.so"),
                    HasSubstr("as CSV"), Not(HasSubstr("\n"))));
}

TEST(ParquetModule, AFileThatIsNoneIsRefused) {
  const test::TemporaryFolder folder;
  const std::filesystem::path path = folder.path() / "tessera_parquet.so";
  std::ofstream(path) << "not a module";
  EXPECT_THAT(fault_of({path.string()}), HasSubstr("Parquet cannot be read"));
}

TEST(ParquetModule, TheSecondPlaceIsTakenWhereTheFirstHasNone) {
  const OpenParquet open = load_parquet_module(
      std::vector<std::string>{"/absent/tessera_parquet.so", TESSERA_PARQUET_MODULE});
  const test::TemporaryFolder folder;
  test::write_text_parquet(folder.path() / "people.parquet", {"name"}, {{"Amina"}});
  const std::unique_ptr<SourceReader> reader(open(test::people(folder.path() / "people.parquet")));
  ASSERT_EQ(reader->columns().size(), 1U);
  EXPECT_EQ(reader->columns()[0], "name");
}

// Thrown within the module, caught outside.
TEST(ParquetModule, ItsErrorsAreOurs) {
  const test::TemporaryFolder folder;
  try {
    open_parquet(test::people(folder.path() / "absent.parquet"));
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kUsage);
    EXPECT_THAT(error.what(), HasSubstr("absent.parquet"));
  }
}

}  // namespace
}  // namespace tessera
