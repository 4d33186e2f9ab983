// The flows, one function each; flows.cpp has the table of them.
#pragma once

#include "exchange/flow.hpp"

namespace tessera {

/// People whom openIMIS does not have, with their families; and who is whom.
FlowResult client_to_openimis(const FlowInput& input);

}  // namespace tessera
