// Invented names and records for the benchmarks: seeded, so every run measures the same work.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tessera::bench {

/// What the names are like.
struct NameOptions {
  std::size_t shortest = 6;  ///< Letters.
  std::size_t longest = 8;
  std::uint64_t seed = 1;
};

/// `count` lower-case names of Latin letters, syllable upon syllable; about every fourth is its
/// predecessor with one letter changed, so that distances are not all large.
std::vector<std::string> invented_names(std::size_t count, const NameOptions& options);

/// A CSV extract of `rows` invented people with the header
/// `record_id,given_name,family_name,birth_date,sex,village,phone,national_id`. Names repeat as
/// names do, ids and phones do not; every 16th value is empty.
std::string invented_extract(std::size_t rows, std::uint64_t seed);

}  // namespace tessera::bench
