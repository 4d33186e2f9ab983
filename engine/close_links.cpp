#include "engine/close_links.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <numeric>
#include <span>

#include "data/sort_unique.hpp"
#include "engine/candidates.hpp"

namespace tessera {
namespace {

// By row, size n + 1: where its links begin, as the left one.
std::vector<std::size_t> first_links(const std::vector<Link>& links, Row n) {
  std::vector<std::size_t> first(n + std::size_t{1});
  for (const Link& link : links) ++first[link.left + std::size_t{1}];
  std::partial_sum(first.begin(), first.end(), first.begin());
  return first;
}

class Closer {
 public:
  Closer(const std::vector<Link>& links, const Table& table, const PairSpace& space,
         const PairWeigher& weigher, const ClosureOptions& options)
      : links_(links),
        first_(first_links(links, table.size())),
        table_(table),
        space_(space),
        weigher_(weigher),
        options_(options) {}

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
    return std::span(links_).subspan(first_[left], first_[left + std::size_t{1}] - first_[left]);
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
      sort_unique(wanted);
    }
    std::erase_if(wanted, [&](Row row) {
      return std::any_of(mine.begin(), mine.end(), [&](const Link& l) { return l.right == row; });
    });
    return wanted;
  }

  const std::vector<Link>& links_;
  std::vector<std::size_t> first_;
  const Table& table_;
  const PairSpace& space_;
  const PairWeigher& weigher_;
  const ClosureOptions& options_;
};

}  // namespace

Closure close_links(std::vector<Link> links, const ComponentMembers& components, const Table& table,
                    const PairSpace& space, const PairWeigher& weigher,
                    const ClosureOptions& options) {
  std::vector<std::uint32_t> open;  // of two rows are the ends of a link
  for (std::uint32_t i = 0; i < components.size(); ++i) {
    if (components[i].size() > 2) open.push_back(i);
  }
  std::vector<std::pair<std::vector<Link>, std::uint64_t>> results(open.size());
  const Closer closer(links, table, space, weigher, options);
  tbb::parallel_for(std::size_t{0}, open.size(),
                    [&](std::size_t i) { results[i] = closer.close(components[open[i]]); });
  std::vector<Link> added;
  Closure closure;
  for (const auto& [found, compared] : results) {
    added.insert(added.end(), found.begin(), found.end());
    closure.pairs_compared += compared;
  }
  std::sort(added.begin(), added.end(), by_ends);
  closure.found = added.size();
  const auto known = static_cast<std::ptrdiff_t>(links.size());
  links.insert(links.end(), added.begin(), added.end());
  std::inplace_merge(links.begin(), links.begin() + known, links.end(), by_ends);
  closure.links = std::move(links);
  return closure;
}

}  // namespace tessera
