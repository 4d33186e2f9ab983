// A FHIR RelatedPerson: that one patient is another's spouse, mother, child.
#pragma once

#include <string>
#include <vector>

#include "exchange/fhir_writer.hpp"

namespace tessera {

struct RelatedPersonFacts {
  std::string patient;       ///< A reference: whose relative it is.
  std::string related;       ///< A reference to the relative's own Patient.
  std::string relationship;  ///< Of HL7 v3 RoleCode: SPS, MTH, …
  std::vector<FhirIdentifier> identifiers = {};
  std::string start = {};  ///< A date; what is none is left out.
};

/// R4 has no place for the relative's own Patient: its reference is the last identifier's value,
/// with the system `urn:tessera:patient`.
std::string write_related_person(const RelatedPersonFacts& facts);

}  // namespace tessera
