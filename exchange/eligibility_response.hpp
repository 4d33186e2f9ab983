// The answer to a FHIR request of eligibility.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exchange/cover_periods.hpp"
#include "exchange/tree.hpp"

namespace tessera {

/// What is answered.
struct EligibilityAnswer {
  std::string day;         ///< That was judged by, as 2026-11-25.
  std::string created;     ///< When, as FHIR has an instant.
  std::string insurer;     ///< A name, where the request names none.
  CoverPeriod cover = {};  ///< Without an id: none holds on the day.
  bool is_insured = true;  ///< Whether the insurer has the person at all.
};

/// The day that a request asks about: its servicedDate, or where its servicedPeriod starts; `usual`
/// where it says none that is whole.
std::string day_asked(Node& request, const std::string& usual);

/// A CoverageEligibilityResponse on one line: the request's patient, purpose and insurer, and the
/// coverage, if one is in force, with its period. Empty where the request has no id or no reference
/// to its patient. REQUIRES: `request` is a CoverageEligibilityRequest.
std::string write_eligibility_response(Node& request, const EligibilityAnswer& answer);

}  // namespace tessera
