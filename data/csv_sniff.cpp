#include "data/csv_sniff.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "data/csv_scanner.hpp"

namespace tessera {
namespace {

constexpr std::size_t kSniffedRows = 200;

struct Fit {
  std::uint64_t header_fields = 0;
  std::uint64_t rows = 0;      // the header among them
  std::uint64_t matching = 0;  // rows with as many fields as the header
};

Fit fit_of(std::vector<char>& padded, std::size_t size, bool whole, char delimiter) {
  CsvScanner scanner({.delimiter = delimiter});
  scanner.feed(padded, size, whole);
  Fit fit;
  while (fit.rows < kSniffedRows) {
    const CsvScanner::Step step = scanner.next();
    if (step == CsvScanner::Step::kMore) break;
    ++fit.rows;
    if (step == CsvScanner::Step::kFault) continue;
    if (fit.header_fields == 0) fit.header_fields = scanner.fields().size();
    if (scanner.fields().size() == fit.header_fields) ++fit.matching;
  }
  return fit;
}

bool is_better(const Fit& fit, const Fit& best) {
  if (fit.header_fields < 2) return false;
  const std::uint64_t left = fit.matching * best.rows;
  const std::uint64_t right = best.matching * fit.rows;
  return left != right ? left > right : fit.header_fields > best.header_fields;
}

}  // namespace

char sniff_delimiter(std::string_view head, bool whole) {
  std::vector<char> padded(head.size() + CsvScanner::kPadding);
  std::copy(head.begin(), head.end(), padded.begin());
  char best_delimiter = ',';
  Fit best{.header_fields = 1, .rows = 1, .matching = 0};
  for (const char delimiter : {',', ';', '\t', '|'}) {
    const Fit fit = fit_of(padded, head.size(), whole, delimiter);
    if (!is_better(fit, best)) continue;
    best = fit;
    best_delimiter = delimiter;
  }
  return best_delimiter;
}

}  // namespace tessera
