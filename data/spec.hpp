// What to read and how to clean it: sources and attributes, validated before anything is read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "data/kind.hpp"

namespace tessera {

enum class Encoding : std::uint8_t { kUtf8, kLatin1, kUtf16 };

/// The order of day, month and year in a source's dates where the text alone does not tell
/// (05/04/1990). ISO (1990-04-05) and yyyymmdd are understood under every order.
enum class DateOrder : std::uint8_t { kYearMonthDay, kDayMonthYear, kMonthDayYear };

/// One named extract.
struct SourceSpec {
  std::string name;
  std::filesystem::path path;
  std::string id_column;        ///< Empty: the line number is the record id.
  bool duplicate_free = false;  ///< No two of its records are one person.
  Encoding encoding = Encoding::kUtf8;
  std::optional<char> delimiter;  ///< Sniffed when absent.
  DateOrder date_order = DateOrder::kDayMonthYear;
  /// A date column for the survivorship rule most_recent; may be empty.
  std::string updated_column;
};

/// RE2: every match of `pattern` becomes `replacement` (\1 … \9 are groups).
struct CleaningRule {
  std::string pattern;
  std::string replacement;
};

enum class Survivorship : std::uint8_t {
  kMostFrequent,
  kMostRecent,
  kSourceOrder,
  kLongest,
  kMostComplete,
};

/// One canonical attribute of a person.
struct AttributeSpec {
  std::string name;
  Kind kind = Kind::kText;
  std::vector<std::string> columns;  ///< Names it goes by; the first that a source has is read.
  /// Or: columns joined by a blank (dates: year, month, day by `-`).
  std::vector<std::string> parts;
  /// Applied in order to the raw text, before the kind's own cleaning.
  std::vector<CleaningRule> rules;
  std::vector<std::string> null_words;  ///< In addition to the built-in list.
  /// Tried in order until one value is left; empty: the kind's default.
  std::vector<Survivorship> survivorship;
};

/// An attribute made of others once they are clean: per record the first of them that it has.
/// Compared and blocked on like any other; not written to golden records, which hold the others.
struct DerivedAttribute {
  std::string name;
  Kind kind = Kind::kText;
  std::vector<std::uint32_t> first_of;  ///< Columns, in order.
};

}  // namespace tessera
