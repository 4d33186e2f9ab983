// Runs the CSV scanner over a text that comes in pieces, as the reader does.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "data/csv_scanner.hpp"
#include "tests/reference/csv_reference.hpp"

namespace tessera::test {

/// All rows of `text`, read in pieces of next_block() bytes (each at least 1).
template <typename NextBlock>
std::vector<ScannedRow> scan_csv_in_windows(const std::string& text, const CsvDialect& dialect,
                                            NextBlock next_block) {
  CsvScanner scanner(dialect);
  std::vector<ScannedRow> rows;
  std::string carry;
  std::size_t read = 0;
  for (bool at_end = false; !at_end;) {
    const std::size_t block = std::min<std::size_t>(next_block(), text.size() - read);
    carry += text.substr(read, block);
    read += block;
    at_end = read == text.size();
    std::vector<char> window(carry.begin(), carry.end());
    window.resize(carry.size() + CsvScanner::kPadding, '"');  // what lies behind must not count
    scanner.feed(window, carry.size(), at_end);
    for (;;) {
      const CsvScanner::Step step = scanner.next();
      if (step == CsvScanner::Step::kMore) break;
      if (step == CsvScanner::Step::kFault) {
        rows.push_back({scanner.line(), scanner.fault(), {}});
        continue;
      }
      scanner.unescape();
      ScannedRow row{scanner.line(), std::nullopt, {}};
      for (const FieldRef field : scanner.fields()) {
        row.fields.emplace_back(window.data() + field.begin, field.length);
      }
      rows.push_back(std::move(row));
    }
    carry.erase(0, scanner.consumed());
  }
  if (!carry.empty()) std::abort();  // at the end of the text nothing may be left over
  return rows;
}

}  // namespace tessera::test
