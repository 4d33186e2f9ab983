// FHIR's insurance: Coverage, Claim, ClaimResponse, CoverageEligibilityRequest, ServiceRequest.
#pragma once

#include "exchange/import.hpp"
#include "exchange/tree.hpp"

namespace tessera {

/// A policy of one beneficiary.
void read_coverage(Node& coverage, Import& import);

/// Claim, ClaimResponse and CoverageEligibilityRequest: rows of claim.csv, told apart by `kind`,
/// and of claim_item.csv. A Claim whose visit type is R, or that names a referral, is a referral
/// too.
void read_claim(Node& claim, Import& import);

/// A referral from one facility to another.
void read_service_request(Node& request, Import& import);

}  // namespace tessera
