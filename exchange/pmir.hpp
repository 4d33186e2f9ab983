// IHE PMIR: a message that says which patients are replaced by which (ITI-93, merge).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "exchange/fhir_writer.hpp"

namespace tessera {

struct PatientMerge {
  std::string replaced;                     ///< A record id.
  std::vector<FhirIdentifier> identifiers;  ///< Of the replaced one.
  std::string by;                           ///< A record id.
  FhirIdentifier by_identifier;
};

/// The message bundle: a MessageHeader, and a history of Patients that are no longer active and
/// have a link `replaced-by`. `at`: an instant.
/// Source: IHE ITI PMIR 1.5, 2:3.93.4.1, and the Connectathon's sample of a merge.
std::string pmir_message(const std::vector<PatientMerge>& merges, std::string_view at);

}  // namespace tessera
