// openIMIS → client registry: the insurer's number on each linked client, and which clients are one
// person.
#include <algorithm>

#include "exchange/fhir_originals.hpp"
#include "exchange/flows.hpp"
#include "exchange/link_doubt.hpp"
#include "exchange/person_keys.hpp"
#include "exchange/pmir.hpp"
#include "exchange/table_view.hpp"

namespace tessera {
namespace {

constexpr std::size_t kEntriesABundle = 500;

/// A client who is to have the insurer's number.
struct NumberedClient {
  std::string record;
  FhirIdentifier number;
};

class ClientFeed {
 public:
  explicit ClientFeed(const FlowInput& input)
      : input_(input),
        insurer_(input.need(input.from)),
        clients_(input.need(input.to)),
        links_(input.feed),
        keys_(clients_),
        from_(input.place(input.from)),
        to_(input.place(input.to)) {
    for (const TableRow& relation : all_rows(clients_.tables, CanonicalTable::kRelation)) {
      if (relation["relation"] == "replaced_by") replaced_.emplace(relation.key());
    }
  }

  FlowResult run() {
    std::int64_t last = 0;
    std::vector<std::int64_t> entities;
    for (const FeedRecord& record : input_.feed.records()) {
      if (record.source == to_ && input_.has_news(record)) entities.push_back(record.entity);
      if (record.source == from_ && input_.has_news(record)) entities.push_back(record.entity);
    }
    std::sort(entities.begin(), entities.end());
    for (const std::int64_t entity : entities) {
      if (entity != last) visit(entity);
      last = entity;
    }
    write_merges();
    write_numbers();
    return std::move(result_);
  }

 private:
  bool is_in_use(std::string_view client) const {
    const std::vector<TableRow> rows = rows_of(clients_.tables, CanonicalTable::kPerson, client);
    return !rows.empty() && rows.front()["active"] != "false" && !replaced_.contains(client);
  }

  void visit(std::int64_t entity) {
    std::vector<const FeedRecord*> clients;
    for (const FeedRecord* client : links_.records(entity, to_)) {
      if (is_in_use(client->id)) clients.push_back(client);
    }
    if (clients.empty()) {
      result_.count("insured and not among the clients given");
      return;
    }
    const std::vector<const FeedRecord*> insured = links_.records(entity, from_);
    if (clients.size() == 1 && insured.empty()) {
      result_.count("clients who are not insured");
      return;
    }
    std::string_view reason = links_.doubt(entity, to_);
    if (reason.empty()) reason = links_.doubt(entity, from_);
    if (!reason.empty()) {
      for (const FeedRecord* client : clients) {
        result_.except(input_.to, client->id, "person", reason);
      }
      return;
    }
    merge(clients);
    if (!insured.empty()) number(*clients.front(), insured);
  }

  // The client who came first to the identity stays; those who came since, or to whom it came, are
  // replaced by it.
  void merge(const std::vector<const FeedRecord*>& clients) {
    const FeedRecord& stays = *clients.front();
    for (std::size_t i = 1; i < clients.size(); ++i) {
      const FeedRecord& client = *clients[i];
      if (!keys_.has_own(client.id) && !is_fhir_id(client.id)) {
        result_.except(input_.to, client.id, "person", kNoName);
        continue;
      }
      merges_.push_back({client.id, keys_.all(client.id), stays.id, keys_.of(stays.id)});
      result_.count("clients replaced by another");
    }
  }

