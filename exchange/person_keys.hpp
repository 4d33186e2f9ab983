// By which identifier a source knows a person alone, and which ones are handed on.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "exchange/fhir_writer.hpp"
#include "exchange/flow.hpp"

namespace tessera {

/// The lasting identifier, as an identifier of a resource.
FhirIdentifier lasting_identifier(const Feed& feed, std::int64_t entity);

/// The lasting identifier of a source's family, likewise; without a value where there is none.
FhirIdentifier lasting_family(const Feed& feed, std::size_t source, std::string_view family);

class PersonKeys {
 public:
  /// REQUIRES: `source` outlives it.
  explicit PersonKeys(const FlowSource& source);

  /// The first of the record's identifiers that has a system (a URI) and that no other person of
  /// the source holds; else `urn:tessera:source:NAME` and the record's id.
  FhirIdentifier of(std::string_view record) const;

  /// Whether `of` gives an identifier of the source's own.
  bool has_own(std::string_view record) const;

  /// All of the record's identifiers that may key a link, `of` first.
  std::vector<FhirIdentifier> all(std::string_view record) const;

 private:
  const TableRow* own(const std::vector<TableRow>& rows) const;

  const FlowSource& source_;
  std::unordered_map<std::string, std::size_t> holders_;  // by system and value
};

}  // namespace tessera
