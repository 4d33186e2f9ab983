// Whether the people of a client registry are insured on a day.
#include <algorithm>
#include <map>
#include <set>

#include "data/csv_writer.hpp"
#include "data/error.hpp"
#include "exchange/flows.hpp"
#include "exchange/households.hpp"
#include "exchange/insured_finder.hpp"

namespace tessera {
namespace {

/// A coverage that holds on the day.
struct Cover {
  std::string id, product, start, end;
  std::string_view through;  ///< own, head
};

std::string_view begin_of(const TableRow& row) {
  return row["effective"].empty() ? row["start"] : row["effective"];
}

// By its period; a status of openIMIS that was stopped holds on no day, while `expired` and
// `active` only tell of the day on which the file was made.
bool holds_on(const TableRow& row, std::string_view day) {
  constexpr std::string_view kStopped[] = {"suspended", "idle",  "ready",
                                           "cancelled", "draft", "entered-in-error"};
  if (std::find(std::begin(kStopped), std::end(kStopped), row["status"]) != std::end(kStopped)) {
    return false;
  }
  const std::string_view begin = begin_of(row);
  const std::string_view end = row["end"];
  return !begin.empty() && begin <= day && (end.empty() || day <= end);
}

class Covers {
 public:
  explicit Covers(const Import& openimis) : families_(families_by_member(openimis)) {
    for (const TableRow& row : all_rows(openimis, CanonicalTable::kFamily)) {
      heads_[std::string(row.key())] = row["head_id"];
    }
    for (const TableRow& row : all_rows(openimis, CanonicalTable::kCoverage)) {
      const std::string_view person = row["beneficiary_id"];
      if (!person.empty()) {
        of_person_[std::string(person)].push_back(row);
        const std::string* family = family_of(std::string(person));
        if (family != nullptr) named_.emplace(*family, row.key());
      } else if (!row["family_id"].empty()) {
        of_family_[std::string(row["family_id"])].push_back(row);
      }
    }
  }

  const std::string* family_of(const std::string& person) const {
    const auto found = families_.find(person);
    return found == families_.end() ? nullptr : &found->second;
  }

  // Of the person's own coverages and those of the family's head the one that lasts longest. A
  // policy that names its insured persons (tblInsureePolicy) covers these alone.
  Cover on(const std::string& person, std::string_view day) const {
    Cover best;
    const auto consider = [&](const TableRow& row, std::string_view through) {
      if (!holds_on(row, day)) return;
      if (!best.id.empty() && (!best.end.empty() && row["end"] <= best.end)) return;
      best = {std::string(row.key()), std::string(row["product"]), std::string(begin_of(row)),
              std::string(row["end"]), through};
    };
    const std::vector<TableRow>* own = rows(of_person_, person);
    for (const TableRow& row : own == nullptr ? kNone : *own) consider(row, "own");
    if (!best.id.empty()) return best;
    const std::string* family = family_of(person);
    if (family == nullptr) return best;
    const std::vector<TableRow>* policies = rows(of_family_, *family);
    for (const TableRow& row : policies == nullptr ? kNone : *policies) {
      if (!named_.contains({*family, std::string(row.key())})) consider(row, "head");
    }
    const auto head = heads_.find(*family);
    if (head == heads_.end() || head->second == person) return best;
    const std::vector<TableRow>* of_head = rows(of_person_, head->second);
    for (const TableRow& row : of_head == nullptr ? kNone : *of_head) {
      if (row["family_id"].empty()) consider(row, "head");  // FHIR: the head is its beneficiary
    }
    return best;
  }

 private:
  using ByName = std::map<std::string, std::vector<TableRow>>;

  static const std::vector<TableRow>* rows(const ByName& all, const std::string& name) {
    const auto found = all.find(name);
    return found == all.end() ? nullptr : &found->second;
  }

  inline static const std::vector<TableRow> kNone = {};

  std::unordered_map<std::string, std::string> families_;
  std::map<std::string, std::string> heads_;
  ByName of_person_;
  ByName of_family_;
  std::set<std::pair<std::string, std::string>> named_;  // family and policy that names its insured
};

}  // namespace

FlowResult eligibility(const FlowInput& input) {
  if (input.on.empty()) {
    throw Error(ErrorCode::kUsage, "--on", "is missing: say on which day, as --on 2026-11-25");
  }
  const FlowSource& clients = input.need(input.from);
  const Covers covers(input.need(input.to).tables);
  const InsuredFinder finder(input, input.from, input.to);
  const std::size_t from = input.place(input.from);
  FlowResult result;
  std::string& text = result.files["eligibility.csv"];
  text =
      "identifier,source,record_id,insured_record_id,family_id,on,covered,coverage_id,product,"
      "start,"
      "end,through\n";
  for (const TableRow& person : all_rows(clients.tables, CanonicalTable::kPerson)) {
    const InsuredPerson insured = finder.find(person.key());
    if (!insured.doubt.empty()) {
      result.except(input.from, person.key(), "person", insured.doubt);
      result.count("in doubt");
      continue;
    }
    if (insured.record.empty()) {
      result.count("not insured");
      continue;
    }
    const Cover cover = covers.on(insured.record, input.on);
    const std::string* family = covers.family_of(insured.record);
    const FeedRecord* known = input.feed.find(from, person.key());
    const std::string_view fields[] = {
        known == nullptr ? std::string_view() : input.feed.identifier(known->entity),
        input.from,
        person.key(),
        insured.record,
        family == nullptr ? std::string_view() : std::string_view(*family),
        input.on,
        cover.id.empty() ? "false" : "true",
        cover.id,
        cover.product,
        cover.start,
        cover.end,
        cover.through};
    for (std::size_t i = 0; i < std::size(fields); ++i) {
      if (i > 0) text += ',';
      append_csv_field(text, fields[i]);
    }
    text += '\n';
    result.count(cover.id.empty() ? "insured, and not covered on the day" : "covered on the day");
  }
  return result;
}

}  // namespace tessera
