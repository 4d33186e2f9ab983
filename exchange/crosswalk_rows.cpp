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

}  // namespace tessera
