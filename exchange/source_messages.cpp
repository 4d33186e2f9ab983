#include "exchange/source_messages.hpp"

#include "exchange/fhir_originals.hpp"
#include "exchange/json_tree.hpp"
#include "exchange/write_claim.hpp"

namespace tessera {

std::size_t for_each_message(
    const FlowSource& source,
    const std::function<void(Node& resource, std::string_view text)>& take) {
  if (source.format == "fhir") {
    for_each_resource(source.files, take);
    return 0;
  }
  std::map<std::string_view, std::vector<TableRow>> details;  // by claim
  for (const TableRow& row : all_rows(source.tables, CanonicalTable::kDetail)) {
    if (row["table"] == "claim") details[row["record_id"]].push_back(row);
  }
  std::size_t left_out = 0;
  const auto give = [&](const std::string& text) {
    if (text.empty()) return;
    Node tree;
    parse_json(text, tree);
    take(tree, text);
  };
  for (const TableRow& claim : all_rows(source.tables, CanonicalTable::kClaim)) {
    if (claim["kind"] != "claim") continue;
    ClaimFacts facts{.claim = &claim, .items = {}, .details = {}, .source = source.name};
    for (const TableRow& row : rows_of(source.tables, CanonicalTable::kClaimItem, claim.key())) {
      if (row["kind"] == "claim") facts.items.push_back(row);
    }
    if (const auto found = details.find(claim.key()); found != details.end()) {
      facts.details = found->second;
    }
    give(write_claim(facts));
    give(write_claim_response(facts));
    left_out += details_left_out(facts);
  }
  return left_out;
}

bool has_claims(const FlowSource& source) {
  return !source.tables.packed_rows(CanonicalTable::kClaim).empty();
}

}  // namespace tessera
