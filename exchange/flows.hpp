// The flows, one function each; flows.cpp has the table of them.
#pragma once

#include "exchange/flow.hpp"

namespace tessera {

/// People whom openIMIS does not have, with their families; and who is whom.
FlowResult client_to_openimis(const FlowInput& input);

/// The insurer's number on each linked client (ITI-104), and which clients are one (PMIR).
FlowResult openimis_to_client(const FlowInput& input);

/// Registered births, deaths and marriages of insured people and their children.
FlowResult crvs_to_openimis(const FlowInput& input);

/// Which events of a civil register may be one.
FlowResult crvs_duplicates(const FlowInput& input);

/// Who is insured on a day.
FlowResult eligibility(const FlowInput& input);

/// Claims rewritten to the receiver's person.
FlowResult claims(const FlowInput& input);

/// Persons who go from one insurer or programme to another, with their claims; and the way back.
FlowResult transfer(const FlowInput& input);

/// One chain of referrals a person.
FlowResult referrals(const FlowInput& input);

/// Beneficiaries of a social registry whom openIMIS does not have, as an upload; and who is whom.
FlowResult social_to_openimis(const FlowInput& input);

/// What changed of people whom both know, under the receiver's id; and people it does not have.
FlowResult openimis_to_social(const FlowInput& input);

/// What changed of people whom another insurer or programme has, under its own id; of no one else.
FlowResult openimis_to_insurer(const FlowInput& input);

/// What openIMIS has of people whom another registry searches by their numbers.
FlowResult dci_answers(const FlowInput& input);

/// Requests to check what openIMIS says of people, by their UIN or perpetual VID.
FlowResult openimis_to_mosip(const FlowInput& input);

/// Records of one source that are one person, as openIMIS's deduplication tasks.
FlowResult openimis_duplicates(const FlowInput& input);

}  // namespace tessera
