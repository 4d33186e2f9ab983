#include "registry/plan.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "data/error.hpp"
#include "registry/decisions.hpp"
#include "registry/overlap.hpp"
#include "registry/records.hpp"

namespace tessera {
namespace {

/// Which cluster each row is in, clusters numbered by their first row.
struct Numbered {
  std::vector<std::uint32_t> of_row;
  std::uint32_t clusters = 0;
};

Numbered number_clusters(const Clusters& clusters) {
  Numbered numbered;
  numbered.of_row.resize(clusters.label.size());
  for (Row row = 0; row < clusters.label.size(); ++row) {
    // A label is the least row of its cluster: it was met before the others.
    const Row label = clusters.label[row];
    numbered.of_row[row] = label == row ? numbered.clusters++ : numbered.of_row[label];
  }
  return numbered;
}

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

std::unordered_set<EntityNumber> living_entities(Store& store) {
  std::unordered_set<EntityNumber> living;
  Statement read = store.database().prepare("SELECT n FROM entity WHERE living = 1");
  while (read.step()) living.insert(read.number(0));
  return living;
}

/// Gives every cluster its identity: first those that live, by what they hold now; then retired
/// ones whose own records stand together again and would otherwise be strangers; else a fresh one.
class Assignment {
 public:
  Assignment(Store& store, const StoredRecords& records, const Numbered& clusters)
      : living_(living_entities(store)),
        first_minted_(store.database().number("SELECT coalesce(max(n), 0) FROM entity") + 1) {
    const std::vector<std::uint32_t> going_on =
        assign_identities(count_overlaps(records.entity, clusters.of_row), clusters.clusters);
    std::vector<EntityNumber> former = records.former;
    for (std::size_t row = 0; row < former.size(); ++row) {
      const bool taken = going_on[clusters.of_row[row]] != kNoIdentity;
      if (taken || living_.contains(former[row])) former[row] = 0;
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
  const std::unordered_set<EntityNumber>& living() const { return living_; }
  const std::vector<EntityNumber>& restored() const { return restored_; }
  bool is_new(EntityNumber entity) const {
    return entity >= first_minted_ ||
           std::binary_search(restored_.begin(), restored_.end(), entity);
  }
  EntityNumber first_minted() const { return first_minted_; }
  std::uint64_t minted() const { return minted_; }

 private:
  std::unordered_set<EntityNumber> living_;
  EntityNumber first_minted_;
  std::uint64_t minted_ = 0;
  std::vector<EntityNumber> of_cluster_;
  std::vector<EntityNumber> restored_;
};

void add_moves(Store& store, const StoredRecords& records, const Numbered& clusters,
               const Assignment& assignment, Plan& plan) {
  for (std::size_t row = 0; row < records.rows.size(); ++row) {
    const EntityNumber to = assignment.of(clusters.of_row[row]);
    if (records.entity[row] != to)
      plan.moves.push_back({records.rows[row], records.entity[row], to});
  }
  Statement gone = store.database().prepare(
      "SELECT r.row, r.entity FROM pending p JOIN record r ON r.row = p.row"
      " WHERE r.live = 0 AND r.entity IS NOT NULL ORDER BY r.row");
  while (gone.step()) plan.moves.push_back({gone.number(0), gone.number(1), 0});
}

/// What the moves mean for identities.
void add_identity_changes(const Numbered& clusters, const Assignment& assignment, Plan& plan) {
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

void add_queue(const Resolution& resolution, const JobSpec& job, const StoredRecords& records,
               const Numbered& clusters, std::span<const Decision> decisions, Plan& plan) {
  std::map<std::pair<std::int64_t, std::int64_t>, bool> decided;
  for (const Decision& decision : decisions) {
    decided[{decision.row, decision.other_row}] = decision.match;
  }
  const double link_bits = job.link_threshold.bits();
  std::set<std::pair<std::int64_t, std::int64_t>> weighed;
  const auto add = [&](std::int64_t a, std::int64_t b, QueueReason reason, double bits) {
    plan.queue.push_back({std::min(a, b), std::max(a, b), reason, bits});
  };
  for (const Link& link : resolution.links) {
    const std::pair rows = std::minmax({records.rows[link.left], records.rows[link.right]});
    const bool is_link = link.weight_bits >= link_bits;
    if (const auto known = decided.find(rows); known != decided.end()) {
      weighed.insert(rows);
      if (is_link && !known->second) {
        add(rows.first, rows.second, QueueReason::kConflict, link.weight_bits);
      }
    } else if (!is_link) {
      add(rows.first, rows.second, QueueReason::kBand, link.weight_bits);
    } else if (clusters.of_row[link.left] != clusters.of_row[link.right]) {
      add(rows.first, rows.second, QueueReason::kWeakBridge, link.weight_bits);
    }
  }
  std::unordered_set<std::int64_t> live(records.rows.begin(), records.rows.end());
  for (const auto& [rows, match] : decided) {
    const bool both = live.contains(rows.first) && live.contains(rows.second);
    if (match && both && !weighed.contains(rows)) {  // under the review threshold
      add(rows.first, rows.second, QueueReason::kConflict, 0.0);
    }
  }
  std::vector<std::uint64_t> size(clusters.clusters, 0);
  std::vector<std::pair<Row, Row>> ends(clusters.clusters);
  for (Row row = 0; row < clusters.of_row.size(); ++row) {
    const std::uint32_t c = clusters.of_row[row];
    if (size[c]++ == 0) ends[c].first = row;
    ends[c].second = row;
  }
  for (std::uint32_t c = 0; c < clusters.clusters; ++c) {
    if (size[c] > kOversizedRecords) {
      add(records.rows[ends[c].first], records.rows[ends[c].second], QueueReason::kOversized, 0.0);
    }
  }
  std::sort(plan.queue.begin(), plan.queue.end());
}

void compare_queue(Store& store, Plan& plan) {
  std::vector<QueueItem> before;
  Statement read = store.database().prepare(
      "SELECT row, other_row, reason, weight FROM queue ORDER BY row, other_row, reason");
  while (read.step()) {
    before.push_back(
        {read.number(0), read.number(1), static_cast<QueueReason>(read.number(2)), read.real(3)});
  }
  std::vector<QueueItem> common;
  std::set_intersection(before.begin(), before.end(), plan.queue.begin(), plan.queue.end(),
                        std::back_inserter(common));
  plan.queue_added = plan.queue.size() - common.size();
  plan.queue_removed = before.size() - common.size();
}

std::string digest_of(const Plan& plan) {
  std::string text(byte_view(plan.head.hash));
  const auto add = [&](std::int64_t number) { text += std::to_string(number) + ","; };
  for (const RecordMove& move : plan.moves) {
    for (const std::int64_t number : {move.row, move.from, move.to}) add(number);
  }
  text += "|";
  for (const QueueItem& item : plan.queue) {
    add(item.row);
    add(item.other_row);
    add(static_cast<std::int64_t>(item.reason));
  }
  text += "|";
  if (plan.learned) {
    text += model_json(plan.learned->model) + encode_references(plan.learned->references);
  }
  return hex_text(sha256(text));
}

}  // namespace

std::string_view queue_reason_name(QueueReason reason) {
  switch (reason) {
    case QueueReason::kBand:
      return "band";
    case QueueReason::kWeakBridge:
      return "weak bridge";
    case QueueReason::kConflict:
      return "conflict";
    case QueueReason::kOversized:
      return "oversized identity";
  }
  return "unknown";
}

bool is_dirty(Store& store) {
  Database& database = store.database();
  return database.number("SELECT count(*) FROM (SELECT 1 FROM pending LIMIT 1)") > 0 ||
         database.number("SELECT count(*) FROM meta WHERE key = 'job'") > 0 ||
         database.number("SELECT value FROM meta WHERE key = 'resolved_event'") !=
             ledger_head(database).sequence;
}

Plan make_plan(Store& store, const PlanOptions& options) {
  Plan plan;
  plan.head = ledger_head(store.database());
  if (!options.learn && !is_dirty(store)) {
    plan.nothing_to_do = true;
    plan.digest = digest_of(plan);
    return plan;
  }
  StoredRecords records = read_records(store);
  plan.records = records.rows.size();
  plan.pending =
      static_cast<std::uint64_t>(store.database().number("SELECT count(*) FROM pending"));
  const std::optional<PinnedModel> pinned = store.pinned_model();
  const std::optional<Model> given = store.given_model();
  const bool new_job = store.database().number("SELECT count(*) FROM meta WHERE key = 'job'") > 0;
  const bool learn = options.learn || !pinned || new_job;
  if (learn && records.rows.empty()) {
    throw Error(ErrorCode::kUsage, store.path().string(),
                "holds no records to learn a model from; load some with `tessera registry load`");
  }
  Knowledge knowledge;
  if (learn) {
    knowledge.model = given ? &*given : nullptr;
  } else {
    knowledge = {&pinned->model, &pinned->references};
  }
  const std::vector<Decision> decisions = decisions_in_force(store);
  Resolution resolution = resolve_records(std::move(records.table), store.job(), options.limits,
                                          knowledge, constraints_for(decisions, records.rows));
  const Numbered clusters = number_clusters(resolution.clusters);
  const Assignment assignment(store, records, clusters);
  plan.identities = clusters.clusters;
  plan.first_minted = assignment.first_minted();
  plan.minted = assignment.minted();
  plan.restored = assignment.restored();
  plan.pairs_compared = resolution.pairs_compared;
  for (const UncomparedPairs& lost : resolution.not_compared) {
    plan.pairs_not_compared += lost.pairs;
  }
  add_moves(store, records, clusters, assignment, plan);
  add_identity_changes(clusters, assignment, plan);
  add_queue(resolution, store.job(), records, clusters, decisions, plan);
  compare_queue(store, plan);
  if (learn) plan.learned = {std::move(resolution.model), std::move(resolution.references)};
  plan.digest = digest_of(plan);
  return plan;
}

}  // namespace tessera
