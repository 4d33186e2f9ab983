// Referrals of all facilities and systems, one chain a person.
#include <algorithm>
#include <map>
#include <set>

#include "data/csv_writer.hpp"
#include "exchange/flows.hpp"
#include "exchange/link_doubt.hpp"
#include "exchange/table_view.hpp"

namespace tessera {
namespace {

/// One step of a chain. Sorted by day, then by what names it.
struct Step {
  std::string date, source, referral, patient, from, to, status, reason;

  auto operator<=>(const Step&) const = default;
};

// Whether the person may be another one of a system that sent referrals.
bool is_in_doubt(const LinkLookup& links, const FlowInput& input, std::int64_t entity) {
  return std::any_of(input.sources.begin(), input.sources.end(), [&](const FlowSource& source) {
    return !links.doubt(entity, input.place(source.name)).empty();
  });
}

}  // namespace

FlowResult referrals(const FlowInput& input) {
  FlowResult result;
  const LinkLookup links(input.feed);
  std::map<std::string, std::set<Step>> chains;  // by identifier
  for (const FlowSource& source : input.sources) {
    const std::size_t place = input.place(source.name);
    for (const TableRow& row : all_rows(source.tables, CanonicalTable::kReferral)) {
      const FeedRecord* patient = input.feed.find(place, row["patient_id"]);
      if (patient == nullptr) {
        result.except(source.name, row.key(), "referral", "the registry does not know its patient");
        result.count("held back");
        continue;
      }
      if (is_in_doubt(links, input, patient->entity)) {
        result.except(source.name, row.key(), "referral",
                      "a possible match of its patient waits for review");
        result.count("held back");
        continue;
      }
      Step step{std::string(row["date"]),
                source.name,
                std::string(row.key()),
                std::string(row["patient_id"]),
                std::string(row["from_facility"]),
                std::string(row["to_facility"]),
                std::string(row["status"]),
                std::string(row["reason"])};
      chains[std::string(input.feed.identifier(patient->entity))].insert(std::move(step));
      result.count("referrals in a chain");
    }
  }
  std::string& text = result.files["referrals.csv"];
  text =
      "identifier,step,date,source,referral_id,patient_id,from_facility,to_facility,status,"
      "reason\n";
  for (const auto& [identifier, steps] : chains) {
    std::size_t number = 0;
    for (const Step& step : steps) {
      append_csv_row(text,
                     {identifier, std::to_string(++number), step.date, step.source, step.referral,
                      step.patient, step.from, step.to, step.status, step.reason});
    }
  }
  result.count("persons with a chain", chains.size());
  return result;
}

}  // namespace tessera
