// Civil registration → its registrars: which events may tell of one birth, death or marriage twice.
#include <map>
#include <set>

#include "exchange/flows.hpp"
#include "exchange/json_parts.hpp"
#include "exchange/table_view.hpp"

namespace tessera {
namespace {

/// What an event is called.
struct EventName {
  std::string id;
  std::string tracking_id;
  std::string type;
};

}  // namespace

FlowResult crvs_duplicates(const FlowInput& input) {
  FlowResult result;
  const std::size_t from = input.place(input.from);
  std::map<std::size_t, EventName> events;  // by the place of its subject's record
  for (const TableRow& row : all_rows(input.need(input.from).tables, CanonicalTable::kEvent)) {
    const FeedRecord* subject = input.feed.find(from, row["record_id"]);
    if (subject == nullptr) {
      result.except(input.from, row["record_id"], row["type"],
                    "the registry does not know it: load it and apply");
      continue;
    }
    const auto place = static_cast<std::size_t>(subject - input.feed.records().data());
    events[place] = {std::string(row.key()), std::string(row["tracking_id"]),
                     std::string(row["type"])};
  }
  std::map<std::string, std::set<std::string>> duplicates;  // lines by event
  const auto pair_up = [&](std::size_t one, std::size_t other, std::string_view why) {
    const auto left = events.find(one);
    const auto right = events.find(other);
    if (left == events.end() || right == events.end()) return;
    if (left->second.type != right->second.type || left->second.id == right->second.id) return;
    const auto& records = input.feed.records();
    if (!input.is_due(records[one]) && !input.is_due(records[other])) return;
    const auto line = [&](const EventName& event) {
      return "{\"id\":" + json_quoted(event.id) +
             ",\"trackingId\":" + json_quoted(event.tracking_id) +
             ",\"reason\":" + json_quoted(why) + "}";
    };
    if (duplicates[left->second.id].insert(line(right->second)).second) {
      result.count("pairs of events that may be one");
    }
    duplicates[right->second.id].insert(line(left->second));
  };
  for (const auto& [place, event] : events) {
    for (const std::size_t other : input.feed.records_of(input.feed.records()[place].entity)) {
      if (other > place) pair_up(place, other, "one person");
    }
  }
  for (const OpenPair& pair : input.feed.open_pairs()) {
    const auto& records = input.feed.records();
    if (records[pair.left].entity == records[pair.right].entity) continue;  // listed above
    pair_up(pair.left, pair.right, "waits for review");
  }
  std::string& text = result.files["duplicates.ndjson"];
  for (const auto& [id, others] : duplicates) {
    text += "{\"id\":" + json_quoted(id) + ",\"potentialDuplicates\":[";
    bool first = true;
    for (const std::string& other : others) {
      if (!first) text += ',';
      text += other;
      first = false;
    }
    text += "]}\n";
  }
  result.count("events with potential duplicates", duplicates.size());
  return result;
}

}  // namespace tessera
