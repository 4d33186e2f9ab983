// What a look-up found, in words, CSV and JSON.
#pragma once

#include <string>
#include <string_view>

#include "engine/matcher.hpp"

namespace tessera {

/// The records that a result is of; they must outlive the call.
struct MatchContext {
  const KnownRecords& known;
  bool show_values = false;  ///< Add what the candidates hold, as their sources wrote it.
};

/// For people: a line a candidate, then how the search ended.
std::string match_text(const MatchContext& context, const MatchResult& result);

/// A row a candidate, `rank` from 1; a record without any has one of rank 0 and grade
/// certainly-not, so that every record looked up is there.
std::string match_csv_header();
std::string match_csv(const MatchContext& context, std::string_view query_id,
                      const MatchResult& result);

/// One line of JSON with the record's id and its candidates, their levels too.
std::string match_ndjson(const MatchContext& context, std::string_view query_id,
                         const MatchResult& result);

}  // namespace tessera
