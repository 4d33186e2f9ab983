// FHIR's people: Patient, RelatedPerson, Group.
#pragma once

#include "exchange/import.hpp"
#include "exchange/tree.hpp"

namespace tessera {

/// openIMIS FHIR R4 and R5, OpenCR, IHE PIXm and PMIR. A client registry's golden record, which has
/// neither name nor identifier, is no person: its links are kept, itself is counted.
void read_patient(Node& patient, Import& import);

/// A relation between two people, of whom either may be known by an identifier alone (PMIR).
void read_related_person(Node& related, Import& import);

/// A family and its members.
void read_group(Node& group, Import& import);

}  // namespace tessera
