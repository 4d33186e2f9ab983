#include "tests/reference/naive_clusters.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "engine/evidence.hpp"  // the constants of the rule: evidence_bits, kExtremeBits

namespace tessera::test {
namespace {

using Members = std::vector<Row>;

class Judge {
 public:
  Judge(std::span<const Link> links, const ClusterConstraints& constraints, double link_bits,
        const PairWeight& weight)
      : constraints_(constraints), link_bits_(link_bits), weight_(weight) {
    for (const Link& link : links) known_[{link.left, link.right}] = link.weight_bits;
    for (Row row = 0; row < constraints.row_source.size(); ++row) person_.push_back(row);
    for (const auto& [a, b] : constraints.must_links) {
      const Row gone = person_[a];
      for (Row& of : person_) of = of == gone ? person_[b] : of;
    }
    for (auto [a, b] : constraints.cannot_links) {
      forbidden_.insert({std::min(a, b), std::max(a, b)});
    }
  }

  /// The mean weight by which two clusters rank; nothing if they may not join.
  std::optional<double> rank(const Members& a, const Members& b) const {
    double best = -1e9;
    double capped = 0;
    double strength = 0;
    for (const Row x : a) {
      for (const Row y : b) {
        if (barred(x, y)) return std::nullopt;
        const auto known = known_.find({std::min(x, y), std::max(x, y)});
        const double bits = best_bits(x, y);
        if (known != known_.end() && known->second >= link_bits_) {
          best = std::max(best, evidence_bits(known->second, link_bits_));
        }
        capped += evidence_bits(bits, link_bits_);
        strength += std::max(-kExtremeBits, std::min(kExtremeBits, bits));
      }
    }
    const double pairs = static_cast<double>(a.size() * b.size());
    if (capped + best * pairs < 2 * link_bits_ * pairs) return std::nullopt;
    return strength / pairs;
  }

 private:
  bool barred(Row x, Row y) const {
    if (forbidden_.contains({std::min(x, y), std::max(x, y)})) return true;
    const SourceId source = constraints_.row_source[x];
    return source == constraints_.row_source[y] &&
           constraints_.duplicate_free[static_cast<std::size_t>(source)];
  }

  /// The weight of two records, or the best of any that must-links make the same two persons.
  double best_bits(Row x, Row y) const {
    double best = -1e9;
    for (Row a = 0; a < person_.size(); ++a) {
      for (Row b = 0; b < person_.size(); ++b) {
        if (person_[a] != person_[x] || person_[b] != person_[y]) continue;
        const auto known = known_.find({std::min(a, b), std::max(a, b)});
        best = std::max(best, known == known_.end() ? weight_(a, b) : known->second);
      }
    }
    return best;
  }

  std::vector<Row> person_;  // by row: who must-links say it is
  const ClusterConstraints& constraints_;
  double link_bits_;
  const PairWeight& weight_;
  std::map<std::pair<Row, Row>, double> known_;
  std::set<std::pair<Row, Row>> forbidden_;
};

}  // namespace

std::vector<Row> naive_clusters(std::span<const Link> links, const ClusterConstraints& constraints,
                                double link_bits, const PairWeight& weight) {
  const Judge judge(links, constraints, link_bits, weight);
  std::vector<Members> clusters;  // by least member, for only the lesser is joined to
  for (Row row = 0; row < constraints.row_source.size(); ++row) clusters.push_back({row});
  const auto holder = [&](Row row) {
    return std::find_if(clusters.begin(), clusters.end(), [&](const Members& members) {
      return std::find(members.begin(), members.end(), row) != members.end();
    });
  };
  for (const auto& [a, b] : constraints.must_links) {
    const auto of_a = holder(a);
    const auto of_b = holder(b);
    if (of_a == of_b) continue;
    const auto low = std::min(of_a, of_b);
    const auto high = std::max(of_a, of_b);
    low->insert(low->end(), high->begin(), high->end());
    clusters.erase(high);
  }
  for (;;) {
    std::optional<double> best;
    std::size_t best_a = 0;
    std::size_t best_b = 0;
    for (std::size_t a = 0; a < clusters.size(); ++a) {
      for (std::size_t b = a + 1; b < clusters.size(); ++b) {
        const std::optional<double> rank = judge.rank(clusters[a], clusters[b]);
        if (rank && (!best || *rank > *best)) {
          best = rank;
          best_a = a;
          best_b = b;
        }
      }
    }
    if (!best) break;
    clusters[best_a].insert(clusters[best_a].end(), clusters[best_b].begin(),
                            clusters[best_b].end());
    clusters.erase(clusters.begin() + static_cast<std::ptrdiff_t>(best_b));
  }
  std::vector<Row> label(constraints.row_source.size());
  for (const Members& members : clusters) {
    for (const Row row : members) label[row] = *std::min_element(members.begin(), members.end());
  }
  return label;
}

}  // namespace tessera::test
