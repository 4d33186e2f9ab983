#include "data/csv_scanner.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "tests/data/csv_windows.hpp"
#include "tests/reference/csv_reference.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera {
namespace {

using test::ScannedRow;

std::vector<ScannedRow> scan_whole(const std::string& text, const CsvDialect& dialect) {
  return test::scan_csv_in_windows(text, dialect, [&] { return text.size() + 1; });
}

std::string fault_name(RowFaultKind kind) {
  switch (kind) {
    case RowFaultKind::kUnterminatedQuote:
      return "unterminated";
    case RowFaultKind::kTextAfterQuote:
      return "text-after-quote";
    case RowFaultKind::kTooLong:
      return "too-long";
    default:
      return "unexpected";
  }
}

std::string describe(const std::vector<ScannedRow>& rows) {
  std::string text;
  for (const ScannedRow& row : rows) {
    if (!text.empty()) text += ' ';
    text += std::to_string(row.line) + ":";
    if (row.fault) text += "!" + fault_name(*row.fault);
    for (const std::string& field : row.fields) {
      text += "[" + std::string(trim_blanks(field)) + "]";
    }
  }
  return text;
}

TEST(CsvScanner, CasesOfTheTableHold) {
  for (const auto& row : test::read_cases("csv_rows.tsv")) {
    ASSERT_EQ(row.size(), 6U);
    const CsvDialect dialect{.delimiter = row[2][0], .expected_fields = std::stoul(row[3])};
    EXPECT_EQ(describe(scan_whole(row[1], dialect)), row[4]) << row[0];
    EXPECT_EQ(describe(test::scan_csv_slowly(row[1], dialect)), row[4]) << row[0];
  }
}

// Few characters, so that quotes, delimiters and line ends meet in every way.
std::string random_text(std::mt19937_64& random) {
  static constexpr std::string_view kLetters = "\"\"\",,\n\na \r\"";
  std::string text(random() % 60, '\0');
  for (char& c : text) c = kLetters[random() % kLetters.size()];
  return text;
}

TEST(CsvScanner, AgreesWithSlowTwinUnderAnyWindows) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 40'000; ++i) {
    const std::string text = random_text(random);
    const CsvDialect dialect{.delimiter = ',',
                             .expected_fields = random() % 4,
                             .max_row_bytes = random() % 2 == 0 ? 1 + random() % 30 : 1000};
    const auto expected = test::scan_csv_slowly(text, dialect);
    ASSERT_EQ(describe(scan_whole(text, dialect)), describe(expected))
        << testing::PrintToString(text);
    ASSERT_EQ(scan_whole(text, dialect), expected) << testing::PrintToString(text);
    const auto in_pieces =
        test::scan_csv_in_windows(text, dialect, [&] { return 1 + random() % 20; });
    ASSERT_EQ(in_pieces, expected) << testing::PrintToString(text);
  }
}

TEST(CsvScanner, AgreesWithSlowTwinOnAllShortTexts) {
  static constexpr std::string_view kLetters = "\",\na ";
  for (std::size_t length = 0; length <= 7; ++length) {
    std::size_t texts = 1;
    for (std::size_t i = 0; i < length; ++i) texts *= kLetters.size();
    for (std::size_t number = 0; number < texts; ++number) {
      std::string text(length, '\0');
      std::size_t rest = number;
      for (char& c : text) {
        c = kLetters[rest % kLetters.size()];
        rest /= kLetters.size();
      }
      const CsvDialect dialect{.delimiter = ',', .expected_fields = 2};
      ASSERT_EQ(scan_whole(text, dialect), test::scan_csv_slowly(text, dialect))
          << testing::PrintToString(text);
    }
  }
}

TEST(CsvScanner, RowsLongerThanTheLimitCostTheirFirstLine) {
  const CsvDialect dialect{.delimiter = ',', .max_row_bytes = 16};
  EXPECT_EQ(describe(scan_whole(std::string(40, 'x') + "\na,b\n", dialect)),
            "1:!too-long 2:[a][b]");
  EXPECT_EQ(describe(scan_whole("\"" + std::string(9, 'x') + "\n" + std::string(9, 'x') + "\"\n",
                                dialect)),
            "1:!unterminated 2:[" + std::string(9, 'x') + "\"]");
}

TEST(CsvScanner, RowOfManyFieldsIsKept) {
  const std::string text = std::string(1000, ',') + "\n";
  const auto rows = scan_whole(text, {.delimiter = ','});
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].fields.size(), 1001U);
}

// Each line leaves a quote open whether the line before did or not, and the last line spoils them
// all: without a bound every line would be scanned to the end, a million times a million bytes.
TEST(CsvScanner, HostileQuotesAreNotScannedOverAndOver) {
  constexpr std::size_t kLines = 300'000;
  std::string text;
  for (std::size_t i = 0; i < kLines; ++i) text += "\",a\",\"\n";
  const auto rows = scan_whole(text, {.delimiter = ','});
  ASSERT_EQ(rows.size(), kLines);
  for (std::size_t i = 0; i < kLines; ++i) {
    ASSERT_EQ(rows[i].line, i + 1);
    ASSERT_EQ(rows[i].fault, RowFaultKind::kUnterminatedQuote);
  }
}

}  // namespace
}  // namespace tessera
