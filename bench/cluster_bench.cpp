// From links to clusters: joining rows, connected components, and refining components into persons.
// Rates are joins, links or records a second.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <numeric>
#include <thread>
#include <utility>
#include <vector>

#include "data/dictionary.hpp"
#include "engine/cluster.hpp"
#include "engine/components.hpp"
#include "engine/union_find.hpp"

namespace tessera {
namespace {

constexpr Row kRows = 1'000'000;
constexpr std::size_t kEdges = 1'000'000;

std::vector<std::pair<Row, Row>> random_edges() {
  std::vector<std::pair<Row, Row>> edges;
  edges.reserve(kEdges);
  for (std::size_t i = 0; i < kEdges; ++i) {
    edges.emplace_back(static_cast<Row>(mix64(2 * i) % kRows),
                       static_cast<Row>(mix64(2 * i + 1) % kRows));
  }
  return edges;
}

/// The least row of each row's component, by spreading least rows until nothing changes.
std::vector<Row> least_rows(const std::vector<std::pair<Row, Row>>& edges) {
  std::vector<Row> label(kRows);
  std::iota(label.begin(), label.end(), Row{0});
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& [a, b] : edges) {
      const Row least = std::min(label[a], label[b]);
      changed = changed || label[a] != least || label[b] != least;
      label[a] = least;
      label[b] = least;
    }
  }
  return label;
}

void check_labels(benchmark::State& state, UnionFind& sets,
                  const std::vector<std::pair<Row, Row>>& edges) {
  const std::vector<Row> expected = least_rows(edges);
  for (Row row = 0; row < kRows; ++row) {
    if (sets.find(row) != expected[row]) {
      state.SkipWithError("a label is not the least row of its component");
      return;
    }
  }
}

void union_find(benchmark::State& state) {
  const std::vector<std::pair<Row, Row>> edges = random_edges();
  const auto threads = static_cast<std::size_t>(state.range(0));
  bool checked = false;
  for (auto _ : state) {
    UnionFind sets(kRows);
    {
      std::vector<std::jthread> workers;
      for (std::size_t t = 0; t < threads; ++t) {
        workers.emplace_back([&, t] {
          for (std::size_t i = t * kEdges / threads; i < (t + 1) * kEdges / threads; ++i) {
            sets.join(edges[i].first, edges[i].second);
          }
        });
      }
    }
    state.PauseTiming();
    if (!checked) check_labels(state, sets, edges);
    checked = true;
    state.ResumeTiming();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kEdges));
}

// Two persons of three and two records, tied by one thin bridge: refinement must cut each group in
// two. Between persons pairs weigh −9 bits, within them 18, the bridge 6.
constexpr Row kGroup = 5;
constexpr Row kGroups = 40'000;
constexpr Row kGrouped = kGroup * kGroups;
constexpr double kLinkBits = 4.0;

bool is_first_person(Row row) {
  return row % kGroup < 3;
}

double weight(Row a, Row b) {
  if (is_first_person(a) == is_first_person(b)) return 18.0;
  const Row low = std::min(a, b) % kGroup;
  const Row high = std::max(a, b) % kGroup;
  return low == 2 && high == 3 ? 6.0 : -9.0;
}

std::vector<Link> bridged_groups() {
  std::vector<Link> links;
  for (Row first = 0; first < kGrouped; first += kGroup) {
    for (Row a = first; a < first + kGroup; ++a) {
      for (Row b = a + 1; b < first + kGroup; ++b) {
        if (weight(a, b) >= 0) links.push_back({a, b, 0, weight(a, b), 0});
      }
    }
  }
  return links;
}

void find_components(benchmark::State& state) {
  const std::vector<Link> links = bridged_groups();
  const std::vector<SourceId> source(kGrouped);
  const ClusterConstraints constraints{source, {false}, {}};
  std::uint64_t components = 0;
  for (auto _ : state) {
    components = connected_components(component_labels(links, {}, kLinkBits, kGrouped), links,
                                      constraints, kLinkBits)
                     .count;
  }
  if (components != kGroups) state.SkipWithError("not one component for each group");
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(links.size()));
}

void refine_bridged_components(benchmark::State& state) {
  const std::vector<Link> links = bridged_groups();
  const std::vector<SourceId> source(kGrouped);
  const ClusterConstraints constraints{source, {false}, {}};
  Clusters clusters;
  for (auto _ : state) {
    clusters = cluster_links(links, constraints, {.link_bits = kLinkBits}, weight);
    benchmark::DoNotOptimize(clusters.label.data());
  }
  for (Row row = 0; row < kGrouped; ++row) {
    const Row first = row / kGroup * kGroup;
    if (clusters.label[row] != (is_first_person(row) ? first : first + 3)) {
      state.SkipWithError("a bridge was not cut");
      break;
    }
  }
  state.SetItemsProcessed(state.iterations() * std::int64_t{kGrouped});
}

BENCHMARK(union_find)
    ->ArgName("threads")
    ->Arg(1)
    ->Arg(2)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();
BENCHMARK(find_components)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();
BENCHMARK(refine_bridged_components)
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

}  // namespace
}  // namespace tessera
