// Claims as FHIR R4, written from the canonical tables of a source that speaks no FHIR.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "exchange/table_view.hpp"

namespace tessera {

/// What the tables have of one claim.
struct ClaimFacts {
  const TableRow* claim = nullptr;  ///< A row of claim.csv, of kind `claim`.
  std::vector<TableRow> items;      ///< Its rows of claim_item.csv.
  std::vector<TableRow> details;    ///< Its rows of detail.csv.
  std::string source = {};  ///< The source's name: whose numbers stand for what it does not say.
};

/// A Claim, its patient under the source's record id. openIMIS's systems for the claim's code and
/// the type of visit; what R4 demands and the tables do not have is said to be not stated (a
/// facility, a coverage), never invented. A diagnosis, item or service that only has a number
/// stands under `urn:tessera:SOURCE:diagnosis` (`item`, `service`). One line of JSON.
std::string write_claim(const ClaimFacts& facts);

/// The insurer's answer, a ClaimResponse about the same claim: what was approved, in all and by
/// item, and the claim's state in words. Empty where there is none yet.
std::string write_claim_response(const ClaimFacts& facts);

/// Details of the claim for which neither has a place.
std::size_t details_left_out(const ClaimFacts& facts);

}  // namespace tessera
