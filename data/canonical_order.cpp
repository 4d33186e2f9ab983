#include "data/canonical_order.hpp"

#include <tbb/parallel_for.h>
#include <tbb/parallel_sort.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <numeric>
#include <utility>

#include "data/free_memory.hpp"
#include "data/heaviest_first.hpp"
#include "data/load_ahead.hpp"

namespace tessera {
namespace {

// Sorting compares these first: 8 bytes of the id behind what all ids of the source share.
struct IdKey {
  std::uint64_t prefix;
  Row row;
};

std::uint64_t big_endian_prefix(std::string_view text) {
  std::uint64_t word = 0;
  std::memcpy(&word, text.data(), std::min<std::size_t>(text.size(), 8));
  return std::endian::native == std::endian::little ? __builtin_bswap64(word) : word;
}

std::size_t shared_prefix(const TextList& ids, Row begin, Row end) {
  std::string_view shared = ids[begin];
  for (Row row = begin + 1; row < end && !shared.empty(); ++row) {
    const std::string_view id = ids[row];
    const std::size_t limit = std::min(id.size(), shared.size());
    std::size_t same = 0;
    while (same < limit && id[same] == shared[same]) ++same;
    shared = shared.substr(0, same);
  }
  return shared.size();
}

bool is_strictly_sorted(const TextList& ids, Row begin, Row end) {
  for (Row row = begin + 1; row < end; ++row) {
    if (ids[row - 1] >= ids[row]) return false;
  }
  return true;
}

// Sorts by prefix and keeps the order of equal ones: least byte first, a pass for each byte in
// which the keys differ (Knuth, The Art of Computer Programming 3, 5.2.5, algorithm R).
void sort_by_prefix(std::vector<IdKey>& keys) {
  constexpr std::size_t kBytes = 8;
  std::array<std::array<std::uint32_t, 256>, kBytes> ends{};
  const auto byte_of = [](const IdKey& key, std::size_t byte) {
    return static_cast<std::uint8_t>(key.prefix >> (8 * byte));
  };
  for (const IdKey& key : keys) {
    for (std::size_t byte = 0; byte < kBytes; ++byte) ++ends[byte][byte_of(key, byte)];
  }
  std::vector<IdKey> sorted(keys.size());
  for (std::size_t byte = 0; byte < kBytes; ++byte) {
    std::array<std::uint32_t, 256>& starts = ends[byte];
    if (starts[byte_of(keys.front(), byte)] == keys.size()) continue;
    std::exclusive_scan(starts.begin(), starts.end(), starts.begin(), std::uint32_t{0});
    for (const IdKey& key : keys) sorted[starts[byte_of(key, byte)]++] = key;
    keys.swap(sorted);
  }
}

struct SortedRows {
  std::vector<Row> rows;
  std::vector<bool> may_repeat;  // whether a row's id may be that of the row before
};

// Rows begin … end - 1 by record id, then by row.
SortedRows sort_by_id(const TextList& ids, Row begin, Row end) {
  if (begin == end) return {};
  const std::size_t skip = shared_prefix(ids, begin, end);
  std::vector<IdKey> keys(end - begin);
  tbb::parallel_for(begin, end, [&](Row row) {
    keys[row - begin] = {big_endian_prefix(ids[row].substr(skip)), row};
  });
  sort_by_prefix(keys);
  for (auto first = keys.begin(), last = first; first != keys.end(); first = last) {
    last = std::find_if(first, keys.end(),
                        [&](const IdKey& key) { return key.prefix != first->prefix; });
    if (last - first == 1) continue;
    tbb::parallel_sort(first, last, [&](const IdKey& a, const IdKey& b) {
      const int order = ids[a.row].compare(ids[b.row]);
      return order != 0 ? order < 0 : a.row < b.row;
    });
  }
  SortedRows sorted{.rows = std::vector<Row>(keys.size()),
                    .may_repeat = std::vector<bool>(keys.size(), false)};
  for (std::size_t i = 0; i < keys.size(); ++i) {
    sorted.rows[i] = keys[i].row;
    sorted.may_repeat[i] = i > 0 && keys[i].prefix == keys[i - 1].prefix;
  }
  return sorted;
}

// Whether row a's content is less than row b's; equal content: the earlier row.
bool content_less(const EncodedRows& rows, Row a, Row b) {
  const auto compare = [&](const RawColumn& column) {
    if (column.codes.empty() || column.codes[a] == column.codes[b]) return 0;
    return column.values[column.codes[a]].compare(column.values[column.codes[b]]);
  };
  for (const RawColumn& column : rows.columns) {
    if (const int order = compare(column); order != 0) return order < 0;
  }
  const int order = compare(rows.updated);
  return order != 0 ? order < 0 : a < b;
}

// Appends the rows of one source to `order`, one for each record id; returns those left out.
std::vector<Row> append_distinct(const EncodedRows& rows, const SortedRows& sorted,
                                 std::vector<Row>& order) {
  std::vector<Row> left_out;
  for (std::size_t begin = 0, end = 0; begin < sorted.rows.size(); begin = end) {
    Row best = sorted.rows[begin];
    for (end = begin + 1; end < sorted.rows.size() && sorted.may_repeat[end] &&
                          rows.record_ids[sorted.rows[end]] == rows.record_ids[best];
         ++end) {
      const Row other = sorted.rows[end];
      const bool other_wins = content_less(rows, other, best);
      left_out.push_back(other_wins ? best : other);
      if (other_wins) best = other;
    }
    order.push_back(best);
  }
  return left_out;
}

struct Order {
  std::vector<Row> rows;  // which input row each output row is
  std::vector<std::uint64_t> source_sizes;
  std::vector<RepeatedRow> repeated;
  bool is_identity = true;
};

struct SourceOrder {
  std::vector<Row> rows;
  std::vector<std::uint64_t> repeated;  // lines, ascending
  bool is_identity = true;
};

SourceOrder find_order(const EncodedRows& rows, Row begin, Row end) {
  SourceOrder order;
  if (is_strictly_sorted(rows.record_ids, begin, end)) {
    order.rows.resize(end - begin);
    std::iota(order.rows.begin(), order.rows.end(), begin);
    return order;
  }
  order.is_identity = false;
  order.rows.reserve(end - begin);
  for (const Row row : append_distinct(rows, sort_by_id(rows.record_ids, begin, end), order.rows)) {
    order.repeated.push_back(rows.lines.line_of(row));
  }
  std::sort(order.repeated.begin(), order.repeated.end());
  return order;
}

Order find_order(const EncodedRows& rows) {
  const std::span<const Row> begins = rows.source_begins;
  std::vector<SourceOrder> sources(begins.size() - 1);
  std::vector<std::uint64_t> weights;
  for (std::size_t s = 0; s < sources.size(); ++s) weights.push_back(begins[s + 1] - begins[s]);
  for_each_heaviest_first(
      weights, [&](std::size_t s) { sources[s] = find_order(rows, begins[s], begins[s + 1]); });
  Order order;
  order.rows.reserve(rows.record_ids.size());
  for (std::size_t s = 0; s < sources.size(); ++s) {
    SourceOrder& of = sources[s];
    order.rows.insert(order.rows.end(), of.rows.begin(), of.rows.end());
    order.source_sizes.push_back(of.rows.size());
    order.is_identity = order.is_identity && of.is_identity;
    for (const std::uint64_t line : of.repeated) {
      order.repeated.push_back({static_cast<SourceId>(s), line});
    }
    give_back(of.rows);
  }
  return order;
}

// The column in the new order, its codes numbered by first appearance. Rows, codes and texts are
// all read out of order: a chunk is read in passes, so that the misses overlap.
RawColumn reorder(const RawColumn& column, const std::vector<Row>& order) {
  constexpr std::size_t kChunk = 128;
  RawColumn out;
  if (column.codes.empty()) return out;
  out.codes.resize(order.size());
  out.values.reserve(column.values.size(), column.values.bytes().size());
  std::vector<Code> new_codes(column.values.size(), kMissing);
  for (std::size_t begin = 0; begin < order.size(); begin += kChunk) {
    const std::size_t end = std::min(begin + kChunk, order.size());
    for (std::size_t i = begin; i < end; ++i) {
      out.codes[i] = column.codes[order[i]];
      load_ahead(&new_codes[out.codes[i]]);
    }
    for (std::size_t i = begin; i < end; ++i) {
      const Code old_code = out.codes[i];
      if (new_codes[old_code] == kMissing) column.values.prefetch_place(old_code);
    }
    for (std::size_t i = begin; i < end; ++i) {
      const Code old_code = out.codes[i];
      if (new_codes[old_code] == kMissing) column.values.prefetch_text(old_code);
    }
    for (std::size_t i = begin; i < end; ++i) {
      const Code old_code = out.codes[i];
      if (old_code == kMissing) continue;
      Code& new_code = new_codes[old_code];
      if (new_code == kMissing) new_code = out.values.append(column.values[old_code]);
      out.codes[i] = new_code;
    }
  }
  out.values.shrink_to_fit();
  return out;
}

TextList reorder(const TextList& texts, const std::vector<Row>& order) {
  constexpr std::size_t kAhead = 16;
  TextList out;
  out.reserve(order.size(), texts.bytes().size());  // but for few, rows are all kept
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i + 2 * kAhead < order.size()) texts.prefetch_place(order[i + 2 * kAhead]);
    if (i + kAhead < order.size()) texts.prefetch_text(order[i + kAhead]);
    out.append(texts[order[i]]);
  }
  return out;
}

}  // namespace

