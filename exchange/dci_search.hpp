// Searches of SPDCI 1.0.0: what a registry that asks wants to know.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/tree.hpp"
#include "exchange/write_dci.hpp"

namespace tessera {

/// One `search_request`: a person by a number. Either `type` and `value`, or a fault.
struct DciSearch {
  std::string reference_id;
  std::string type;  ///< A canonical type of identifier.
  std::string value;
  std::string_view fault = {};  ///< Why it is not answered, a sentence; empty: it can be.
};

struct DciSearchMessage {
  std::string transaction_id;
  std::string sender_id;
  std::string receiver_id;
  DciRegistry registry = DciRegistry::kBeneficiary;  ///< Whose records are asked for.
  std::vector<DciSearch> searches;
};

/// Reads a search message; nullopt for another document. Taken are `idtype-value`, and `expression`
/// with one condition, that an identifier equals a value; who asks for people by age, poverty or
/// name, or for all, is not told of anybody. `response_entity` or `reg_record_type` (Person,
/// Member, Beneficiary) says which records; else Beneficiary.
std::optional<DciSearchMessage> read_dci_search(Node& message);

}  // namespace tessera
