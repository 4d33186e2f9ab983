// People scored and clustered, ready to be explained.
#pragma once

#include <vector>

#include "engine/cluster.hpp"
#include "engine/explain.hpp"
#include "engine/score_pairs.hpp"
#include "engine/train.hpp"
#include "tests/support/people_job.hpp"

namespace tessera::test {

struct ExplainedPeople {
  explicit ExplainedPeople(std::uint32_t rows, std::uint64_t seed = 5)
      : people(rows, seed, 2, LinkType::kLinkAndDedupe),
        model(train_model(people.walked(), people.job, people.comparer)),
        weigher(with_relations(model), people.table, people.comparer) {
    const double link_bits = people.job.link_threshold.bits();
    const double review_bits = people.job.review_threshold.bits();
    scored = score_pairs(people.walked(), weigher, {.keep_bits = std::min(link_bits, review_bits)});
    for (const Link& link : scored.links) {
      links.push_back({link.left, link.right, link.weight_bits});
    }
    cluster(link_bits);
  }

  // A household shares family name and village, namesakes have the given name in common by chance;
  // one pair of sources has priors of its own.
  static const Model& with_relations(Model& of) {
    const auto shares = [&](std::size_t c, double household, double namesakes) {
      const std::size_t levels = of.comparisons[c].levels.size();
      for (const double exact : {household, namesakes}) {
        std::vector<double> h(levels, (1 - exact) / static_cast<double>(levels - 1));
        h[0] = exact;
        of.comparisons[c].h.push_back(h);
      }
    };
    for (ComparisonModel& comparison : of.comparisons) comparison.h.clear();  // as it was trained
    of.relations = {{"household", of.prior * 4, false}, {"namesakes", of.prior * 2, true}};
    shares(0, 0.02, 0.9);
    shares(1, 0.8, 0.1);
    shares(4, 0.9, 0.2);
    of.source_pairs = {{"s0", "s1", of.prior * 2, {of.prior * 3, of.prior}}};
    return of;
  }

  void cluster(double link_bits) {
    ClusterConstraints constraints;
    constraints.row_source = people.table.row_source;
    for (const SourceFacts& source : people.table.sources) {
      constraints.duplicate_free.push_back(source.duplicate_free);
    }
    label = cluster_links(scored.links, constraints, {.link_bits = link_bits}, [&](Row a, Row b) {
              return weigher.weight_bits(a, b);
            }).label;
  }

  ExplainInput input() const {
    return {people.job, people.table, model, weigher, people.space, label, links, cannot_links};
  }
  Explanation explain(Row left, Row right) const { return explain_pair(input(), left, right); }

  PeopleJob people;
  Model model;
  PairWeigher weigher;
  ScoredPairs scored;
  std::vector<WeightedPair> links;
  std::vector<Row> label;
  std::vector<std::pair<Row, Row>> cannot_links;
};

}  // namespace tessera::test
