// The codes of several systems in one set of words: roles, relations, marital states, identifiers.
#pragma once

#include <cstdint>
#include <string_view>

namespace tessera {

enum class CodeTable : std::uint8_t { kRole, kRelation, kMarital };

/// The canonical word for a code or word of any of the systems, letters' case and signs apart
/// (`Daughter`, `DAUC`, `daughter`); empty for one that is in no table. openIMIS's bare numbers are
/// translated by its reader (openimis_relation).
std::string_view canonical_word(CodeTable table, std::string_view code);

/// A member's role for openIMIS's relationship number (tblRelations 1 … 8); empty for another.
/// Source: the openIMIS database scripts.
std::string_view openimis_role(std::string_view number);

/// A type of identifier and whether a link may rest on it.
struct IdentifierType {
  std::string_view type;
  bool may_key_a_link = true;
};

/// By the source's code (`NATIONAL_ID`, `BRN`, `Code`) and else by the authority or system
/// (`http://health.go.ug/cr/nationalid`); `other` if neither tells.
IdentifierType identifier_type(std::string_view code, std::string_view authority);

}  // namespace tessera
