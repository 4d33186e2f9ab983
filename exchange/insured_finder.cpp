#include "exchange/insured_finder.hpp"

#include <algorithm>
#include <array>

namespace tessera {
namespace {

constexpr std::string_view kSeveral = "its identifier leads to several persons";
constexpr std::string_view kDisagree = "its identifier and its link lead to two persons";

// Numbers of one kind under one name: a UIN is a national number.
std::string_view kind_of(std::string_view type) {
  constexpr std::array<std::string_view, 3> kNational = {"national_id", "uin", "perpetual_vid"};
  constexpr std::array<std::string_view, 3> kOthers = {"insurance_id", "birth_registration",
                                                       "passport"};
  if (std::find(kNational.begin(), kNational.end(), type) != kNational.end()) return "national_id";
  return std::find(kOthers.begin(), kOthers.end(), type) == kOthers.end() ? std::string_view()
                                                                          : type;
}

std::string key_of(std::string_view kind, std::string_view value) {
  return std::string(kind) + Import::kSeparator + std::string(value);
}

std::string key_of(const TableRow& row) {
  const std::string_view kind = kind_of(row["type"]);
  if (kind.empty() || row["owner"] != "person" || row["may_key_a_link"] != "true") return {};
  return key_of(kind, row["value"]);
}

}  // namespace

InsuredFinder::InsuredFinder(const FlowInput& input, std::string_view other,
                             std::string_view openimis)
    : input_(input),
      other_(input.need(other)),
      links_(input.feed),
      from_(input.place(other)),
      to_(input.place(openimis)) {
  for (const TableRow& row : all_rows(input.need(openimis).tables, CanonicalTable::kIdentifier)) {
    const std::string key = key_of(row);
    if (key.empty()) continue;
    const auto [at, fresh] = insured_.emplace(key, row.key());
    if (!fresh && at->second != row.key()) at->second.clear();
  }
  for (const TableRow& row : all_rows(other_.tables, CanonicalTable::kIdentifier)) {
    const std::string key = key_of(row);
    const FeedRecord* known = key.empty() ? nullptr : input.feed.find(from_, row.key());
    if (known == nullptr) continue;
    const auto [at, fresh] = holder_.emplace(key, known->entity);
    if (!fresh && at->second != known->entity) at->second = -1;
  }
}

InsuredPerson InsuredFinder::by_identifiers(std::string_view record,
                                            const FeedRecord* known) const {
  InsuredPerson found;
  for (const TableRow& row : identifiers_of(other_.tables, "person", record)) {
    const std::string key = key_of(row);
    const auto insured = insured_.find(key);
    if (key.empty() || insured == insured_.end()) continue;
    const auto holder = holder_.find(key);
    const bool is_shared = known != nullptr && holder != holder_.end() && holder->second == -1;
    if (insured->second.empty() || is_shared ||
        (!found.record.empty() && found.record != insured->second)) {
      return {{}, kSeveral, true};
    }
    found.record = insured->second;
    found.by_identifier = true;
  }
  return found;
}

InsuredPerson InsuredFinder::find(std::string_view record) const {
  const FeedRecord* known = input_.feed.find(from_, record);
  const InsuredPerson numbered = by_identifiers(record, known);
  if (!numbered.doubt.empty()) return numbered;
  const std::vector<const FeedRecord*> linked =
      known == nullptr ? std::vector<const FeedRecord*>() : links_.records(known->entity, to_);
  if (!numbered.record.empty()) {
    const bool agree =
        linked.empty() || std::any_of(linked.begin(), linked.end(),
                                      [&](auto* other) { return other->id == numbered.record; });
    return agree ? numbered : InsuredPerson{{}, kDisagree, true};
  }
  if (known == nullptr) {
    return {{}, "the registry does not know it: load it and apply", false};
  }
  const LinkedRecord link = links_.in(known->entity, to_);
  if (link.state == Counterpart::kDoubtful) return {{}, link.reason, false};
  if (link.state == Counterpart::kNone) return {};
  return {link.record->id, {}, false};
}

InsuredPerson InsuredFinder::find(std::string_view type, std::string_view value) const {
  const std::string_view kind = kind_of(type);
  const auto insured =
      kind.empty() || value.empty() ? insured_.end() : insured_.find(key_of(kind, value));
  if (insured == insured_.end()) return {};
  if (insured->second.empty()) return {{}, kSeveral, true};
  return {insured->second, {}, true};
}

}  // namespace tessera
