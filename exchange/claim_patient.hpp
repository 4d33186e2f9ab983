// Whom a claim, a request of eligibility or a referral is about, and the same message about the
// person whom its receiver knows.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/import.hpp"
#include "exchange/tree.hpp"

namespace tessera {

/// A type of resource that is about a patient, and the member that says who.
struct AboutPatient {
  std::string_view type;
  std::string_view member;
};

/// Claim, ClaimResponse, CoverageEligibilityRequest, ServiceRequest; nullptr for other types.
const AboutPatient* about_patient(std::string_view type);

/// Whom a resource is about.
struct ClaimPatient {
  std::string record;              ///< Of the sender; empty where there is a fault.
  std::string_view fault = {};     ///< Why nobody can be told.
  std::vector<std::string> named;  ///< The records that it names: one, or two that differ.
};

/// The sender's persons by what its messages call them.
class SenderPatients {
 public:
  /// REQUIRES: `tables` are finished and outlive it.
  explicit SenderPatients(const Import& tables);

  /// By the resource itself and not by its row in claim.csv: two facilities may give two claims one
  /// number.
  ClaimPatient patient_of(Node& resource, const AboutPatient& about) const;

 private:
  void keep(const std::string& key, std::string_view record);
  std::string record_of(const std::string& called, std::string_view system) const;

  const Import& tables_;
  std::map<std::string, std::string, std::less<>> holders_;  // empty: several
};

/// The text with `member` leading to `reference`, and an identifier of the patient that it had
/// replaced by the receiver's record (left out where `record` is empty). Every other byte stays.
/// Empty where there is no reference that could be changed. REQUIRES: `text` is JSON of an object.
std::string with_patient(std::string_view text, std::string_view member,
                         const std::string& reference, const std::string& record);

/// JSON texts hold no line break, so those between its values may go: one resource a line.
std::string on_one_line(std::string text);

}  // namespace tessera
