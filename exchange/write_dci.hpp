// SPDCI 1.0.0 messages: what a registry tells its subscribers, and its answer to a search.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "exchange/outbound.hpp"

namespace tessera {

/// Whose interface the message follows: a social registry, a register of beneficiaries (IBR), a
/// civil registry.
enum class DciRegistry : std::uint8_t { kSocial, kBeneficiary, kCivil };

/// What happened to the records of a `notify`.
enum class DciEvent : std::uint8_t { kRegister, kUpdate };

/// The envelope. The same envelope and people give the same bytes.
struct DciEnvelope {
  DciRegistry registry = DciRegistry::kSocial;
  std::string message_id;  ///< Unique between the two systems; names transaction and references.
  std::string timestamp;   ///< RFC 3339, `2026-11-25T09:30:00Z`.
  std::string sender_id = {};  ///< May be empty.
  std::string receiver_id = {};
};

/// A `notify`: one `notify_event` a person, in the order given. `reg_event_type` is the interface's
/// own word where it has one (REGISTER of social registries, enrollement and
/// enrollement_status_change of IBR); an update of a social registry has none. What the
/// standard has no place for goes to `additional_attributes`. Who has a receiver_id is named by it,
/// too. An update does not say which household somebody is of: its number is the sender's. A person
/// without an identifier that may be handed on, the lasting one included, is left out and counted.
Written write_dci_notify(const Outbound& outbound, const DciEnvelope& envelope, DciEvent event);

/// What becomes of a request.
enum class DciStatus : std::uint8_t {
  kDone,     ///< `succ`: answered, with records or without.
  kPending,  ///< `pdng`: who it is waits for somebody's word.
  kRejected  ///< `rjct`, by its search criteria.
};

/// One request of a search, as its `search_request` named it.
struct DciRequest {
  std::string reference_id;
  std::vector<Outgoing> found = {};  ///< Records of the import; may be none. Of kDone alone.
  DciStatus status = DciStatus::kDone;
  std::string_view reason = {};  ///< Of kRejected: a sentence for who asks; no value.
};

/// An `on-search`: one `search_response` a request, its records in the order given; nothing found
/// is `succ` without records, and what is not answered has none. Who has no identifier is left out
/// and counted.
Written write_dci_on_search(const Import& tables, const DciEnvelope& envelope,
                            const std::string& transaction_id,
                            std::span<const DciRequest> requests);

}  // namespace tessera
