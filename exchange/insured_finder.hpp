// Whom openIMIS insures, of the persons that another registry's messages name.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "exchange/flow.hpp"
#include "exchange/link_doubt.hpp"
#include "exchange/table_view.hpp"

namespace tessera {

/// Who a person is in openIMIS. Either a record, or nobody, or a doubt.
struct InsuredPerson {
  std::string record;           ///< Of openIMIS; empty: none.
  std::string_view doubt = {};  ///< Why nobody can be told; then `record` is empty.
  bool by_identifier = false;   ///< Found by a number that both hold.
};

class InsuredFinder {
 public:
  /// `other`: the registry whose messages name the persons. REQUIRES: all outlive it; openIMIS's
  /// files and the other's are given.
  InsuredFinder(const FlowInput& input, std::string_view other, std::string_view openimis);

  /// The person that a record of the other registry is: by an identifier that it has in common with
  /// one insured person alone (national number, insurance number, registration number of the
  /// birth, passport), else by the registry's link. Doubtful where the identifier leads to several,
  /// where several persons of the other registry hold it, where identifier and link disagree, or
  /// where the link is in doubt.
  InsuredPerson find(std::string_view record) const;

  /// By an identifier alone, of a person who has no record: `type` is a canonical one.
  InsuredPerson find(std::string_view type, std::string_view value) const;

 private:
  InsuredPerson by_identifiers(std::string_view record, const FeedRecord* known) const;

  const FlowInput& input_;
  const FlowSource& other_;
  LinkLookup links_;
  std::size_t from_;
  std::size_t to_;
  std::map<std::string, std::string, std::less<>> insured_;  // by identifier; empty: several
  std::map<std::string, std::int64_t, std::less<>> holder_;  // identity by identifier; -1: several
};

}  // namespace tessera
