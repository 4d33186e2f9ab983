// Which pairs wait for a person's judgement after a resolution.
#pragma once

#include <span>
#include <vector>

#include "registry/decisions.hpp"
#include "registry/increment.hpp"
#include "registry/plan.hpp"
#include "registry/plan_identities.hpp"

namespace tessera {

/// The stored queue, ascending.
std::vector<QueueItem> stored_queue(Store& store);

/// The pairs for review among the resolved records; ascending.
std::vector<QueueItem> queue_of(const Resolution& resolution, const JobSpec& job,
                                const StoredRecords& records, const NumberedClusters& clusters,
                                std::span<const Decision> decisions);

/// What becomes of the stored queue: fills queue_added, queue_removed and queue_size of `plan` from
/// the pairs among the resolved records. increment: of which the records are; none: all of them.
void plan_queue(Store& store, std::vector<QueueItem> now, const std::optional<Increment>& increment,
                std::span<const Decision> decisions, Plan& plan);

}  // namespace tessera
