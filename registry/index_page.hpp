// Postings and the pages that hold them: how the index from block names to records is written.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "blocking/row_keys.hpp"

namespace tessera {

/// A block name of a record, cut to 32 bits, and the record's row in the store; ordered by both.
struct Posting {
  std::uint32_t key = 0;
  std::int64_t row = 0;
  friend bool operator==(const Posting&, const Posting&) = default;
  friend auto operator<=>(const Posting&, const Posting&) = default;
};

/// The postings of one rule, ascending, each once, from the names of its blocks; rows: each table
/// row's row in the store. Cost: sorts the names, in parallel.
std::vector<Posting> postings_of(std::vector<RowKey> names, std::span<const std::int64_t> rows);

/// The upper bits of keys by which so many postings of a rule are parted, for pages of some 700; at
/// most kPartBits.
inline constexpr unsigned kPartBits = 24;
unsigned part_bits(std::size_t postings);

/// The part that a key falls into.
constexpr std::uint32_t part_of(std::uint32_t key, unsigned bits) {
  return bits == 0 ? 0 : key >> (32 - bits);
}

/// Calls visit(part, its postings) for each part that has some. REQUIRES: ascending.
template <class Visit>
void for_each_part(std::span<const Posting> postings, unsigned bits, const Visit& visit) {
  for (std::size_t start = 0, i = 1; i <= postings.size(); ++i) {
    const std::uint32_t part = part_of(postings[start].key, bits);
    if (i < postings.size() && part_of(postings[i].key, bits) == part) continue;
    visit(part, postings.subspan(start, i - start));
    start = i;
  }
}

/// The bytes of a part's postings (ascending), and back; nothing where the bytes are not what was
/// written.
std::string encode_page(std::span<const Posting> postings, std::uint32_t part, unsigned bits);
std::optional<std::vector<Posting>> decode_page(std::string_view bytes, std::uint32_t part,
                                                unsigned bits);

}  // namespace tessera
