// The columns of the three registries' files: each names and orders them its own way.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "generate/clerk.hpp"
#include "generate/permutation.hpp"

namespace tessera {

/// The name of the source: `client`, `social`, `crvs`; with `.csv` the name of its file.
std::string_view registry_name(Registry registry);

/// The file's first line, line break included.
std::string_view header_line(Registry registry);
inline constexpr std::string_view kTruthHeader = "source,record_id,entity_id\n";
inline constexpr std::string_view kTwinsHeader = "entity_id,twin_entity_id\n";

/// Opaque ids: keyed permutations of numbers that are in order. Immutable.
class IdBook {
 public:
  explicit IdBook(std::uint64_t seed);

  /// Ten digits behind the registry's letters, unique in it.
  std::string record_id(Registry registry, std::uint64_t person, std::size_t copy) const;

  /// `E` and ten hexadecimal digits.
  std::string entity_id(std::uint64_t person) const;

  /// `H` and ten digits. number: Entry::household_number.
  std::string household_id(std::uint64_t number) const;

 private:
  std::array<KeyedPermutation, kRegistries> records_;
  KeyedPermutation entities_;
  KeyedPermutation households_;
};

/// Appends the entry's row, line break included, in the registry's columns.
void append_row(std::string& out, Registry registry, const Entry& entry, std::string_view record_id,
                const IdBook& ids);

}  // namespace tessera
