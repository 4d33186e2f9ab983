// A registry searches openIMIS for people by their numbers (SPDCI 1.0.0): the answers.
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "data/error.hpp"
#include "exchange/dci_search.hpp"
#include "exchange/flows.hpp"
#include "exchange/input_files.hpp"
#include "exchange/insured_finder.hpp"

namespace tessera {
namespace {

class Answers {
 public:
  explicit Answers(const FlowInput& input)
      : input_(input),
        people_(input.need(input.from)),
        asker_(input.need(input.to)),
        links_(input.feed),
        finder_(input, input.to, input.from),
        from_(input.place(input.from)),
        to_(input.place(input.to)) {
    for (const TableRow& row : all_rows(asker_.tables, CanonicalTable::kIdentifier)) {
      if (row["owner"] != "person" || row["may_key_a_link"] != "true") continue;
      holders_[key(row["type"], row["value"])].emplace(row.key());
    }
  }

  FlowResult run() {
    std::string& text = result_.files["answers.ndjson"];
    Import ignored;  // what cannot be read was told when the files were imported
    std::size_t number = 0;
    for (const std::filesystem::path& file : asker_.files) {
      for_each_document(file, ignored, [&](Node& document) {
        const auto answer_one = [&](Node& message) {
          if (const auto search = read_dci_search(message)) text += answer(*search, ++number);
        };
        if (document.kind != Node::Kind::kArray) return answer_one(document);
        for (Node& inner : document.children) answer_one(inner);
      });
    }
    return std::move(result_);
  }

 private:
  static std::string key(std::string_view type, std::string_view value) {
    return std::string(type) + Import::kSeparator + std::string(value);
  }

  // Whom openIMIS has under a number: its own number, else that of a linked record of who asks.
  InsuredPerson find(const DciSearch& search) const {
    InsuredPerson person = finder_.find(search.type, search.value);
    if (!person.record.empty() || !person.doubt.empty()) return person;
    const auto holders = holders_.find(key(search.type, search.value));
    if (holders == holders_.end()) return person;
    if (holders->second.size() > 1) return {{}, "several persons of who asks have the number"};
    return finder_.find(*holders->second.begin());
  }

  Outgoing outgoing(const std::string& record) const {
    Outgoing person{.record = record};
    const FeedRecord* known = input_.feed.find(from_, record);
    if (known == nullptr) return person;
    person.identifier = input_.feed.identifier(known->entity);
    const LinkedRecord there = links_.in(known->entity, to_);
    if (there.state == Counterpart::kOne) person.receiver_id = there.record->id;
    return person;
  }

  DciRequest answer_to(const DciSearch& search) {
    DciRequest request{.reference_id = search.reference_id};
    const auto except = [&](std::string_view reason) {
      result_.except(input_.to, search.reference_id, "search", reason);
    };
    if (!search.fault.empty()) {
      request.status = DciStatus::kRejected;
      request.reason = search.fault;
      except(search.fault);
      result_.count("searches rejected");
      return request;
    }
    const InsuredPerson person = find(search);
    if (!person.doubt.empty()) {
      request.status = DciStatus::kPending;
      except(person.doubt);
      result_.count("searches that wait");
      return request;
    }
    result_.count(person.record.empty() ? "searches that find nobody" : "searches answered");
    if (!person.record.empty()) request.found.push_back(outgoing(person.record));
    return request;
  }

  std::string answer(const DciSearchMessage& message, std::size_t number) {
    std::vector<DciRequest> requests;
    for (const DciSearch& search : message.searches) requests.push_back(answer_to(search));
    const DciEnvelope envelope{
        .registry = message.registry,
        .message_id = "tessera-" + std::to_string(input_.feed.last_event()) + "-answer-" +
                      std::to_string(number),
        .timestamp = input_.feed.last_event_at(),
        .sender_id = message.receiver_id.empty() ? input_.from : message.receiver_id,
        .receiver_id = message.sender_id.empty() ? input_.to : message.sender_id};
    const Written written =
        write_dci_on_search(people_.tables, envelope, message.transaction_id, requests);
    for (const auto& [what, count] : written.counts) {
      if (what != kWritten) result_.count(what, count);
    }
    return nlohmann::ordered_json::parse(written.text).dump() + "\n";
  }

  const FlowInput& input_;
  const FlowSource& people_;
  const FlowSource& asker_;
  LinkLookup links_;
  InsuredFinder finder_;
  std::size_t from_;
  std::size_t to_;
  std::map<std::string, std::set<std::string>> holders_;  // records of who asks, by number
  FlowResult result_;
};

}  // namespace

FlowResult dci_answers(const FlowInput& input) {
  if (input.need(input.to).format != "dci") {
    throw Error(ErrorCode::kUsage, input.to,
                "asks by SPDCI messages; give them as " + input.to + "=dci:FILE");
  }
  return Answers(input).run();
}

}  // namespace tessera
