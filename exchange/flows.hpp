// The flows, one function each; flows.cpp has the table of them.
#pragma once

#include "exchange/flow.hpp"

namespace tessera {

/// People whom openIMIS does not have, with their families; and who is whom.
FlowResult client_to_openimis(const FlowInput& input);

/// Beneficiaries of a social registry whom openIMIS does not have, as an upload; and who is whom.
FlowResult social_to_openimis(const FlowInput& input);

/// What changed of people whom both know, under the receiver's id; and people it does not have.
FlowResult openimis_to_social(const FlowInput& input);

/// Records of one source that are one person, as openIMIS's deduplication tasks.
FlowResult openimis_duplicates(const FlowInput& input);

}  // namespace tessera
