// The CSV row path on any bytes: it must agree with its slow twin, whatever the windows.
//
// Input: delimiter choice, expected fields, longest row, window size (a byte each), then the text.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "data/csv_sniff.hpp"
#include "tests/data/csv_windows.hpp"
#include "tests/reference/csv_reference.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kOptionBytes = 4;
  constexpr std::size_t kLongest = 4096;  // the twin is quadratic
  if (size < kOptionBytes || size > kLongest) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + kOptionBytes, size - kOptionBytes);
  const tessera::CsvDialect dialect{.delimiter = ",;\t|"[data[0] % 4],
                                    .expected_fields = data[1] % 8U,
                                    .max_row_bytes = data[2] == 0 ? kLongest : data[2]};
  const std::size_t block = 1U + data[3];
  const auto rows = tessera::test::scan_csv_in_windows(text, dialect, [block] { return block; });
  if (rows != tessera::test::scan_csv_slowly(text, dialect)) std::abort();
  tessera::sniff_delimiter(text, true);
  return 0;
}
