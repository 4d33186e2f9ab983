#include "exchange/crosswalk_rows.hpp"

#include "data/csv_writer.hpp"
#include "exchange/link_doubt.hpp"

namespace tessera {

std::string crosswalk_rows(const FlowInput& input) {
  const LinkLookup links(input.feed);
  const std::size_t from = input.place(input.from);
  const std::size_t to = input.place(input.to);
  std::string text = "identifier,source,record_id,other_source,other_record_id\n";
  for (const FeedRecord& record : input.feed.records()) {
    if (record.source != from || !input.is_due(record)) continue;
    const LinkedRecord other = links.in(record.entity, to);
    if (other.state != Counterpart::kOne) continue;
    append_csv_row(text, {input.feed.identifier(record.entity), input.from, record.id, input.to,
                          other.record->id});
  }
  return text;
}

void put_family_crosswalk(const FlowInput& input, FlowResult& result) {
  if (input.feed.groups().empty()) return;
  const std::size_t from = input.place(input.from);
  const std::size_t to = input.place(input.to);
  std::map<std::string_view, std::vector<std::string_view>> others;
  for (const auto& [group, identifier] : input.feed.groups()) {
    if (group.first == to) others[identifier].push_back(group.second);
  }
  std::string text = "family_identifier,source,family_id,other_source,other_family_id\n";
  for (const auto& [group, identifier] : input.feed.groups()) {
    if (group.first != from) continue;
    const auto found = others.find(identifier);
    if (found == others.end()) {
      append_csv_row(text, {identifier, input.from, group.second, input.to, ""});
      continue;
    }
    for (const std::string_view other : found->second) {
      append_csv_row(text, {identifier, input.from, group.second, input.to, other});
    }
  }
  result.files["family_crosswalk.csv"] = std::move(text);
}

}  // namespace tessera
