// Doubles in openIMIS's social protection module, as the tasks by which its users review them.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "exchange/outbound.hpp"

namespace tessera {

/// The `summary` of openIMIS's mutation createDeduplicationTasks, one entry a group of records that
/// are one person: `count`, `ids` (the receiver's) and `columnValues`, a JSON text as its GraphQL
/// has it, of the columns in which all records of the group agree (`first_name`, `last_name`,
/// `dob`, then the others by name). Entries stand by their first id, ids sorted.
///
/// groups: records of the import; `receiver_id` is the beneficiary's id there, the record's own id
/// where it is empty. A group of fewer than two ids is left out and counted. Cost: n log n.
Written write_dedup_tasks(const Import& tables, std::span<const std::vector<Outgoing>> groups);

}  // namespace tessera
