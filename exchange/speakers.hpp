// Of several records that one source has of a person, the one that is told to others.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "exchange/flow.hpp"
#include "exchange/table_view.hpp"

namespace tessera {

/// Whether a person is alive and the record in use.
bool is_in_use(const TableRow& person);

/// By identity, the record of `source` that speaks for it: of those in use the newest
/// (`updated_at`), of equally new ones the first by id. Records that the registry does not know
/// have none. REQUIRES: `source` is one of the feed's. Cost: the persons of the source.
std::unordered_map<std::int64_t, std::string> speakers(const Feed& feed, const FlowSource& source);

}  // namespace tessera
