// Who is whom in two systems, for those whose links are beyond doubt.
#pragma once

#include <string>

#include "exchange/flow.hpp"

namespace tessera {

/// `identifier,source,record_id,other_source,other_record_id`, sorted by record: each record of
/// `from` that is due and has exactly one record of `to` beyond doubt (LinkLookup).
std::string crosswalk_rows(const FlowInput& input);

/// Adds family_crosswalk.csv, `family_identifier,source,family_id,other_source,other_family_id`:
/// the families of the source told of, and those that the receiver has of each (an empty one where
/// it has none), all of them each time. Nothing where the registry has no families.
void put_family_crosswalk(const FlowInput& input, FlowResult& result);

}  // namespace tessera
