#include "engine/explain_cluster.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <unordered_map>

#include "engine/evidence.hpp"
#include "engine/twins.hpp"
#include "engine/union_find.hpp"

namespace tessera {
namespace {

RecordName name_of(const Table& table, Row row) {
  return {table.sources[static_cast<std::size_t>(table.row_source[row])].name,
          std::string(table.record_ids[row])};
}

// The chain of links from `from` to `to` whose weakest link is strongest: links join, the strongest
// first, until the two are connected (Kruskal 1956); then there is one way between them.
std::vector<WeightedPair> strongest_chain(std::vector<WeightedPair> links, Row rows, Row from,
                                          Row to) {
  std::ranges::sort(links, [](const WeightedPair& a, const WeightedPair& b) {
    if (a.weight_bits != b.weight_bits) return a.weight_bits > b.weight_bits;
    return std::pair(a.left, a.right) < std::pair(b.left, b.right);
  });
  UnionFind sets(rows);
  std::unordered_map<Row, std::vector<WeightedPair>> tree;
  for (const WeightedPair& link : links) {
    if (sets.find(link.left) == sets.find(link.right)) continue;
    sets.join(link.left, link.right);
    tree[link.left].push_back(link);
    tree[link.right].push_back({link.right, link.left, link.weight_bits});
    if (sets.find(from) == sets.find(to)) break;
  }
  if (sets.find(from) != sets.find(to)) return {};
  std::unordered_map<Row, WeightedPair> came_by;
  std::vector<Row> open = {from};
  for (std::size_t i = 0; i < open.size() && !came_by.contains(to); ++i) {
    for (const WeightedPair& step : tree[open[i]]) {
      if (step.right == from || came_by.contains(step.right)) continue;
      came_by[step.right] = step;
      open.push_back(step.right);
    }
  }
  std::vector<WeightedPair> chain;
  for (Row at = to; at != from; at = chain.back().left) chain.push_back(came_by.at(at));
  std::ranges::reverse(chain);
  return chain;
}

class ClusterExplainer {
 public:
  ClusterExplainer(const ExplainInput& input, Row left, Row right)
      : input_(input), left_(left), right_(right), link_bits_(input.job.link_threshold.bits()) {}

  ExplainedCluster explain() const {
    ExplainedCluster of;
    const Row left_label = input_.label[left_];
    const Row right_label = input_.label[right_];
    if (left_label != kNoLabel) of.left_records = members(left_label).size();
    if (right_label != kNoLabel) of.right_records = members(right_label).size();
    if (left_label == kNoLabel || right_label == kNoLabel) return of;
    const std::vector<WeightedPair> chain = chain_between(left_label == right_label);
    for (const WeightedPair& link : chain) of.chain.push_back(named(link));
    if (left_label == right_label) {
      of.outcome = Outcome::kSameEntity;
      return of;
    }
    of.outcome = chain.empty() ? Outcome::kApart : Outcome::kCut;
    for (const WeightedPair& link : chain) {
      if (input_.label[link.left] != input_.label[link.right]) of.cuts.push_back(cut(link));
    }
    return of;
  }

 private:
  std::vector<Row> members(Row label) const {
    std::vector<Row> rows;
    for (Row row = 0; row < input_.label.size(); ++row) {
      if (input_.label[row] == label) rows.push_back(row);
    }
    return rows;
  }

  ExplainedLink named(const WeightedPair& link) const {
    return {name_of(input_.table, link.left), name_of(input_.table, link.right), link.weight_bits};
  }

  std::vector<WeightedPair> chain_between(bool within_entity) const {
    const auto [low, high] = std::minmax(left_, right_);
    std::vector<WeightedPair> links;
    for (const WeightedPair& link : input_.links) {
      if (link.weight_bits < link_bits_) continue;
      if (link.left == low && link.right == high) return {{left_, right_, link.weight_bits}};
      if (within_entity && (input_.label[link.left] != input_.label[left_] ||
                            input_.label[link.right] != input_.label[left_])) {
        continue;
      }
      links.push_back(link);
    }
    return strongest_chain(std::move(links), input_.table.size(), left_, right_);
  }

