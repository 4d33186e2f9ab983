#include "engine/close_links.hpp"

#include <tbb/parallel_for.h>
#include <tbb/parallel_sort.h>

#include <algorithm>
#include <span>

#include "engine/candidates.hpp"
#include "engine/union_find.hpp"

namespace tessera {
namespace {

bool by_ends(const Link& a, const Link& b) {
  return a.left != b.left ? a.left < b.left : a.right < b.right;
}

// Rows of components of three or more, component after component, each ascending.
struct Grouped {
  std::vector<Row> rows;
  std::vector<std::size_t> starts{0};
};

Grouped group_rows(const std::vector<Link>& links, Row n, double link_bits) {
  UnionFind sets(n);
  std::vector<std::pair<Row, Row>> labelled;
  for (const Link& link : links) {
    if (link.weight_bits >= link_bits) sets.join(link.left, link.right);
  }
  for (const Link& link : links) {
    if (link.weight_bits < link_bits) continue;
    labelled.emplace_back(sets.find(link.left), link.left);
    labelled.emplace_back(sets.find(link.right), link.right);
  }
  tbb::parallel_sort(labelled.begin(), labelled.end());
  labelled.erase(std::unique(labelled.begin(), labelled.end()), labelled.end());
  Grouped grouped;
  for (std::size_t start = 0, i = 1; i <= labelled.size(); ++i) {
    if (i < labelled.size() && labelled[i].first == labelled[start].first) continue;
    if (i - start > 2) {
      for (std::size_t k = start; k < i; ++k) grouped.rows.push_back(labelled[k].second);
      grouped.starts.push_back(grouped.rows.size());
    }
    start = i;
  }
  return grouped;
}

class Closer {
 public:
  Closer(const std::vector<Link>& links, const Table& table, const PairSpace& space,
         const PairWeigher& weigher, const ClosureOptions& options)
      : links_(links), table_(table), space_(space), weigher_(weigher), options_(options) {}

  // The links found in one component, and how many pairs were compared.
  std::pair<std::vector<Link>, std::uint64_t> close(std::span<const Row> rows) const {
    std::vector<Link> found;
    std::uint64_t compared = 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      for (const Row right : partners(rows, i)) {
        if (!may_be_linked(table_, space_, rows[i], right)) continue;
        const Pattern pattern = weigher_.comparer().pattern(rows[i], right);
        const double weight = weigher_.weight_bits(pattern, rows[i], right);
        ++compared;
        if (weight >= options_.keep_bits) {
          found.push_back({rows[i], right, pattern, weight, kClosureRule});
        }
      }
    }
    return {std::move(found), compared};
  }

 private:
  std::span<const Link> links_from(Row left) const {
    const auto from = std::lower_bound(links_.begin(), links_.end(), left,
                                       [](const Link& link, Row row) { return link.left < row; });
    const auto to = std::upper_bound(from, links_.end(), left,
                                     [](Row row, const Link& link) { return row < link.left; });
    return {from, to};
  }

  // Rows after rows[i] that it has no link with yet; in a large component only ends of links that
  // share its right ends.
  std::vector<Row> partners(std::span<const Row> rows, std::size_t i) const {
    std::vector<Row> wanted;
    const std::span<const Link> mine = links_from(rows[i]);
    if (rows.size() <= options_.max_component) {
      wanted.assign(rows.begin() + static_cast<std::ptrdiff_t>(i) + 1, rows.end());
    } else {
      for (const Link& link : mine) {
        for (const Link& next : links_from(link.right)) wanted.push_back(next.right);
        if (wanted.size() > options_.max_component) break;
      }
      std::sort(wanted.begin(), wanted.end());
      wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    }
    std::erase_if(wanted, [&](Row row) {
      return std::any_of(mine.begin(), mine.end(), [&](const Link& l) { return l.right == row; });
    });
    return wanted;
  }

  const std::vector<Link>& links_;
  const Table& table_;
  const PairSpace& space_;
  const PairWeigher& weigher_;
  const ClosureOptions& options_;
};

}  // namespace

Closure close_links(std::vector<Link> links, const Table& table, const PairSpace& space,
                    const PairWeigher& weigher, const ClosureOptions& options) {
  const Grouped grouped = group_rows(links, table.size(), options.link_bits);
  const std::size_t components = grouped.starts.size() - 1;
  std::vector<std::pair<std::vector<Link>, std::uint64_t>> results(components);
  const Closer closer(links, table, space, weigher, options);
  tbb::parallel_for(std::size_t{0}, components, [&](std::size_t i) {
    results[i] =
        closer.close(std::span(grouped.rows)
                         .subspan(grouped.starts[i], grouped.starts[i + 1] - grouped.starts[i]));
  });
  Closure closure;
  closure.links = std::move(links);
  for (const auto& [found, compared] : results) {
    closure.links.insert(closure.links.end(), found.begin(), found.end());
    closure.found += found.size();
    closure.pairs_compared += compared;
  }
  tbb::parallel_sort(closure.links.begin(), closure.links.end(), by_ends);
  return closure;
}

}  // namespace tessera
