// Who moves with whom when persons go from one insurer to another: the family and head rule.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/flow.hpp"

namespace tessera {

/// The persons of one family who move together.
struct TransferGroup {
  std::string family;  ///< A household (exchange/households.hpp) of the sender.
  std::string head;    ///< Of those who move, one of `movers`; empty where there is a fault.
  std::vector<std::string> movers;  ///< Record ids, sorted; alive and in use.
  std::vector<std::string> rest;    ///< Those in use who stay.
  std::string new_head;             ///< Of those who stay, where their head moves; else empty.
  std::string_view fault = {};      ///< Why nobody of it can move; else empty.

  bool is_whole() const { return rest.empty(); }
};

/// What was ordered, by family.
struct TransferOrders {
  std::vector<TransferGroup> groups;  ///< By family.
  std::vector<std::string> unknown;   ///< Records that the sender's files do not have, sorted.
  std::vector<std::string> gone;      ///< Dead, or no longer in use; sorted.
};

/// A family moves with its head. Where its head moves and others stay, those who stay need a new
/// head; where several leave without the head, those who leave need one: the order's `new_head`
/// names it. One person alone may leave, and heads a family of one.
/// REQUIRES: `sender` is finished. Cost: n log n of its persons.
TransferOrders transfer_groups(const Import& sender, std::span<const TransferOrder> orders);

}  // namespace tessera