  // Two records of one duplicate-free source, one from each side.
  std::optional<std::pair<Row, Row>> doubled(const std::vector<Row>& left,
                                             const std::vector<Row>& right) const {
    std::map<SourceId, Row> first;
    for (const Row row : left) first.emplace(input_.table.row_source[row], row);
    for (const Row row : right) {
      const SourceId source = input_.table.row_source[row];
      const auto found = first.find(source);
      if (found != first.end() &&
          input_.table.sources[static_cast<std::size_t>(source)].duplicate_free) {
        return std::pair(found->second, row);
      }
    }
    return std::nullopt;
  }

  std::optional<std::pair<Row, Row>> forbidden(Row left_label, Row right_label) const {
    for (const auto& [a, b] : input_.cannot_links) {
      if (input_.label[a] == left_label && input_.label[b] == right_label) return std::pair(a, b);
      if (input_.label[b] == left_label && input_.label[a] == right_label) return std::pair(b, a);
    }
    return std::nullopt;
  }

  // By the records of both groups: those of the rest of the component are not looked at again.
  std::optional<std::pair<Row, Row>> twins_across(const std::vector<Row>& left,
                                                  const std::vector<Row>& right) const {
    const TwinSigns signs(input_.table, input_.job, input_.model, input_.weigher.comparer());
    if (!signs.can_tell()) return std::nullopt;
    std::vector<Row> both;
    std::ranges::merge(left, right, std::back_inserter(both));
    for (const auto& [a, b] : signs.apart_in(both)) {
      const bool a_left = std::ranges::binary_search(left, a);
      if (a_left != std::ranges::binary_search(left, b)) {
        return a_left ? std::pair(a, b) : std::pair(b, a);
      }
    }
    return std::nullopt;
  }

  ExplainedCut cut(const WeightedPair& link) const {
    const std::vector<Row> left = members(input_.label[link.left]);
    const std::vector<Row> right = members(input_.label[link.right]);
    ExplainedCut of;
    of.link = named(link);
    of.left_records = left.size();
    of.right_records = right.size();
    weigh_across(left, right, of);
    const auto conflict = [&](const std::pair<Row, Row>& rows, CutReason reason) {
      of.reason = reason;
      of.conflict = {name_of(input_.table, rows.first), name_of(input_.table, rows.second)};
    };
    if (const auto rows = doubled(left, right)) {
      conflict(*rows, CutReason::kDuplicateFree);
      of.source = of.conflict->first.source;
    } else if (const auto pair = forbidden(input_.label[link.left], input_.label[link.right])) {
      conflict(*pair, CutReason::kCannotLink);
    } else if (const auto twins = twins_across(left, right)) {
      conflict(*twins, CutReason::kTwins);
    } else if ((of.mean_bits + of.best_bits) / 2 >= link_bits_) {
      of.reason = CutReason::kUnknown;
    }
    return of;
  }

  void weigh_across(const std::vector<Row>& left, const std::vector<Row>& right,
                    ExplainedCut& of) const {
    double best = of.link.weight_bits;  // of the links: other pairs count for the mean alone
    for (const WeightedPair& link : input_.links) {
      const std::pair labels(input_.label[link.left], input_.label[link.right]);
      const std::pair wanted(input_.label[left.front()], input_.label[right.front()]);
      if (labels == wanted || labels == std::pair(wanted.second, wanted.first)) {
        best = std::max(best, link.weight_bits);
      }
    }
    of.best_bits = evidence_bits(best, link_bits_);
    double sum = 0.0;
    for (const Row a : left) {
      for (const Row b : right) {
        sum += evidence_bits(input_.weigher.weight_bits(a, b), link_bits_);
      }
    }
    of.mean_bits = sum / static_cast<double>(left.size() * right.size());
  }

  const ExplainInput& input_;
  Row left_;
  Row right_;
  double link_bits_;
};

}  // namespace

ExplainedCluster explain_cluster(const ExplainInput& input, Row left, Row right) {
  return ClusterExplainer(input, left, right).explain();
}

}  // namespace tessera
