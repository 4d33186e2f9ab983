// Writes FHIR R4 as the standard has it: Patient, Group, bundles. Each function gives one resource
// as a line of JSON, whose parts come in the order of the standard.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/table_view.hpp"

namespace tessera {

/// An identifier of a resource.
struct FhirIdentifier {
  std::string system;  ///< A URI; what is none is written as the assigner's name.
  std::string value;   ///< Not empty.
  std::string type;    ///< A canonical type, as in identifier.csv; may be empty.
  std::string start;
  std::string end;
  std::string assigner;
};

/// A row of identifier.csv.
FhirIdentifier fhir_identifier(const TableRow& row);

/// As JSON, to be put into a resource that is there.
std::string identifier_json(const FhirIdentifier& identifier);

/// `SYSTEM|VALUE` (or VALUE) as a search takes it, percent-encoded.
std::string identifier_query(const FhirIdentifier& identifier);

/// What a Patient is written from.
struct PatientFacts {
  const TableRow* person = nullptr;  ///< A row of person.csv.
  std::string id = {};               ///< Empty: the receiver gives one.
  std::vector<FhirIdentifier> identifiers = {};
  std::string group = {};            ///< A reference to the family; openIMIS's extension.
  std::optional<bool> is_head = {};  ///< openIMIS's extension.
};

/// A Patient. Values that R4 does not allow (a date that is none) are left out; they stand in the
/// tables.
std::string write_patient(const PatientFacts& facts);

/// What a family is written from.
struct GroupFacts {
  std::string name = {};
  const TableRow* family = nullptr;  ///< A row of family.csv, or none.
  std::vector<FhirIdentifier> identifiers = {};
  struct Member {
    std::string reference;
    std::string display = {};
  };
  std::vector<Member> members = {};
};

/// A Group of persons, as openIMIS has families.
std::string write_group(const GroupFacts& facts);

/// One entry of a bundle.
struct BundleEntry {
  std::string resource;       ///< JSON; empty: none (of a DELETE).
  std::string full_url = {};  ///< May be empty.
  std::string method = {};    ///< Empty: no request.
  std::string url = {};
  std::string if_none_exist = {};
  std::string response_status = {};  ///< Of a history.
};

/// A bundle. `type`: transaction, batch, message, history, collection. `timestamp`: an instant, or
/// empty.
std::string write_bundle(std::string_view type, std::string_view id, std::string_view timestamp,
                         const std::vector<BundleEntry>& entries);

/// A UUID (RFC 9562, version 8) worked out from `name`: the same name, the same UUID.
std::string derived_uuid(std::string_view name);

/// Whether R4 takes it as a date: YYYY, YYYY-MM or YYYY-MM-DD.
bool is_fhir_date(std::string_view text);

/// Whether it is a resource's id: letters, digits, `-` and `.`, 64 at most.
bool is_fhir_id(std::string_view text);

}  // namespace tessera
