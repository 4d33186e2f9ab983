// A page holds the postings of a part of a rule's keys:
//
//   page    := digest (8 bytes, little endian: hash_bytes of the rest) posting*
//   posting := key less the key before (the first: less the part's least key), LEB128; row, LEB128
//
// ascending by key, then row.
#include "registry/index_page.hpp"

#include <algorithm>
#include <bit>

namespace tessera {
namespace {

constexpr std::size_t kPagePostings = 700;  // aimed at: with 5 bytes each, one page of the file
constexpr std::size_t kDigestBytes = 8;

std::uint32_t least_key(std::uint32_t part, unsigned bits) {
  return bits == 0 ? 0 : part << (32 - bits);
}

void append_number(std::string& bytes, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7) bytes.push_back(static_cast<char>(number | 0x80));
  bytes.push_back(static_cast<char>(number));
}

std::string digest_bytes(std::string_view bytes) {
  std::uint64_t digest = hash_bytes(bytes);
  std::string out;
  for (std::size_t i = 0; i < kDigestBytes; ++i, digest >>= 8) {
    out.push_back(static_cast<char>(digest));
  }
  return out;
}

}  // namespace

std::vector<Posting> postings_of(std::vector<RowKey> names, std::span<const std::int64_t> rows) {
  sort_row_keys(names);
  std::vector<Posting> postings;
  postings.reserve(names.size());
  for (const RowKey& name : names) {
    postings.push_back({static_cast<std::uint32_t>(name.key >> 32), rows[name.row]});
  }
  // Ascending by key; the rows of one key may be in another order than those of the table.
  for (auto start = postings.begin(), i = start; start != postings.end(); start = i) {
    while (i != postings.end() && i->key == start->key) ++i;
    std::sort(start, i);
  }
  postings.erase(std::unique(postings.begin(), postings.end()), postings.end());
  return postings;
}

unsigned part_bits(std::size_t postings) {
  return std::min(kPartBits, static_cast<unsigned>(std::bit_width(postings / kPagePostings)));
}

std::string encode_page(std::span<const Posting> postings, std::uint32_t part, unsigned bits) {
  std::string bytes(kDigestBytes, '\0');
  std::uint32_t key = least_key(part, bits);
  for (const Posting& posting : postings) {
    append_number(bytes, posting.key - key);
    append_number(bytes, static_cast<std::uint64_t>(posting.row));
    key = posting.key;
  }
  bytes.replace(0, kDigestBytes, digest_bytes(std::string_view(bytes).substr(kDigestBytes)));
  return bytes;
}

bool is_whole_page(std::string_view bytes) {
  return bytes.size() >= kDigestBytes &&
         digest_bytes(bytes.substr(kDigestBytes)) == bytes.substr(0, kDigestBytes);
}

PageCursor::PageCursor(std::string_view bytes, std::uint32_t part, unsigned bits)
    : at_(bytes.data() + kDigestBytes),
      end_(bytes.data() + bytes.size()),
      key_(least_key(part, bits)) {}

std::optional<std::vector<Posting>> decode_page(std::string_view bytes, std::uint32_t part,
                                                unsigned bits) {
  if (!is_whole_page(bytes)) return std::nullopt;
  std::vector<Posting> postings;
  PageCursor cursor(bytes, part, bits);
  for (Posting posting; cursor.next(posting);) postings.push_back(posting);
  return postings;
}

}  // namespace tessera
