// One system's doubles, as tasks for its own users: the records of it that are one person.
#include <map>

#include "exchange/flows.hpp"
#include "exchange/write_dedup_tasks.hpp"

namespace tessera {

FlowResult openimis_duplicates(const FlowInput& input) {
  FlowResult result;
  const FlowSource& source = input.need(input.from);
  const std::size_t from = input.place(input.from);
  std::map<std::int64_t, std::vector<Outgoing>> by_identity;
  std::map<std::int64_t, bool> due;
  for (const FeedRecord& record : input.feed.records()) {
    if (record.source != from) continue;
    by_identity[record.entity].push_back(
        {record.id, std::string(input.feed.identifier(record.entity)), ""});
    due[record.entity] = due[record.entity] || input.is_due(record);
  }
  std::vector<std::vector<Outgoing>> groups;
  for (const auto& [entity, records] : by_identity) {
    if (records.size() < 2) {
      result.count("persons with one record");
    } else if (!due[entity]) {
      result.count("nothing new since then");
    } else {
      result.count("persons with several records");
      result.count("their records", records.size());
      groups.push_back(records);
    }
  }
  result.files["deduplication.json"] = write_dedup_tasks(source.tables, groups).text;
  return result;
}

}  // namespace tessera
