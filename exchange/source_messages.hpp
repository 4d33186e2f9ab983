// The messages of a source about its patients: its own, or written from its tables.
#pragma once

#include <functional>
#include <string_view>

#include "exchange/flow.hpp"
#include "exchange/tree.hpp"

namespace tessera {

/// As for_each_resource of a source's files, where they are FHIR. Of another format: each claim of
/// its tables as a Claim, and as a ClaimResponse what the insurer made of it (write_claim.hpp), by
/// id. Returns how many details of claims have no place in these. Throws Error as
/// for_each_document.
std::size_t for_each_message(
    const FlowSource& source,
    const std::function<void(Node& resource, std::string_view text)>& take);

/// Whether it has any claim, in whatever form.
bool has_claims(const FlowSource& source);

}  // namespace tessera
