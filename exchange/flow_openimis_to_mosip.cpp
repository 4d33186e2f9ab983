// openIMIS → MOSIP: requests to check what openIMIS says of people by their UIN or perpetual VID.
#include <map>

#include "exchange/flows.hpp"
#include "exchange/table_view.hpp"
#include "exchange/write_mosip.hpp"

namespace tessera {

FlowResult openimis_to_mosip(const FlowInput& input) {
  FlowResult result;
  const FlowSource& source = input.need(input.from);
  const std::size_t from = input.place(input.from);
  std::map<std::string, const FeedRecord*, std::less<>> known;
  for (const FeedRecord& record : input.feed.records()) {
    if (record.source == from) known.emplace(record.id, &record);
  }
  Outbound outbound{source.tables, {}};
  for (const TableRow& person : all_rows(source.tables, CanonicalTable::kPerson)) {
    const auto found = known.find(person.key());
    if (found == known.end()) {
      result.except(source.name, person.key(), "person", "not in the registry");
    } else if (!input.has_news(*found->second)) {
      result.count("nothing new since then");
    } else {
      outbound.people.push_back({std::string(person.key()),
                                 std::string(input.feed.identifier(found->second->entity)), ""});
    }
  }
  const Written file = write_mosip_auth(outbound, "eng");
  for (const auto& [what, count] : file.counts) {
    result.count(what == kWritten ? "requests to authenticate" : what, count);
  }
  result.files["authentication.ndjson"] = file.text;
  return result;
}

}  // namespace tessera
