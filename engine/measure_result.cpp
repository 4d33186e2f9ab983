#include "engine/measure_result.hpp"

#include <tbb/parallel_for.h>
#include <tbb/parallel_invoke.h>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <optional>

#include "engine/bin_weights.hpp"

namespace tessera {
namespace {

constexpr std::size_t kBins = 2 * kMostBinBits + 1;

std::vector<Row> source_begins(const Table& table) {
  std::vector<Row> begins(table.sources.size() + 1, table.size());
  for (Row row = table.size(); row-- > 0;)
    begins[static_cast<std::size_t>(table.row_source[row])] = row;
  for (std::size_t s = table.sources.size(); s-- > 0;)
    begins[s] = std::min(begins[s], begins[s + 1]);
  return begins;
}

std::vector<ResultFacts::Fill> measure_fill(const MeasuredJob& job, std::span<const Row> begins) {
  std::vector<ResultFacts::Fill> fills(job.attributes);
  tbb::parallel_for(std::size_t{0}, job.attributes, [&](std::size_t a) {
    const Column& column = job.table.columns[a];
    fills[a].attribute = column.name;
    for (std::size_t s = 0; s + 1 < begins.size(); ++s) {
      const auto missing = std::count(column.codes.begin() + begins[s],
                                      column.codes.begin() + begins[s + 1], kMissing);
      fills[a].records.push_back(begins[s + 1] - begins[s] - static_cast<std::uint64_t>(missing));
    }
  });
  return fills;
}

std::vector<ResultFacts::Bin> measure_weights(std::span<const Link> links) {
  std::array<std::uint64_t, kBins> pairs{};
  for (const Link& link : links) {
    ++pairs[static_cast<std::size_t>(bin_of(link.weight_bits) + kMostBinBits)];
  }
  std::vector<ResultFacts::Bin> bins;
  for (std::size_t i = 0; i < kBins; ++i) {
    if (pairs[i] > 0) bins.push_back({static_cast<int>(i) - kMostBinBits, pairs[i]});
  }
  return bins;
}

std::vector<ResultFacts::SourcePair> measure_source_pairs(const MeasuredJob& job) {
  const Table& table = job.table;
  std::vector<ResultFacts::SourcePair> all(count_source_pairs(table.sources.size()));
  for (const Link& link : job.links) {
    ResultFacts::SourcePair& of =
        all[source_pair_number(table.row_source[link.left], table.row_source[link.right])];
    const bool together = job.clusters.label[link.left] == job.clusters.label[link.right];
    ++(link.weight_bits < job.link_bits ? of.review : together ? of.links : of.cut);
  }
  std::vector<ResultFacts::SourcePair> shown;
  for (std::size_t low = 0; low < table.sources.size(); ++low) {
    for (std::size_t high = low; high < table.sources.size(); ++high) {
      const auto a = static_cast<SourceId>(low);
      const auto b = static_cast<SourceId>(high);
      if (possible_pairs(job.space, a, b) == 0) continue;
      ResultFacts::SourcePair& of = shown.emplace_back(all[source_pair_number(a, b)]);
      of.left = table.sources[low].name;
      of.right = table.sources[high].name;
    }
  }
  return shown;
}

// A link within an entity.
struct InnerLink {
  Row label = 0;
  std::uint32_t link = 0;  // in the job's list
  double weight_bits = 0.0;
};

// Links within entities, the strongest first, in steps of 1/16 bit: finer would show in no chart.
std::vector<InnerLink> by_strength(const MeasuredJob& job) {
  constexpr std::size_t kSteps = 16 * kBins;
  const auto step_of = [](double bits) {
    const double steps = 16.0 * (std::clamp(bits, -double{kMostBinBits}, double{kMostBinBits}) +
                                 double{kMostBinBits});
    return kSteps - 1 - static_cast<std::size_t>(steps);
  };
  std::vector<std::uint32_t> begins(kSteps + 1, 0);
  std::vector<InnerLink> inner;
  inner.reserve(job.links.size());
  for (std::uint32_t i = 0; i < job.links.size(); ++i) {
    const Link& link = job.links[i];
    const Row label = job.clusters.label[link.left];
    if (label != job.clusters.label[link.right]) continue;
    inner.push_back({label, i, link.weight_bits});
    ++begins[step_of(link.weight_bits) + 1];
  }
  std::partial_sum(begins.begin(), begins.end(), begins.begin());
  std::vector<InnerLink> order(inner.size());
  for (const InnerLink& link : inner) order[begins[step_of(link.weight_bits)]++] = link;
  return order;
}

// Kruskal (1956): the strongest links first, each where it joins two parts; the last one that an
// entity takes is its weakest.
std::vector<ResultFacts::Size> measure_sizes(const MeasuredJob& job) {
  const Row rows = job.table.size();
  std::vector<Row> records(rows, 0);
  for (const Row label : job.clusters.label) ++records[label];
  std::vector<Row> parts = records;  // by label: parts not joined yet
  std::vector<Row> parent(rows);
  std::iota(parent.begin(), parent.end(), 0);
  const auto root = [&](Row row) {
    while (parent[row] != row) row = parent[row] = parent[parent[row]];
    return row;
  };
  struct OfSize {
    std::uint64_t entities = 0;
    std::uint64_t spanned = 0;
    double weakest_bits = 0.0;
    double median_bits = 0.0;
  };
  std::map<Row, OfSize> sizes;
  std::uint64_t alone = 0;  // and most of the others are of one
  for (const Row of : records) {
    alone += of == 1 ? 1U : 0U;
    if (of > 1) ++sizes[of].entities;
  }
  if (alone > 0) sizes[1].entities = alone;
  const auto joins_parts = [&](const Link& link) {
    const Row a = root(link.left);
    const Row b = root(link.right);
    parent[std::max(a, b)] = std::min(a, b);
    return a != b;
  };
  // Entities become whole in order of their weakest link: the median is met half way. Most are of
  // two records, which their one link joins.
  OfSize& of_two = sizes[2];
  for (const InnerLink& link : by_strength(job)) {
    const bool two = records[link.label] == 2;
    if (!two && (!joins_parts(job.links[link.link]) || --parts[link.label] > 1)) continue;
    OfSize& of = two ? of_two : sizes[records[link.label]];
    if (of.spanned++ == of.entities / 2) of.median_bits = link.weight_bits;
    of.weakest_bits = link.weight_bits;
  }
  if (of_two.entities == 0) sizes.erase(2);
  std::vector<ResultFacts::Size> facts;
  for (const auto& [size, of] : sizes) {
    facts.push_back({size, of.entities, of.weakest_bits, of.median_bits,
                     size == 1 ? 0 : of.entities - of.spanned});
  }
  return facts;
}

// The source whose records are likeliest to be of one person with those of `source`.
std::optional<SourceId> likeliest_partner(const MeasuredJob& job, SourceId source) {
  std::optional<SourceId> best;
  for (std::size_t s = 0; s < job.table.sources.size(); ++s) {
    const auto other = static_cast<SourceId>(s);
    // A source without a second record may still be told of one: its copy.
    if (possible_pairs(job.space, source, other) == 0) continue;
    if (!best || job.weigher.start(source, other)[0] > job.weigher.start(source, *best)[0]) {
      best = other;
    }
  }
  return best;
}

std::vector<ResultFacts::Unlinkable> measure_unlinkable(const MeasuredJob& job,
                                                        std::span<const Row> begins) {
  const RecordComparer& comparer = job.weigher.comparer();
  std::vector<ResultFacts::Unlinkable> facts;
  for (std::size_t s = 0; s < job.table.sources.size(); ++s) {
    ResultFacts::Unlinkable& of = facts.emplace_back();
    of.source = job.table.sources[s].name;
    const auto source = static_cast<SourceId>(s);
    const std::optional<SourceId> other = likeliest_partner(job, source);
    const Row records = begins[s + 1] - begins[s];
    if (!other || records == 0) continue;
    const Row step = (records + kWeighedRecords - 1) / kWeighedRecords;
    const Row looked_at = (records + step - 1) / step;
    std::vector<std::uint8_t> weak(looked_at, 0);
    tbb::parallel_for(Row{0}, looked_at, [&](Row i) {
      const Row row = begins[s] + i * step;
      std::array<Code, kMaxComparisons> codes{};
      for (std::size_t c = 0; c < comparer.comparisons(); ++c) {
        codes[c] = comparer.column(c).codes[row];
      }
      const double bits = job.weigher.weight_bits(comparer.pattern(row, row), codes.data(),
                                                  codes.data(), source, *other);
      weak[i] = bits < job.link_bits ? 1 : 0;
    });
    of.looked_at = looked_at;
    of.records = std::accumulate(weak.begin(), weak.end(), std::uint64_t{0});
  }
  return facts;
}

}  // namespace

ResultFacts measure_result(const MeasuredJob& job) {
  const std::vector<Row> begins = source_begins(job.table);
  ResultFacts facts;
  tbb::parallel_invoke(
      [&] {
        facts.completeness = measure_fill(job, begins);
        facts.weights = measure_weights(job.links);
        facts.source_pairs = measure_source_pairs(job);
        facts.unlinkable = measure_unlinkable(job, begins);
      },
      // As long as all else and on one thread: last, for that is what this thread begins with.
      [&] { facts.sizes = measure_sizes(job); });
  return facts;
}

std::vector<std::size_t> sample_links(std::span<const Link> links, double link_bits) {
  std::array<std::uint64_t, kBins> pairs{};
  std::uint64_t over = 0;
  const auto bin = [](const Link& link) {
    return static_cast<std::size_t>(bin_of(link.weight_bits) + kMostBinBits);
  };
  for (const Link& link : links) {
    if (link.weight_bits < link_bits) continue;
    ++pairs[bin(link)];
    ++over;
  }
  std::size_t usual = 0;  // the bin of the median link
  for (std::uint64_t seen = 0; usual < kBins && seen + pairs[usual] <= over / 2; ++usual) {
    seen += pairs[usual];
  }
  constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::array<std::size_t, 4> found{kNone, kNone, kNone, kNone};
  const auto weaker = [&](std::size_t i, std::size_t than) {
    return than == kNone || links[i].weight_bits < links[than].weight_bits;
  };
  const auto stronger = [&](std::size_t i, std::size_t than) {
    return than == kNone || links[i].weight_bits > links[than].weight_bits;
  };
  for (std::size_t i = 0; i < links.size(); ++i) {
    if (links[i].weight_bits >= link_bits) {
      if (found[0] == kNone && bin(links[i]) == usual) found[0] = i;
      if (weaker(i, found[1])) found[1] = i;
    } else {
      if (stronger(i, found[2])) found[2] = i;
      if (weaker(i, found[3])) found[3] = i;
    }
  }
  std::vector<std::size_t> samples;
  for (const std::size_t i : found) {
    if (i != kNone && std::ranges::find(samples, i) == samples.end()) samples.push_back(i);
  }
  return samples;
}

}  // namespace tessera
