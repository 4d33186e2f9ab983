// The text form of Arrow values: what a Parquet column's values are called once they are text.
#pragma once

#include <cstdint>
#include <string>

namespace arrow {
class Array;
class DataType;
}  // namespace arrow

namespace tessera {

/// Whether values of this type have a text form: booleans, numbers, texts, dates, times,
/// dictionaries of these and lists of these; not durations, maps, unions or structs.
bool has_text_form(const arrow::DataType& type);

/// Appends the text of array[row]: integers and decimals plain; floating point as the shortest text
/// that reads back the same, whole numbers without a point; dates `1990-04-05`; times `08:30:00`;
/// timestamps `1990-04-05T08:30:00`, with `Z` if they have a zone, and as a date where the time of
/// day is midnight; lists joined by `|`; UUIDs in their usual form; null, NaN and the like are
/// empty. REQUIRES: has_text_form of the type; 0 <= row < array.length().
void append_arrow_text(const arrow::Array& array, std::int64_t row, std::string& out);

}  // namespace tessera