  void number(const FeedRecord& client, const std::vector<const FeedRecord*>& insured) {
    if (insured.size() > 1) {
      result_.except(input_.to, client.id, "person",
                     "the insurer has several records of this person: merge its duplicates first");
      return;
    }
    const std::vector<TableRow> rows =
        rows_of(insurer_.tables, CanonicalTable::kPerson, insured.front()->id);
    if (rows.empty() || rows.front()["insurance_id"].empty()) {
      result_.except(input_.to, client.id, "person",
                     "the insurer's files hold no insurance number of this person");
      return;
    }
    FhirIdentifier number;
    number.system = input_.system.empty() ? "urn:tessera:source:" + input_.from : input_.system;
    number.value = rows.front()["insurance_id"];
    number.type = "insurance_id";
    for (const TableRow& held : identifiers_of(clients_.tables, "person", client.id)) {
      if (held["authority"] == number.system && held["value"] == number.value) {
        result_.count("clients who have the number already");
        return;
      }
    }
    if (!keys_.has_own(client.id) && !is_fhir_id(client.id)) {
      result_.except(input_.to, client.id, "person", kNoName);
      return;
    }
    numbers_.push_back({client.id, number});
  }

  void write_numbers() {
    std::set<std::string, std::less<>> wanted;
    for (const NumberedClient& client : numbers_) wanted.insert(client.record);
    const auto originals = clients_.format == "fhir"
                               ? original_patients(clients_.files, wanted)
                               : std::map<std::string, std::string, std::less<>>{};
    std::string& text = result_.files["insurer_ids.ndjson"];
    std::vector<BundleEntry> entries;
    std::sort(numbers_.begin(), numbers_.end(),
              [](const auto& a, const auto& b) { return a.record < b.record; });
    for (const NumberedClient& client : numbers_) {
      const auto original = originals.find(client.record);
      entries.push_back(
          {.resource = original == originals.end()
                           ? from_tables(client)
                           : add_identifier_json(original->second, identifier_json(client.number)),
           .method = "PUT",
           .url = url_of(client.record)});
      result_.count("clients given the insurer's number");
      if (original == originals.end()) {
        result_.count("… written from the tables, for the message was no JSON");
      }
      if (entries.size() == kEntriesABundle) flush(entries, text);
    }
    flush(entries, text);
  }

  std::string from_tables(const NumberedClient& client) const {
    const std::vector<TableRow> rows =
        rows_of(clients_.tables, CanonicalTable::kPerson, client.record);
    PatientFacts facts;
    facts.person = &rows.front();
    facts.id = client.record;
    facts.identifiers = keys_.all(client.record);
    facts.identifiers.push_back(client.number);
    return write_patient(facts);
  }

  std::string url_of(const std::string& record) const {
    return keys_.has_own(record) ? "Patient?identifier=" + identifier_query(keys_.of(record))
                                 : "Patient/" + record;
  }

  static void flush(std::vector<BundleEntry>& entries, std::string& text) {
    if (entries.empty()) return;
    text += write_bundle("batch", "", "", entries) + "\n";
    entries.clear();
  }

  void write_merges() {
    std::string& text = result_.files["merges.ndjson"];
    std::sort(merges_.begin(), merges_.end(),
              [](const auto& a, const auto& b) { return a.replaced < b.replaced; });
    for (std::size_t at = 0; at < merges_.size(); at += kEntriesABundle) {
      const std::size_t end = std::min(merges_.size(), at + kEntriesABundle);
      const auto begin = merges_.begin() + static_cast<std::ptrdiff_t>(at);
      const std::vector<PatientMerge> some(begin,
                                           merges_.begin() + static_cast<std::ptrdiff_t>(end));
      text += pmir_message(some, input_.feed.last_event_at()) + "\n";
    }
  }

  static constexpr std::string_view kNoName =
      "has neither an identifier of its own nor an id by which a server could know it";

  const FlowInput& input_;
  const FlowSource& insurer_;
  const FlowSource& clients_;
  LinkLookup links_;
  PersonKeys keys_;
  std::size_t from_;
  std::size_t to_;
  std::set<std::string, std::less<>> replaced_;
  std::vector<NumberedClient> numbers_;
  std::vector<PatientMerge> merges_;
  FlowResult result_;
};

}  // namespace

FlowResult openimis_to_client(const FlowInput& input) {
  return ClientFeed(input).run();
}

}  // namespace tessera
