#include "exchange/cover_periods.hpp"

#include <algorithm>

#include "exchange/households.hpp"

namespace tessera {
namespace {

// Nothing where it covers no day.
std::vector<CoverPeriod> periods_of(const TableRow& row) {
  constexpr std::string_view kStopped[] = {"suspended", "idle",  "ready",
                                           "cancelled", "draft", "entered-in-error"};
  if (std::find(std::begin(kStopped), std::end(kStopped), row["status"]) != std::end(kStopped)) {
    return {};
  }
  const std::string_view begin = row["effective"].empty() ? row["start"] : row["effective"];
  if (begin.empty()) return {};
  return {{std::string(row.key()), std::string(row["product"]), std::string(begin),
           std::string(row["end"]), "own"}};
}

void add(std::vector<CoverPeriod>& to, const std::vector<CoverPeriod>& more) {
  to.insert(to.end(), more.begin(), more.end());
}

}  // namespace

bool CoverPeriod::holds_on(std::string_view day) const {
  return begin <= day && (end.empty() || day <= end);
}

CoverPeriods::CoverPeriods(const Import& source) : families_(families_by_member(source)) {
  for (const TableRow& row : all_rows(source, CanonicalTable::kFamily)) {
    if (!row["head_id"].empty()) heads_[std::string(row.key())] = row["head_id"];
  }
  // Where the family does not say it, the members do: as what they are in it, or of themselves.
  for (const TableRow& row : all_rows(source, CanonicalTable::kMembership)) {
    if (row["role"] == "head") heads_.try_emplace(std::string(row["family_id"]), row["member_id"]);
  }
  for (const TableRow& row : all_rows(source, CanonicalTable::kPerson)) {
    const std::string* family = family_of(std::string(row.key()));
    if (family == nullptr || row["household_role"] != "head") continue;
    heads_.try_emplace(*family, row.key());
  }
  for (const TableRow& row : all_rows(source, CanonicalTable::kCoverage)) {
    const std::string person(row["beneficiary_id"]);
    if (!person.empty()) {
      add(of_person_[person], periods_of(row));
      if (row["family_id"].empty()) add(of_head_[person], periods_of(row));
      if (const std::string* family = family_of(person); family != nullptr) {
        named_.emplace(*family, row.key());
      }
    } else if (!row["family_id"].empty()) {
      add(of_family_[std::string(row["family_id"])], periods_of(row));
    }
  }
}

const std::string* CoverPeriods::family_of(const std::string& person) const {
  const auto found = families_.find(person);
  return found == families_.end() ? nullptr : &found->second;
}

std::vector<CoverPeriod> CoverPeriods::of_family(const std::string& family) const {
  std::vector<CoverPeriod> periods;
  if (const auto found = of_family_.find(family); found != of_family_.end()) {
    for (const CoverPeriod& period : found->second) {
      if (!named_.contains({family, period.coverage})) periods.push_back(period);
    }
  }
  const auto head = heads_.find(family);
  const auto of_head = head == heads_.end() ? of_head_.end() : of_head_.find(head->second);
  if (of_head != of_head_.end()) add(periods, of_head->second);
  for (CoverPeriod& period : periods) period.through = "head";
  return periods;
}

std::vector<CoverPeriod> CoverPeriods::of(const std::string& person) const {
  std::vector<CoverPeriod> periods;
  if (const auto own = of_person_.find(person); own != of_person_.end()) periods = own->second;
  const std::string* family = family_of(person);
  if (family == nullptr) return periods;
  const std::size_t own = periods.size();
  for (CoverPeriod& period : of_family(*family)) {
    const bool is_own =
        std::any_of(periods.begin(), periods.begin() + static_cast<std::ptrdiff_t>(own),
                    [&](const CoverPeriod& other) { return other.coverage == period.coverage; });
    if (!is_own) periods.push_back(std::move(period));
  }
  return periods;
}

}  // namespace tessera
