#include "engine/index_rule.hpp"

#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_sort.h>

#include <algorithm>
#include <numeric>

#include "data/error.hpp"
#include "data/free_memory.hpp"
#include "engine/candidates.hpp"
#include "engine/job_aids.hpp"
#include "index/nearest.hpp"

namespace tessera {
namespace {

constexpr Row kRowsPerTask = 256;

using RowPair = std::pair<Row, Row>;

struct AlikePair {
  RowPair rows;
  std::uint32_t likeness = 0;
};

// By the pair, the greater likeness first.
bool in_order(const AlikePair& a, const AlikePair& b) {
  return a.rows != b.rows ? a.rows < b.rows : a.likeness > b.likeness;
}

// The likeness of two records times the share that it is of what either says: two of a household
// have much in common, and as much that differs.
void weigh_by_share(const ValueIndex& index, std::vector<AlikePair>& pairs) {
  tbb::parallel_for(std::size_t{0}, pairs.size(), [&](std::size_t i) {
    const auto& [left, right] = pairs[i].rows;
    const std::uint64_t both =
        std::uint64_t{own_likeness(index, left)} + own_likeness(index, right);
    const std::uint64_t common = pairs[i].likeness;
    pairs[i].likeness =
        static_cast<std::uint32_t>(2 * common * common / std::max(std::uint64_t{1}, both));
  });
}

// Each pair once, ascending; of them the `most` most alike, if that is not 0.
std::vector<RowPair> choose_pairs(const ValueIndex& index, std::vector<AlikePair> found,
                                  std::uint64_t most) {
  tbb::parallel_sort(found.begin(), found.end(), in_order);
  const auto same = [](const AlikePair& a, const AlikePair& b) { return a.rows == b.rows; };
  found.erase(std::unique(found.begin(), found.end(), same), found.end());
  if (most != 0 && most < found.size()) {
    weigh_by_share(index, found);
    tbb::parallel_sort(found.begin(), found.end(), [](const AlikePair& a, const AlikePair& b) {
      return a.likeness != b.likeness ? a.likeness > b.likeness : a.rows < b.rows;
    });
    found.resize(most);
    tbb::parallel_sort(found.begin(), found.end(), in_order);
  }
  std::vector<RowPair> pairs;
  pairs.reserve(found.size());
  for (const AlikePair& pair : found) pairs.push_back(pair.rows);
  return pairs;
}

// Per rule and block: its records.
std::vector<std::vector<std::uint32_t>> block_sizes(const Blocking& blocking) {
  std::vector<std::vector<std::uint32_t>> sizes;
  for (const RuleBlocks& rule : blocking.rules) {
    std::vector<std::uint32_t>& of = sizes.emplace_back(std::size_t{rule.blocks} + 1, 0);
    for (const BlockNumber block : rule.is_single() ? rule.single : rule.several) ++of[block];
  }
  return sizes;
}

std::vector<Row> rows_to_look_up(const Blocking& exact, Row rows, std::uint32_t few) {
  std::vector<Row> wanted;
  const auto sizes = block_sizes(exact);
  for (Row row = 0; row < rows; ++row) {
    std::uint64_t candidates = 0;
    for (std::size_t r = 0; r < exact.rules.size(); ++r) {
      for (const BlockNumber block : exact.rules[r].of(row)) candidates += sizes[r][block] - 1;
    }
    if (few == IndexRule::kAll || candidates < few) wanted.push_back(row);
  }
  return wanted;
}

// Per source: the sources whose records may be linked with one of it.
std::vector<std::vector<bool>> open_sources(const Table& table, const PairSpace& space) {
  const std::size_t sources = table.sources.size();
  std::vector<std::vector<bool>> open(sources, std::vector<bool>(sources));
  for (std::size_t a = 0; a < sources; ++a) {
    for (std::size_t b = 0; b < sources; ++b) {
      open[a][b] = may_be_linked(space, static_cast<SourceId>(a), static_cast<SourceId>(b));
    }
  }
  return open;
}

// A block of two for each pair.
RuleBlocks blocks_of(const std::vector<RowPair>& pairs, Row rows) {
  RuleBlocks blocks;
  blocks.blocks = static_cast<BlockNumber>(pairs.size());
  blocks.largest_block = pairs.empty() ? 0 : 2;
  blocks.offsets.assign(std::size_t{rows} + 1, 0);
  for (const auto& [left, right] : pairs) {
    ++blocks.offsets[left];
    ++blocks.offsets[right];
  }
  for (Row row = 0; row < rows; ++row) blocks.rows_without_key += blocks.offsets[row] == 0 ? 1 : 0;
  std::inclusive_scan(blocks.offsets.begin(), blocks.offsets.end(), blocks.offsets.begin());
  blocks.several.resize(blocks.offsets.back());
  for (std::size_t p = pairs.size(); p-- > 0;) {  // the ends become the starts
    blocks.several[--blocks.offsets[pairs[p].first]] = static_cast<BlockNumber>(p + 1);
    blocks.several[--blocks.offsets[pairs[p].second]] = static_cast<BlockNumber>(p + 1);
  }
  return blocks;
}

}  // namespace

IndexedPairs find_indexed_pairs(const Table& table, const JobSpec& job, const IndexRule& rule,
                                const Blocking& exact, const PairSpace& space) {
  const std::vector<Row> wanted = rows_to_look_up(exact, table.size(), rule.few);
  IndexedPairs found;
  found.looked_up = wanted.size();
  if (wanted.empty()) {
    found.blocks = blocks_of({}, table.size());
    return found;
  }
  const ValueIndex index(table, compared_columns(job));
  const std::vector<std::vector<bool>> open = open_sources(table, space);
  NearestOptions options;
  options.top = rule.top;
  tbb::enumerable_thread_specific<NearestSearch> searches([&] { return NearestSearch(index); });
  struct Part {
    std::vector<AlikePair> pairs;
    std::uint64_t not_complete = 0;
  };
  std::vector<Part> parts((wanted.size() + kRowsPerTask - 1) / kRowsPerTask);
  tbb::parallel_for(std::size_t{0}, parts.size(), [&](std::size_t p) {
    NearestSearch& search = searches.local();
    const std::size_t end = std::min<std::size_t>((p + 1) * kRowsPerTask, wanted.size());
    for (std::size_t i = p * kRowsPerTask; i < end; ++i) {
      const Row row = wanted[i];
      const auto source = static_cast<std::size_t>(table.row_source[row]);
      const NearestRows near = search.near_row(row, open[source], options);
      parts[p].not_complete += near.complete ? 0 : 1;
      for (const Near& of : near.rows) {
        const RowPair pair = std::minmax(row, of.row);
        if (!shares_block(exact, pair.first, pair.second)) {
          parts[p].pairs.push_back({pair, of.likeness});
        }
      }
    }
  });
  std::vector<AlikePair> all;
  for (Part& part : parts) {
    all.insert(all.end(), part.pairs.begin(), part.pairs.end());
    found.not_complete += part.not_complete;
    give_back(part.pairs);
  }
  const std::vector<RowPair> pairs = choose_pairs(index, std::move(all), rule.pairs);
  if (pairs.size() > std::size_t{1} << 31) {
    throw Error(ErrorCode::kResource, rule.text,
                "makes more than 2^31 pairs; ask for fewer with a lesser top, or look up only "
                "records with few candidates, as in index(top=10, few=20)");
  }
  found.blocks = blocks_of(pairs, table.size());
  return found;
}

}  // namespace tessera