OrderedRows order_rows(EncodedRows rows) {
  Order order = find_order(rows);
  rows.lines = {};
  if (order.is_identity) {
    for (RawColumn& column : rows.columns) column.values.shrink_to_fit();  // kept as they are
  } else {
    const std::size_t column_count = rows.columns.size();
    std::vector<std::uint64_t> weights;
    for (const RawColumn& column : rows.columns) weights.push_back(column.values.size());
    weights.push_back(rows.record_ids.size());
    weights.push_back(rows.updated.values.size());
    for_each_heaviest_first(weights, [&](std::size_t task) {
      if (task < column_count) {
        rows.columns[task] = reorder(rows.columns[task], order.rows);
      } else if (task == column_count) {
        rows.record_ids = reorder(rows.record_ids, order.rows);
      } else {
        rows.updated = reorder(rows.updated, order.rows);
      }
    });
  }
  OrderedRows out;
  out.repeated = std::move(order.repeated);
  out.table.row_source.reserve(order.rows.size());
  for (std::size_t s = 0; s < order.source_sizes.size(); ++s) {
    out.table.row_source.insert(out.table.row_source.end(), order.source_sizes[s],
                                static_cast<SourceId>(s));
  }
  out.table.record_ids = std::move(rows.record_ids);
  out.table.columns = std::move(rows.columns);
  out.table.updated = std::move(rows.updated.codes);
  out.table.updated_values = std::move(rows.updated.values);
  return out;
}

}  // namespace tessera
