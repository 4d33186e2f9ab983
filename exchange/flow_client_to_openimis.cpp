// Client registry → openIMIS: whom to enrol, family by family.
#include "exchange/crosswalk_rows.hpp"
#include "exchange/enrolment.hpp"
#include "exchange/flows.hpp"

namespace tessera {

FlowResult client_to_openimis(const FlowInput& input) {
  FlowResult result;
  std::string& enrolment = result.files["enrolment.ndjson"];
  const Enrolment people(input);
  for (const Household& household : households_of(input.need(input.from).tables)) {
    const std::string bundle = people.bundle(household, result);
    if (!bundle.empty()) enrolment += bundle + "\n";
  }
  result.files["crosswalk.csv"] = crosswalk_rows(input);
  put_family_crosswalk(input, result);
  return result;
}

}  // namespace tessera
