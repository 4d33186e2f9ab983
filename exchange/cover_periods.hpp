// From when to when a source covers its people, by their own coverages or their family's.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "exchange/table_view.hpp"

namespace tessera {

/// The days of one coverage, both included.
struct CoverPeriod {
  std::string coverage;  ///< A coverage_id.
  std::string product;
  std::string begin;         ///< Never empty: the effective day, else the start.
  std::string end;           ///< Empty: open.
  std::string_view through;  ///< own, head

  /// Whether it covers the day; `day` is whole, as 2026-11-25.
  bool holds_on(std::string_view day) const;
};

/// All coverages of a source. One that is idle, ready, suspended, cancelled, a draft or entered in
/// error covers no day; `active` and `expired` only tell of the day on which the file was made.
class CoverPeriods {
 public:
  /// REQUIRES: `source` is finished. Cost: its coverages, members and families.
  explicit CoverPeriods(const Import& source);

  /// What covers a person: its own coverages; then those of its family and of the family's head
  /// (FHIR: the head is their beneficiary). A policy that names its insured persons
  /// (tblInsureePolicy) covers nobody else.
  std::vector<CoverPeriod> of(const std::string& person) const;

  /// What covers whoever joins a family.
  std::vector<CoverPeriod> of_family(const std::string& family) const;

  /// The family of a person; nullptr: none.
  const std::string* family_of(const std::string& person) const;

 private:
  using ByName = std::map<std::string, std::vector<CoverPeriod>>;

  std::unordered_map<std::string, std::string> families_;
  std::map<std::string, std::string> heads_;
  ByName of_person_;
  ByName of_head_;  // those that cover the family of a person who heads one
  ByName of_family_;
  std::set<std::pair<std::string, std::string>> named_;  // family and policy that names its insured
};

}  // namespace tessera
