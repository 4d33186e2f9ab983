// Postings and the pages that hold them: how the index from block names to records is written.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
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

/// Reads a page's postings one by one, without holding them.
class PageCursor {
 public:
  /// bytes: a page found whole (is_whole_page), which must outlive the cursor.
  PageCursor(std::string_view bytes, std::uint32_t part, unsigned bits);

  /// The next posting in order; false at the end.
  bool next(Posting& posting) {
    if (at_ == end_) return false;
    key_ += static_cast<std::uint32_t>(take_number());
    posting = {key_, static_cast<std::int64_t>(take_number())};
    return true;
  }

 private:
  std::uint64_t take_number() {
    if (end_ - at_ >= 8) {
      // Up to four bytes at once, which nearly all numbers have: seven bits of each.
      std::uint64_t bytes = 0;
      std::memcpy(&bytes, at_, sizeof bytes);
      const auto last = static_cast<unsigned>(std::countr_zero(~bytes & 0x80808080U));
      if (last < 32) {
        at_ += last / 8 + 1;
        bytes &= (std::uint64_t{2} << last) - 1;
        return (bytes & 0x7f) | ((bytes >> 1) & 0x3f80) | ((bytes >> 2) & 0x1fc000) |
               ((bytes >> 3) & 0xfe00000);
      }
    }
    std::uint64_t number = 0;
    for (unsigned shift = 0; shift < 64 && at_ != end_; shift += 7) {
      const auto byte = static_cast<unsigned char>(*at_++);
      number |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
      if (byte < 0x80) break;
    }
    return number;
  }

  const char* at_;
  const char* end_;
  std::uint32_t key_;
};

/// The bytes of a part's postings (ascending), whether they are what was written, and back; nothing
/// where they are not.
std::string encode_page(std::span<const Posting> postings, std::uint32_t part, unsigned bits);
bool is_whole_page(std::string_view bytes);
std::optional<std::vector<Posting>> decode_page(std::string_view bytes, std::uint32_t part,
                                                unsigned bits);

}  // namespace tessera
