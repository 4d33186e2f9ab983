#include "registry/plan_identities.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "data/sort_unique.hpp"
#include "engine/union_find.hpp"
#include "registry/overlap.hpp"

namespace tessera {
namespace {

/// How many rows each identity shares with each cluster; identity 0 is none.
std::vector<Overlap> count_overlaps(std::span<const EntityNumber> identity,
                                    const std::vector<std::uint32_t>& cluster) {
  std::vector<std::uint64_t> pairs;
  for (std::size_t row = 0; row < identity.size(); ++row) {
    if (identity[row] == 0) continue;
    pairs.push_back((static_cast<std::uint64_t>(identity[row]) << 32) | cluster[row]);
  }
  std::sort(pairs.begin(), pairs.end());
  std::vector<Overlap> overlaps;
  for (const std::uint64_t pair : pairs) {
    const auto of = static_cast<std::uint32_t>(pair >> 32);
    const auto in = static_cast<std::uint32_t>(pair);
    if (overlaps.empty() || overlaps.back().identity != of || overlaps.back().cluster != in) {
      overlaps.push_back({of, in, 0});
    }
    ++overlaps.back().records;
  }
  return overlaps;
}

/// Gives every cluster its identity: first those that live, by what they hold now; then retired
/// ones whose own records stand together again and would otherwise be strangers; else a fresh one.
class Assignment {
 public:
  Assignment(Store& store, const StoredRecords& records, const NumberedClusters& clusters)
      : first_minted_(store.database().number("SELECT coalesce(max(n), 0) FROM entity") + 1) {
    const std::vector<std::uint32_t> going_on =
        assign_identities(count_overlaps(records.entity, clusters.of_row), clusters.clusters);
    std::vector<EntityNumber> former = records.former;
    Statement living = store.database().prepare("SELECT living FROM entity WHERE n = ?");
    for (std::size_t row = 0; row < former.size(); ++row) {
      if (former[row] == 0) continue;
      living.bind(0, former[row]);
      const bool taken = going_on[clusters.of_row[row]] != kNoIdentity;
      if (taken || (living.step() && living.number(0) != 0)) former[row] = 0;
      living.reset();
    }
    const std::vector<std::uint32_t> again =
        assign_identities(count_overlaps(former, clusters.of_row), clusters.clusters);
    for (std::uint32_t c = 0; c < clusters.clusters; ++c) {
      if (going_on[c] != kNoIdentity) {
        of_cluster_.push_back(going_on[c]);
      } else if (again[c] != kNoIdentity) {
        of_cluster_.push_back(again[c]);
        restored_.push_back(again[c]);
      } else {
        of_cluster_.push_back(first_minted_ + static_cast<EntityNumber>(minted_++));
      }
    }
    std::sort(restored_.begin(), restored_.end());
  }

  EntityNumber of(std::uint32_t cluster) const { return of_cluster_[cluster]; }
  const std::vector<EntityNumber>& restored() const { return restored_; }
  bool is_new(EntityNumber entity) const {
    return entity >= first_minted_ ||
           std::binary_search(restored_.begin(), restored_.end(), entity);
  }
  EntityNumber first_minted() const { return first_minted_; }
  std::uint64_t minted() const { return minted_; }

