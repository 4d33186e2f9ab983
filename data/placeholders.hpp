// Values that fill a field but are no evidence: BABY OF MARY, TEST, 0000000000, a clinic's own
// phone number.
//
// Two ways to find them. By form: words and digit runs that nobody was given. By use: an
// identifier, phone number or e-mail address that so many records hold, next to what is usual in
// its column, that it cannot belong to one person or one household. Names and places may be as
// frequent as they like; how rare they are is the term frequency's concern.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "data/kind.hpp"

namespace tessera {

/// Whether a cleaned value of `kind` (its form: data/clean.hpp) is a placeholder by its form.
/// REQUIRES: `value` is not empty.
bool is_placeholder(std::string_view value, Kind kind);

/// Whether values of this kind belong to one person or household, so that the wide use of one is
/// suspect.
bool belongs_to_few(Kind kind);

/// The least number of records at which a value of a belongs_to_few column is a placeholder by its
/// use; UINT32_MAX if no value is. counts: records per distinct value. The outlier rule
/// (data/outlier_count.hpp) with these bounds:
///   ratio 10        the usual count depends on the data: where each person has 10 records, an
///   identifier with 20 is
///                   nothing; where each has one, a number held 400 times is a clinic's
///   over 20 records a person may well be entered that often, and a household sharing a phone, too
///   100 records     below that nothing is usual yet
///   20 a value      a column with more per value does not tell people apart: a district code
std::uint32_t implausible_count(std::span<const std::uint32_t> counts);

}  // namespace tessera
