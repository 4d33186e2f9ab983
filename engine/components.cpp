#include "engine/components.hpp"

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/parallel_invoke.h>

#include <algorithm>
#include <limits>
#include <ranges>
#include <utility>

#include "data/check.hpp"
#include "data/sort_unique.hpp"
#include "engine/union_find.hpp"

namespace tessera {
namespace {

using RowPair = std::pair<Row, Row>;

constexpr Row kClosed = std::numeric_limits<Row>::max();  // the component needs no refinement
constexpr std::size_t kLinkGrain = 1 << 14;               // links a task: some 0.1 ms of work

/// Pairs with left < right, sorted, each once, of which both ends are in one component.
std::vector<RowPair> inner_pairs(std::span<const RowPair> pairs, const std::vector<Row>& label) {
  std::vector<RowPair> inner;
  for (auto [a, b] : pairs) {
    TESSERA_CHECK(a < label.size() && b < label.size() && a != b);
    if (label[a] == label[b]) inner.emplace_back(std::min(a, b), std::max(a, b));
  }
  sort_unique(inner);
  return inner;
}

/// Marks components that hold two records of one duplicate-free source.
void mark_repeated_sources(const ClusterConstraints& constraints, const std::vector<Row>& label,
                           std::vector<bool>& constrained) {
  for (std::size_t source = 0; source < constraints.duplicate_free.size(); ++source) {
    if (!constraints.duplicate_free[source]) continue;
    std::vector<bool> seen(label.size());  // by label
    for (Row row = 0; row < label.size(); ++row) {
      if (static_cast<std::size_t>(constraints.row_source[row]) != source) continue;
      if (seen[label[row]]) constrained[label[row]] = true;
      seen[label[row]] = true;
    }
  }
}

/// For each label the number of its component in the list of open ones, kClosed if it needs no
/// refinement.
std::vector<Row> number_open_components(std::span<const Link> links, double link_bits,
                                        const std::vector<Row>& label,
                                        const std::vector<bool>& constrained) {
  std::vector<Row> size(label.size());
  std::vector<std::uint32_t> strong(label.size());
  oneapi::tbb::parallel_invoke(
      [&] {
        for (const Row of : label) ++size[of];
      },
      [&] {
        for (const Link& link : links) {
          if (link.weight_bits >= link_bits) ++strong[label[link.left]];
        }
      });
  std::vector<Row> number(label.size(), kClosed);
  Row next = 0;
  for (Row row = 0; row < label.size(); ++row) {
    const std::uint64_t all_pairs = std::uint64_t{size[row]} * (size[row] - std::uint64_t{1}) / 2;
    const bool is_label = label[row] == row && size[row] >= 2;
    if (is_label && (constrained[row] || strong[row] < all_pairs)) number[row] = next++;
  }
  return number;
}

template <typename Item>
struct Buckets {
  std::vector<Item> items;           // by bucket
  std::vector<std::uint64_t> start;  // size buckets + 1, into items
};

/// Stable counting sort: `make` of the items whose bucket is not kClosed, by bucket.
template <typename Out, typename Items, typename BucketOf, typename Make>
Buckets<Out> fill_buckets(std::size_t buckets, const Items& items, BucketOf bucket_of, Make make) {
  Buckets<Out> out{{}, std::vector<std::uint64_t>(buckets + 1)};
  for (const auto& item : items) {
    if (const Row bucket = bucket_of(item); bucket != kClosed) ++out.start[bucket + std::size_t{1}];
  }
  for (std::size_t i = 1; i <= buckets; ++i) out.start[i] += out.start[i - 1];
  out.items.resize(out.start.back());
  std::vector<std::uint64_t> next(out.start.begin(), out.start.end() - 1);
  for (const auto& item : items) {
    if (const Row bucket = bucket_of(item); bucket != kClosed) {
      out.items[next[bucket]++] = make(item);
    }
  }
  return out;
}

}  // namespace

std::vector<Row> component_labels(std::span<const Link> links, std::span<const RowPair> must_links,
                                  double link_bits, Row rows) {
  UnionFind sets(rows);
  for (const auto& [a, b] : must_links) {
    TESSERA_CHECK(a < rows && b < rows && a != b);
    sets.join(a, b);
  }
  using Range = oneapi::tbb::blocked_range<std::size_t>;
  oneapi::tbb::parallel_for(Range(0, links.size(), kLinkGrain), [&](const Range& range) {
    for (std::size_t i = range.begin(); i < range.end(); ++i) {
      if (links[i].weight_bits >= link_bits) sets.join(links[i].left, links[i].right);
    }
  });
  std::vector<Row> label(rows);
  oneapi::tbb::parallel_for(Range(0, rows, kLinkGrain), [&](const Range& range) {
    for (std::size_t row = range.begin(); row < range.end(); ++row) {
      label[row] = sets.find(static_cast<Row>(row));
    }
  });
  return label;
}

Component Components::operator[](std::size_t i) const {
  const auto slice = [i](const auto& items, const std::vector<std::uint64_t>& start) {
    return std::span(items).subspan(start[i], start[i + 1] - start[i]);
  };
  return {slice(rows_, row_start_), slice(pairs_, pair_start_), slice(cannot_links_, cannot_start_),
          slice(must_links_, must_start_)};
}

ComponentMembers members_of_components(std::span<const Row> label) {
  constexpr Row kAlone = std::numeric_limits<Row>::max();
  std::vector<Row> place(label.size());  // by label: how many rows it has, then where the next goes
  for (const Row of : label) ++place[of];
  ComponentMembers components;
  Row listed = 0;
  for (Row& size_or_place : place) {
    const Row size = std::exchange(size_or_place, size_or_place > 1 ? listed : kAlone);
    if (size < 2) continue;
    listed += size;
    components.starts.push_back(listed);
  }
  components.rows.resize(listed);
  for (Row row = 0; row < label.size(); ++row) {
    if (Row& next = place[label[row]]; next != kAlone) components.rows[next++] = row;
  }
  return components;
}

Components connected_components(std::vector<Row> labels, std::span<const Link> links,
                                const ClusterConstraints& constraints, double link_bits) {
  const Row rows = static_cast<Row>(constraints.row_source.size());
  TESSERA_CHECK(labels.size() == rows);
  Components components;
  components.label = std::move(labels);
  const std::vector<Row>& label = components.label;

  const auto cannot_links = inner_pairs(constraints.cannot_links, label);
  const auto must_links = inner_pairs(constraints.must_links, label);
  std::vector<bool> constrained(rows);
  for (const auto& pair : cannot_links) constrained[label[pair.first]] = true;
  mark_repeated_sources(constraints, label, constrained);
  const std::vector<Row> number = number_open_components(links, link_bits, label, constrained);

  std::size_t open = 0;
  for (Row row = 0; row < rows; ++row) {
    if (label[row] == row) ++components.count;
    if (number[row] != kClosed) ++open;
  }
  const auto open_of = [&](const std::vector<RowPair>& pairs) {
    return fill_buckets<RowPair>(
        open, pairs, [&](const RowPair& pair) { return number[label[pair.first]]; },
        [](const RowPair& pair) { return pair; });
  };
  Buckets<Row> open_rows;
  Buckets<WeightedPair> open_pairs;
  Buckets<RowPair> open_cannot_links;
  Buckets<RowPair> open_must_links;
  oneapi::tbb::parallel_invoke(
      [&] {
        open_rows = fill_buckets<Row>(
            open, std::views::iota(Row{0}, rows), [&](Row row) { return number[label[row]]; },
            [](Row row) { return row; });
        open_cannot_links = open_of(cannot_links);
        open_must_links = open_of(must_links);
      },
      [&] {
        open_pairs = fill_buckets<WeightedPair>(
            open, links,
            [&](const Link& link) {
              return label[link.left] == label[link.right] ? number[label[link.left]] : kClosed;
            },
            [](const Link& link) {
              return WeightedPair{link.left, link.right, link.weight_bits};
            });
      });
  components.must_links_ = std::move(open_must_links.items);
  components.must_start_ = std::move(open_must_links.start);
  components.rows_ = std::move(open_rows.items);
  components.row_start_ = std::move(open_rows.start);
  components.pairs_ = std::move(open_pairs.items);
  components.pair_start_ = std::move(open_pairs.start);
  components.cannot_links_ = std::move(open_cannot_links.items);
  components.cannot_start_ = std::move(open_cannot_links.start);
  return components;
}

}  // namespace tessera