 private:
  EntityNumber first_minted_;
  std::uint64_t minted_ = 0;
  std::vector<EntityNumber> of_cluster_;
  std::vector<EntityNumber> restored_;
};

void add_moves(Store& store, const StoredRecords& records, const NumberedClusters& clusters,
               const Assignment& assignment, Plan& plan) {
  for (std::size_t row = 0; row < records.rows.size(); ++row) {
    const EntityNumber to = assignment.of(clusters.of_row[row]);
    if (records.entity[row] != to)
      plan.moves.push_back({records.rows[row], records.entity[row], to});
  }
  Statement gone = store.database().prepare(
      "SELECT r.row, r.entity FROM pending p CROSS JOIN record r ON r.row = p.row"
      " WHERE r.live = 0 AND r.entity IS NOT NULL ORDER BY r.row");
  while (gone.step()) plan.moves.push_back({gone.number(0), gone.number(1), 0});
}

/// What the moves mean for identities.
void add_identity_changes(const NumberedClusters& clusters, const Assignment& assignment,
                          Plan& plan) {
  std::vector<bool> stays(static_cast<std::size_t>(assignment.first_minted()), false);
  for (std::uint32_t c = 0; c < clusters.clusters; ++c) {
    const EntityNumber entity = assignment.of(c);
    if (entity < assignment.first_minted()) stays[static_cast<std::size_t>(entity)] = true;
  }
  std::map<EntityNumber, std::map<EntityNumber, std::uint64_t>> went;  // from, to: records
  std::set<EntityNumber> changed;
  for (const RecordMove& move : plan.moves) {
    if (move.from != 0) ++went[move.from][move.to];
    for (const EntityNumber entity : {move.from, move.to}) {
      if (entity != 0 && !assignment.is_new(entity) && stays[static_cast<std::size_t>(entity)]) {
        changed.insert(entity);
      }
    }
  }
  plan.changed = changed.size();
  for (const auto& [from, targets] : went) {
    const bool goes_on = stays[static_cast<std::size_t>(from)];
    EntityNumber heir = 0;
    std::uint64_t most = 0;
    for (const auto& [to, count] : targets) {  // ascending: of equal ones the oldest
      if (to == 0) continue;
      if (goes_on && assignment.is_new(to)) plan.split.emplace_back(from, to);
      if (count > most) std::tie(heir, most) = std::tuple(to, count);
    }
    if (goes_on) continue;
    if (heir != 0) {
      plan.merged.emplace_back(from, heir);
      for (const auto& [to, count] : targets) {
        if (to != 0 && to != heir && assignment.is_new(to)) plan.split.emplace_back(from, to);
      }
    } else {
      plan.retired.push_back(from);
    }
  }
}

/// Identities of which another shares a component, named by the least of them.
void add_kin(const Resolution& resolution, double link_bits, const RowDecisions& decisions,
             const StoredRecords& records, const NumberedClusters& clusters,
             const Assignment& assignment, Plan& plan) {
  UnionFind sets(clusters.clusters);  // of clusters
  const auto join = [&](Row a, Row b) { sets.join(clusters.of_row[a], clusters.of_row[b]); };
  for (const Link& link : resolution.links) {
    if (link.weight_bits >= link_bits) join(link.left, link.right);
  }
  for (const auto& [a, b] : decisions.must_links) join(a, b);
  std::vector<std::pair<std::uint32_t, EntityNumber>> by_component;
  for (std::uint32_t c = 0; c < clusters.clusters; ++c) {
    by_component.emplace_back(sets.find(c), assignment.of(c));
  }
  std::sort(by_component.begin(), by_component.end());
  for (std::size_t start = 0, i = 1; i <= by_component.size(); ++i) {
    if (i < by_component.size() && by_component[i].first == by_component[start].first) continue;
    for (std::size_t k = start; k < i && i - start > 1; ++k) {
      plan.kin.emplace_back(by_component[k].second, by_component[start].second);
    }
    start = i;
  }
  for (const EntityNumber entity : records.entity) {
    if (entity != 0) plan.kin_of.push_back(entity);
  }
  for (const RecordMove& move : plan.moves) {
    if (move.to == 0) plan.kin_of.push_back(move.from);
  }
  sort_unique(plan.kin_of);
}

}  // namespace

NumberedClusters number_clusters(const Clusters& clusters) {
  NumberedClusters numbered;
  numbered.of_row.resize(clusters.label.size());
  for (Row row = 0; row < clusters.label.size(); ++row) {
    // A label is the least row of its cluster: it was met before the others.
    const Row label = clusters.label[row];
    numbered.of_row[row] = label == row ? numbered.clusters++ : numbered.of_row[label];
  }
  return numbered;
}

void plan_identities(Store& store, const StoredRecords& records, const Resolution& resolution,
                     const NumberedClusters& clusters, const RowDecisions& decisions, Plan& plan) {
  const Assignment assignment(store, records, clusters);
  plan.first_minted = assignment.first_minted();
  plan.minted = assignment.minted();
  plan.restored = assignment.restored();
  add_moves(store, records, clusters, assignment, plan);
  add_identity_changes(clusters, assignment, plan);
  add_kin(resolution, store.job().link_threshold.bits(), decisions, records, clusters, assignment,
          plan);
}

}  // namespace tessera
