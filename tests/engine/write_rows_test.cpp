#include "engine/write_rows.hpp"

#include <gtest/gtest.h>
#include <oneapi/tbb/global_control.h>

#include <cstdio>
#include <fstream>
#include <random>
#include <sstream>
#include <stdexcept>

#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

std::string written(std::size_t rows) {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "rows";
  StagedFile file(path);
  write_rows(file, "row", {rows, 1000}, [](TextBuffer& out, std::size_t begin, std::size_t end) {
    for (std::size_t row = begin; row < end; ++row) out.put(std::to_string(row) + "\n");
  });
  file.finish();
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

TEST(WriteRows, NoRowsGiveTheHeader) {
  EXPECT_EQ(written(0), "row\n");
}

TEST(WriteRows, RowsComeInOrderAtAnyThreadCount) {
  constexpr std::size_t kRows = 100'001;
  std::string expected = "row\n";
  for (std::size_t row = 0; row < kRows; ++row) expected += std::to_string(row) + "\n";
  for (const std::size_t threads : {1U, 2U, 7U}) {
    const oneapi::tbb::global_control limit(oneapi::tbb::global_control::max_allowed_parallelism,
                                            threads);
    EXPECT_EQ(written(kRows), expected) << threads << " threads";
  }
}

TEST(WriteRows, AFaultInFormattingReachesTheCaller) {
  const test::TemporaryFolder folder;
  StagedFile file(folder.path() / "rows");
  EXPECT_THROW(write_rows(file, "row", {100'000, 1000},
                          [](TextBuffer&, std::size_t begin, std::size_t) {
                            if (begin > 50'000) throw std::runtime_error("out of memory");
                          }),
               std::runtime_error);
}

std::string six(double number) {
  TextBuffer out;
  append_six_decimals(out, number);
  return std::string(out.view());
}

TEST(SixDecimals, AreWrittenInFull) {
  EXPECT_EQ(six(0.0), "0.000000");
  EXPECT_EQ(six(-0.0), "0.000000");
  EXPECT_EQ(six(1.0), "1.000000");
  EXPECT_EQ(six(-12.5), "-12.500000");
  EXPECT_EQ(six(105.0), "105.000000");
  EXPECT_EQ(six(0.9999996), "1.000000");
  EXPECT_EQ(six(-0.0000004), "0.000000");
  EXPECT_EQ(six(-0.0000006), "-0.000001");
  EXPECT_EQ(six(123456789.000001), "123456789.000001");
}

TEST(SixDecimals, AgreeWithPrintf) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> draw(-200.0, 200.0);
  for (int i = 0; i < 100'000; ++i) {
    const double number = draw(random);
    char expected[64];
    std::snprintf(expected, sizeof expected, "%.6f", number);
    ASSERT_EQ(six(number), expected);
  }
}

}  // namespace
}  // namespace tessera
