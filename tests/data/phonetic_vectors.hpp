// Phonetic codes against those of other software. For tests.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>

#include "tests/support/vector_table.hpp"

namespace tessera::test {

/// Inputs whose code is another one here, and why. Each must be met, and must differ, once.
using KnownDifferences = std::map<std::string, std::string>;

/// What to take from a file of vectors.
struct PhoneticRows {
  std::string file;            ///< Below the folder of the vectors.
  std::string input;           ///< Column of the name.
  std::string expected;        ///< Column of the code.
  std::string algorithm = {};  ///< Only rows of this algorithm; all rows if empty.
  std::string variant = {};    ///< Only rows of this variant, where `algorithm` is given.
};

/// Expects `code` to be the expected one, cut to `max_length` (0: uncut), on all rows but the known
/// differences. Returns the rows compared.
inline std::size_t expect_codes(const PhoneticRows& rows, std::size_t max_length,
                                const std::function<std::string(const std::string&)>& code,
                                KnownDifferences differences = {}) {
  const VectorTable table(vectors_folder() / rows.file);
  std::size_t compared = 0;
  for (std::size_t row = 0; row < table.size(); ++row) {
    if (!rows.algorithm.empty()) {
      if (table.at(row, "algorithm") != rows.algorithm) continue;
      if (!rows.variant.empty() && table.at(row, "variant") != rows.variant) continue;
      if (rows.variant.empty() && rows.file.starts_with("commons") &&
          !table.at(row, "variant").empty()) {
        continue;
      }
    }
    const std::string& name = table.at(row, rows.input);
    std::string got = code(name);
    if (max_length > 0 && got.size() > max_length) got.resize(max_length);
    const std::string& expected = table.at(row, rows.expected);
    ++compared;
    const auto known = differences.find(name);
    if (known != differences.end()) {
      EXPECT_NE(got, expected) << name << " no longer differs (" << known->second << ")";
      differences.erase(known);
      continue;
    }
    EXPECT_EQ(got, expected) << rows.file << ": " << name;
  }
  EXPECT_TRUE(differences.empty()) << differences.begin()->first << " was not met";
  return compared;
}

/// The codes of tests/cases/phonetic.tsv of one algorithm; returns how many.
inline std::size_t expect_case_codes(const std::string& algorithm,
                                     const std::function<std::string(const std::string&)>& code) {
  std::size_t compared = 0;
  for (const auto& row : read_cases("phonetic.tsv")) {
    if (row.at(0) != algorithm) continue;
    EXPECT_EQ(code(row.at(1)), row.at(2)) << algorithm << ": " << row.at(1) << ": " << row.at(3);
    ++compared;
  }
  return compared;
}

}  // namespace tessera::test
