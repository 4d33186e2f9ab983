#include "exchange/speakers.hpp"

namespace tessera {

bool is_in_use(const TableRow& person) {
  return person["active"] != "false" && person["deceased"] != "true" &&
         person["death_date"].empty();
}

std::unordered_map<std::int64_t, std::string> speakers(const Feed& feed, const FlowSource& source) {
  const std::size_t place = feed.source(source.name).value();
  std::unordered_map<std::int64_t, std::string> speaker;
  std::unordered_map<std::int64_t, std::string> newest;
  for (const TableRow& person : all_rows(source.tables, CanonicalTable::kPerson)) {
    const FeedRecord* record = feed.find(place, person.key());
    if (record == nullptr || !is_in_use(person)) continue;
    const auto [at, fresh] = newest.emplace(record->entity, person["updated_at"]);
    if (!fresh && person["updated_at"] <= at->second) continue;
    at->second = person["updated_at"];
    speaker[record->entity] = person.key();
  }
  return speaker;
}

}  // namespace tessera
