// Small cleaned tables for tests, written as rows of text.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "data/table.hpp"

namespace tessera::test {

struct TestColumn {
  std::string name;
  Kind kind = Kind::kName;
};

/// A table of one source `s` (or, with `sources`, a source number per row, ascending) whose values
/// are already clean. rows: each as long as columns; an empty text is missing. Record ids are r0,
/// r1, …
Table make_table(const std::vector<TestColumn>& columns,
                 const std::vector<std::vector<std::string>>& rows,
                 const std::vector<std::uint16_t>& sources = {});

/// A random table for properties: `rows` persons-like rows with names from a small pool, typos,
/// dates and missing values.
Table random_people(std::uint32_t rows, std::uint64_t seed, std::uint16_t sources = 1);

/// The columns of random_people.
std::vector<TestColumn> people_columns();

}  // namespace tessera::test
