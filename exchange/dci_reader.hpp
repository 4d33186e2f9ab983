// SPDCI 1.0.0 messages: registry records and search answers of civil, social and beneficiary
// registries.
#pragma once

#include "exchange/import.hpp"
#include "exchange/tree.hpp"

namespace tessera {

/// Reads the records in an envelope (search answers, notifications, registrations), or records that
/// stand alone. Four dialects of a person are met: name as an object or a list, `given_name` or
/// `first_name`, a person bare, in `person`, in `demographic_info.person`. A Group is a family; a
/// Beneficiary is a member with an enrolment. A message without records (a request, an
/// acknowledgement) is counted.
void read_dci(Node& message, Import& import);

}  // namespace tessera
