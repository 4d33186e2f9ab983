// openIMIS → social registry: what changed of people that both know, and people that the registry
// does not have. openIMIS → another insurer or programme: what changed of people that both know.
#include <array>

#include "data/unicode.hpp"
#include "exchange/flat_person.hpp"
#include "exchange/flows.hpp"
#include "exchange/link_doubt.hpp"
#include "exchange/speakers.hpp"
#include "exchange/table_view.hpp"
#include "exchange/write_dci.hpp"
#include "exchange/write_lists.hpp"
#include "exchange/write_updates.hpp"

namespace tessera {
namespace {

// What one system tells the other of a person. The systems' own numbers are none of it.
constexpr std::array<std::string_view, 17> kDetails = {
    "given_name", "middle_name", "family_name", "full_name",      "birth_name", "birth_date",
    "sex",        "phone",       "email",       "address",        "village",    "city",
    "district",   "region",      "postcode",    "marital_status", "occupation"};

// Letters' case, accents and blanks are no change, nor is how a phone number is parted.
bool says_the_same(std::string_view column, std::string_view a, std::string_view b) {
  if (column != "phone") return fold(a) == fold(b);
  const auto digits = [](std::string_view text) {
    std::string kept;
    for (const char c : text) {
      if (c >= '0' && c <= '9') kept += c;
    }
    return kept;
  };
  return digits(a) == digits(b);
}

// Columns in which `person` says something and the receiver's record does not say the same.
FlatFields changes(const TableRow& person, const TableRow& there) {
  FlatFields changed;
  for (const std::string_view column : kDetails) {
    if (!person[column].empty() && !says_the_same(column, person[column], there[column])) {
      changed.emplace_back(column, person[column]);
    }
  }
  return changed;
}

/// Of whom the receiver is told.
enum class Audience : std::uint8_t {
  kRegistry,  ///< Of people whom it does not have, too.
  kInsurer,   ///< Of its own people alone.
};

class Told {
 public:
  Told(const FlowInput& input, Audience audience)
      : input_(input),
        audience_(audience),
        source_(input.need(input.from)),
        receiver_(input.need(input.to)),
        links_(input.feed),
        speaker_(speakers(input.feed, source_)),
        from_(input.place(input.from)),
        to_(input.place(input.to)) {}

  FlowResult run() {
    for (const TableRow& person : all_rows(source_.tables, CanonicalTable::kPerson)) tell(person);
    result_.files["changes.csv"] =
        flat_csv({"record_id", "beneficiary_identifier", "source_record_id"}, changed_);
    result_.files["notify_update.json"] = notify(updates_, DciEvent::kUpdate);
    if (receiver_.format == "social-protection") {
      Written upload = write_updates(receiver_.files, receiver_.tables, details_);
      for (const auto& [what, count] : upload.counts) {
        if (what != kWritten) result_.count("of the upload: " + what, count);
      }
      result_.files["updates.csv"] = std::move(upload.text);
    }
    if (audience_ == Audience::kInsurer) return std::move(result_);
    result_.files["new.csv"] = write_matched_list(fresh_, ListShape::kCsv).text;
    result_.files["matched.csv"] = write_matched_list(matched_, ListShape::kCsv).text;
    result_.files["matched.json"] = write_matched_list(matched_, ListShape::kJson).text;
    result_.files["notify_register.json"] = notify(fresh_, DciEvent::kRegister);
    return std::move(result_);
  }

 private:
  void hold_back(const TableRow& person, std::string_view reason) {
    result_.count("held back");
    result_.except(input_.from, person.key(), "person", reason);
  }

  void tell(const TableRow& person) {
    if (!is_in_use(person)) {
      result_.count("dead or no longer in use");
      return;
    }
    const FeedRecord* record = input_.feed.find(from_, person.key());
    if (record == nullptr) {
      hold_back(person, "the registry does not know it: load it and apply");
      return;
    }
    const LinkedRecord linked = links_.in(record->entity, to_);
    if (linked.state == Counterpart::kDoubtful) {
      hold_back(person, linked.reason);
    } else if (speaker_.at(record->entity) != person.key()) {
      result_.count("further records of one person");
    } else if (!input_.has_news(*record)) {
      result_.count("nothing new since then");
    } else if (linked.state == Counterpart::kOne) {
      matched_.people.push_back(outgoing(person, *record, linked.record->id));
      tell_changes(person, *record, linked.record->id);
    } else if (audience_ == Audience::kInsurer) {
      result_.count("not among the receiver's people");
    } else if (links_.waits_for_review(record->entity, from_)) {
      hold_back(person, "a possible match with another person of the sender waits for review");
    } else {
      result_.count("new beneficiaries");
      fresh_.people.push_back(outgoing(person, *record, ""));
    }
  }

  Outgoing outgoing(const TableRow& person, const FeedRecord& record, std::string_view there) {
    return {std::string(person.key()), std::string(input_.feed.identifier(record.entity)),
            std::string(there)};
  }

  void tell_changes(const TableRow& person, const FeedRecord& record, const std::string& there) {
    const std::vector<TableRow> rows = rows_of(receiver_.tables, CanonicalTable::kPerson, there);
    if (rows.empty()) {
      hold_back(person, "the receiver's files do not have the record that it is linked with");
      return;
    }
    const FlatFields changed = changes(person, rows.front());
    if (changed.empty()) {
      result_.count("the same at the receiver");
      return;
    }
    result_.count("changed persons");
    result_.count("changed details", changed.size());
    FlatFields row = {
        {"record_id", there},
        {"beneficiary_identifier", std::string(input_.feed.identifier(record.entity))},
        {"source_record_id", std::string(person.key())}};
    row.insert(row.end(), changed.begin(), changed.end());
    changed_.push_back(std::move(row));
    details_[there] = changed;
    updates_.people.push_back(outgoing(person, record, there));
  }

  std::string notify(const Outbound& outbound, DciEvent event) const {
    const std::string id = "tessera-" + std::to_string(input_.feed.last_event()) +
                           (event == DciEvent::kUpdate ? "-update" : "-register");
    return write_dci_notify(outbound,
                            {.registry = DciRegistry::kBeneficiary,
                             .message_id = id,
                             .timestamp = input_.feed.last_event_at(),
                             .sender_id = input_.from,
                             .receiver_id = input_.to},
                            event)
        .text;
  }

  const FlowInput& input_;
  Audience audience_;
  const FlowSource& source_;
  const FlowSource& receiver_;
  LinkLookup links_;
  std::unordered_map<std::int64_t, std::string> speaker_;
  std::size_t from_;
  std::size_t to_;
  FlowResult result_;
  std::vector<FlatFields> changed_;
  ChangedDetails details_;  // the same by the receiver's ids
  Outbound fresh_{source_.tables, {}};
  Outbound updates_{source_.tables, {}};
  Outbound matched_{source_.tables, {}};
};

}  // namespace

FlowResult openimis_to_social(const FlowInput& input) {
  return Told(input, Audience::kRegistry).run();
}

FlowResult openimis_to_insurer(const FlowInput& input) {
  return Told(input, Audience::kInsurer).run();
}

}  // namespace tessera
