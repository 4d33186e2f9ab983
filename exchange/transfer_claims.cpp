#include "exchange/transfer_claims.hpp"

#include <algorithm>
#include <tuple>

#include "exchange/claim_patient.hpp"
#include "exchange/fhir_parts.hpp"
#include "exchange/json_tree.hpp"
#include "exchange/source_messages.hpp"

namespace tessera {
namespace {

constexpr std::string_view kNoJson = "a claim of it is XML, and only JSON is rewritten";
constexpr std::string_view kNoId = "a claim of it has nothing that names it";
constexpr std::string_view kTwoPatients = "a claim names it and another patient";
constexpr std::string_view kNoReference = "a claim of it has no reference that could be changed";
constexpr std::string_view kTwoOfOneId = "two different claims of it have one id";
constexpr std::string_view kNoSum = "the total of a claim of it is no decimal that can be summed";

void note(ClaimsOf& of, std::string_view fault, const std::string& claim) {
  if (!of.fault.empty()) return;
  of.fault = fault;
  of.fault_claim = claim;
}

bool before(const SentClaim& a, const SentClaim& b) {
  return std::tie(a.type, a.id, a.text) < std::tie(b.type, b.id, b.text);
}

// One document given twice is one claim; two documents of one id are a fault.
void settle(ClaimsOf& of) {
  std::sort(of.claims.begin(), of.claims.end(), before);
  const auto is_same = [](const SentClaim& a, const SentClaim& b) {
    return a.type == b.type && a.id == b.id && a.text == b.text;
  };
  of.claims.erase(std::unique(of.claims.begin(), of.claims.end(), is_same), of.claims.end());
  std::set<std::string> claims;
  for (std::size_t i = 0; i < of.claims.size(); ++i) {
    const SentClaim& claim = of.claims[i];
    if (claim.type == "Claim") claims.insert(claim.id);
    if (i > 0 && of.claims[i - 1].type == claim.type && of.claims[i - 1].id == claim.id) {
      note(of, kTwoOfOneId, claim.id);
    }
  }
  for (SentClaim& claim : of.claims) {
    if (!claims.contains(claim.request)) claim.request.clear();
    Node tree;
    parse_json(claim.text, tree);
    if (!of.totals.add(claim.type, text_at(tree, "total.value"), text_at(tree, "total.currency"))) {
      note(of, kNoSum, claim.id);
    }
  }
}

}  // namespace

bool ClaimTotals::add(std::string_view type, std::string_view value, std::string_view currency) {
  const bool is_claim = type == "Claim";  // the others ask or answer, and their sums are not summed
  Line& line = lines[{std::string(type), is_claim ? std::string(currency) : std::string()}];
  ++line.count;
  return !is_claim || line.sum.add(value);
}

std::map<std::string, ClaimsOf> claims_of(const FlowSource& sender,
                                          const std::set<std::string>& persons) {
  std::map<std::string, ClaimsOf> all;
  const SenderPatients patients(sender.tables);
  for_each_message(sender, [&](Node& resource, std::string_view text) {
    const AboutPatient* about = about_patient(text_at(resource, "resourceType"));
    if (about == nullptr) return;
    const ClaimPatient patient = patients.patient_of(resource, *about);
    const std::string id = resource_id(resource);
    for (const std::string& record : patient.named) {
      if (!persons.contains(record)) continue;
      ClaimsOf& of = all[record];
      if (!patient.fault.empty()) {
        note(of, kTwoPatients, id);
      } else if (text.empty()) {
        note(of, kNoJson, id);
      } else if (id.empty()) {
        note(of, kNoId, id);
      } else if (with_patient(text, about->member, "Patient/x", "x").empty()) {
        note(of, kNoReference, id);
      } else {
        SentClaim claim{
            std::string(about->type), std::string(about->member), id, {}, std::string(text)};
        if (about->type == "ClaimResponse") {
          claim.request = reference_id(text_at(resource, "request.reference"));
        }
        of.claims.push_back(std::move(claim));
      }
    }
  });
  for (auto& [record, of] : all) settle(of);
  return all;
}

std::map<std::string, ClaimTotals> sent_totals(const std::string& transaction) {
  std::map<std::string, ClaimTotals> totals;
  Node tree;
  parse_json(transaction, tree);
  for (Node* resource : select(tree, "entry.resource")) {
    const std::string type = text_at(*resource, "resourceType");
    const AboutPatient* about = about_patient(type);
    if (about == nullptr) continue;
    ClaimTotals& of = totals[text_at(*resource, std::string(about->member) + ".reference")];
    if (!of.add(type, text_at(*resource, "total.value"), text_at(*resource, "total.currency"))) {
      totals[""].add(type, "", "");
    }
  }
  return totals;
}

}  // namespace tessera
