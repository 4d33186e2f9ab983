#include "exchange/transfer_groups.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "exchange/households.hpp"
#include "exchange/speakers.hpp"

namespace tessera {
namespace {

constexpr std::string_view kRestNeedsHead =
    "the family's head would leave it, and others stay: list them too, or name who of them is the "
    "new head (new_head)";
constexpr std::string_view kMoversNeedHead =
    "several persons would leave a family without its head: name who of them is the head of those "
    "who leave (new_head)";
constexpr std::string_view kHeadIsNobody =
    "new_head names nobody of the family who could be the head";
constexpr std::string_view kSeveralHeads = "two persons are named as the new head";

bool has(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

void give_head(TransferGroup& group, const std::string& head, const std::set<std::string>& named) {
  const std::string choice = named.empty() ? std::string() : *named.begin();
  if (named.size() > 1) {
    group.fault = kSeveralHeads;
  } else if (!choice.empty() && !has(group.movers, choice) && !has(group.rest, choice)) {
    group.fault = kHeadIsNobody;
  } else if (has(group.movers, head) && !group.is_whole()) {
    group.fault = has(group.rest, choice) ? "" : kRestNeedsHead;
    group.new_head = choice;
    group.head = head;
  } else if (has(group.movers, choice)) {
    group.head = choice;
  } else if (has(group.movers, head)) {
    group.head = head;
  } else if (group.movers.size() == 1) {
    group.head = group.movers.front();
  } else {
    group.fault = kMoversNeedHead;
  }
  if (!group.fault.empty()) group.head.clear();
}

}  // namespace

TransferOrders transfer_groups(const Import& sender, std::span<const TransferOrder> orders) {
  TransferOrders all;
  std::map<std::string, std::set<std::string>> ordered;  // the new heads named, by record
  for (const TransferOrder& order : orders) {
    std::set<std::string>& heads = ordered[order.record];
    if (!order.new_head.empty()) heads.insert(order.new_head);
  }
  std::set<std::string> seen;
  for (const Household& household : households_of(sender)) {
    TransferGroup group;
    std::set<std::string> named;
    for (const Household::Member& member : household.members) {
      const auto order = ordered.find(member.record);
      const bool is_used =
          is_in_use(rows_of(sender, CanonicalTable::kPerson, member.record).front());
      if (order != ordered.end()) {
        seen.insert(member.record);
        if (is_used) named.insert(order->second.begin(), order->second.end());
        (is_used ? group.movers : all.gone).push_back(member.record);
      } else if (is_used) {
        group.rest.push_back(member.record);
      }
    }
    if (group.movers.empty()) continue;
    group.family = household.id;
    std::sort(group.movers.begin(), group.movers.end());
    std::sort(group.rest.begin(), group.rest.end());
    give_head(group, household.head, named);
    all.groups.push_back(std::move(group));
  }
  for (const auto& [record, heads] : ordered) {
    if (!seen.contains(record)) all.unknown.push_back(record);
  }
  std::sort(all.gone.begin(), all.gone.end());
  return all;
}

}  // namespace tessera
