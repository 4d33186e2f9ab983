// What in the layout of a file is hardly as its owner thinks: no row of names, fields that are not
// parted, or two records in a row.
#pragma once

#include <string>
#include <vector>

#include "engine/propose_columns.hpp"

namespace tessera {

/// One plain sentence for each doubt, naming columns by their place or mark and never by a value.
/// Of CSV files alone; empty: nothing to say. Deterministic. Cost: one pass over the sample.
///
/// - The first row looks like a record: one of its texts is a date or an e-mail address, or stands
///   again in its column in two rows or more. Where all of them do, the row of names itself is
///   repeated, which is no doubt about the first.
/// - There is one column, and its name is of several pieces.
/// - Nearly all columns stand in pairs (a_dob and b_dob, dob_1 and dob_2): a list of pairs, as for
///   labelling, and no list of records. It names the two marks.
std::vector<std::string> doubtful_layout(const SampledFile& file);

}  // namespace tessera
