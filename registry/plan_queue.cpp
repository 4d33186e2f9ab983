#include "registry/plan_queue.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_set>

namespace tessera {
namespace {

using Rows = std::pair<std::int64_t, std::int64_t>;

std::map<Rows, bool> verdicts_of(std::span<const Decision> decisions) {
  std::map<Rows, bool> decided;
  for (const Decision& decision : decisions) {
    decided[{decision.row, decision.other_row}] = decision.match;
  }
  return decided;
}

QueueItem item_of(const Statement& row) {
  return {row.number(0), row.number(1), static_cast<QueueReason>(row.number(2)), row.real(3)};
}

std::vector<std::int64_t> pending_rows(Store& store) {
  std::vector<std::int64_t> rows;
  Statement read = store.database().prepare("SELECT row FROM pending ORDER BY row");
  while (read.step()) rows.push_back(read.number(0));
  return rows;
}

bool holds(const std::vector<std::int64_t>& rows, std::int64_t row) {
  return std::binary_search(rows.begin(), rows.end(), row);
}

/// The stored pairs of which the increment says anew whether they wait: those of a record that
/// came, changed or went, and those among resolved records.
std::vector<QueueItem> stored_of(Store& store, const Increment& increment) {
  const std::vector<std::int64_t> pending = pending_rows(store);
  std::vector<std::int64_t> ends;
  std::set_union(pending.begin(), pending.end(), increment.touched.begin(), increment.touched.end(),
                 std::back_inserter(ends));
  std::set<QueueItem> found;
  for (const char* sql : {"SELECT row, other_row, reason, weight FROM queue WHERE row = ?",
                          "SELECT row, other_row, reason, weight FROM queue WHERE other_row = ?"}) {
    Statement read = store.database().prepare(sql);
    for (const std::int64_t end : ends) {
      read.bind(0, end);
      while (read.step()) {
        const QueueItem item = item_of(read);
        const bool of_pending = holds(pending, item.row) || holds(pending, item.other_row);
        const bool inside =
            holds(increment.touched, item.row) && holds(increment.touched, item.other_row);
        if (of_pending || inside) found.insert(item);
      }
    }
  }
  return {found.begin(), found.end()};
}

}  // namespace

std::vector<QueueItem> stored_queue(Store& store) {
  std::vector<QueueItem> queue;
  Statement read = store.database().prepare(
      "SELECT row, other_row, reason, weight FROM queue ORDER BY row, other_row, reason");
  while (read.step()) queue.push_back(item_of(read));
  return queue;
}

std::vector<QueueItem> queue_of(const Resolution& resolution, const JobSpec& job,
                                const StoredRecords& records, const NumberedClusters& clusters,
                                std::span<const Decision> decisions) {
  std::vector<QueueItem> queue;
  const std::map<Rows, bool> decided = verdicts_of(decisions);
  const double link_bits = job.link_threshold.bits();
  std::set<Rows> weighed;
  const auto add = [&](std::int64_t a, std::int64_t b, QueueReason reason, double bits) {
    queue.push_back({std::min(a, b), std::max(a, b), reason, bits});
  };
  for (const Link& link : resolution.links) {
    const Rows rows = std::minmax({records.rows[link.left], records.rows[link.right]});
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
  std::sort(queue.begin(), queue.end());
  return queue;
}

void plan_queue(Store& store, std::vector<QueueItem> now, const std::optional<Increment>& increment,
                std::span<const Decision> decisions, Plan& plan) {
  std::vector<QueueItem> before;
  if (increment) {
    before = stored_of(store, *increment);
    const std::map<Rows, bool> decided = verdicts_of(decisions);
    for (const DoubtfulPair& pair : increment->doubtful) {
      const Rows rows = std::minmax(pair.row, pair.other_row);
      if (decided.contains(rows)) continue;
      now.push_back({rows.first, rows.second, QueueReason::kBand, pair.weight_bits});
    }
    std::sort(now.begin(), now.end());
  } else {
    before = stored_queue(store);
  }
  std::set_difference(now.begin(), now.end(), before.begin(), before.end(),
                      std::back_inserter(plan.queue_added));
  std::set_difference(before.begin(), before.end(), now.begin(), now.end(),
                      std::back_inserter(plan.queue_removed));
  const auto stored = increment ? static_cast<std::uint64_t>(store.number("queued"))
                                : static_cast<std::uint64_t>(before.size());
  plan.queue_size = stored + plan.queue_added.size() - plan.queue_removed.size();
}

}  // namespace tessera
