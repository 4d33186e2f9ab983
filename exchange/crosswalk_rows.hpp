// Who is whom in two systems, for those whose links are beyond doubt.
#pragma once

#include <string>

#include "exchange/flow.hpp"

namespace tessera {

/// `identifier,source,record_id,other_source,other_record_id`, sorted by record: each record of
/// `from` that is due and has exactly one record of `to` beyond doubt (LinkLookup).
std::string crosswalk_rows(const FlowInput& input);

}  // namespace tessera
