#include "cli/error_pages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <string>

namespace tessera {
namespace {

constexpr ErrorCode kAll[] = {ErrorCode::kRefused, ErrorCode::kUsage, ErrorCode::kBusy,
                              ErrorCode::kDamaged, ErrorCode::kResource};

TEST(ErrorPages, EachCodeHasOneOfItsOwn) {
  std::set<std::string_view> names;
  for (const ErrorCode code : kAll) {
    const ErrorPage& page = page_of(code);
    EXPECT_EQ(page.code, code);
    EXPECT_TRUE(names.insert(page.name).second);
    EXPECT_GT(page.text.size(), 200U) << page.name;
    EXPECT_TRUE(page.text.ends_with("\n")) << page.name;
  }
  EXPECT_EQ(error_pages().size(), std::size(kAll));
}

// The codes as data/error.hpp declares them: one without a page would be seen here.
TEST(ErrorPages, AreOfTheCodesThatThereAre) {
  std::ifstream header("data/error.hpp");
  std::set<int> declared;
  for (std::string line; std::getline(header, line);) {  // `  kRefused = 1,  ///< …`
    const std::size_t equals = line.find(" = ");
    if (!line.starts_with("  k") || equals == std::string::npos) continue;
    declared.insert(std::stoi(line.substr(equals + 3)));
  }
  std::set<int> with_page;
  for (const ErrorPage& page : error_pages()) with_page.insert(static_cast<int>(page.code));
  EXPECT_FALSE(declared.empty());
  EXPECT_EQ(with_page, declared);
}

TEST(ErrorPages, AreFoundByWordAndByExitCode) {
  for (const ErrorCode code : kAll) {
    const ErrorPage& page = page_of(code);
    ASSERT_TRUE(find_error_page(page.name).has_value());
    EXPECT_EQ(find_error_page(page.name)->code, code);
    ASSERT_TRUE(find_error_page(std::to_string(static_cast<int>(code))).has_value());
    EXPECT_EQ(find_error_page(std::to_string(static_cast<int>(code)))->code, code);
  }
}

TEST(ErrorPages, NothingElseIsACode) {
  for (const char* text : {"", "0", "6", "usag", "2x", "-1", "Usage"}) {
    EXPECT_FALSE(find_error_page(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace tessera
