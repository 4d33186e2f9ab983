// Records to look up, one by one as they come: lines of CSV or NDJSON, or values typed.
#pragma once

#include <functional>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/job.hpp"
#include "engine/matcher.hpp"

namespace tessera {

enum class QueryFormat : std::uint8_t { kCsv, kNdjson };

/// One record that came, or why it could not be read.
struct QueryLine {
  std::uint64_t line = 0;  ///< On which it starts, from 1.
  std::string id;          ///< Of its column `id` or `record_id`; else the line.
  MatchQuery query;
  std::string fault;  ///< Empty: `query` holds it.
};

/// Which column of a record is which attribute: by the attribute's name, or by one of the names it
/// has in the sources, case and marks aside.
class QueryColumns {
 public:
  explicit QueryColumns(const JobSpec& job);

  /// The attribute that a column is of.
  std::optional<std::size_t> attribute(std::string_view column) const;

  std::size_t attributes() const { return attributes_; }
  /// `given_name, family_name, …`: for messages.
  std::string names() const;

  /// Values by column name as a query; the first column of an attribute that has a value counts.
  /// Columns that are of no attribute are passed over. `id`: set from a column `id` or `record_id`.
  MatchQuery query(const std::vector<std::pair<std::string, std::string>>& values,
                   std::string& id) const;

 private:
  std::size_t attributes_ = 0;
  std::vector<std::string> attribute_names_;
  std::vector<std::pair<std::string, std::size_t>> names_;  // folded, ascending
};

/// Reads records one by one.
class QueryReader {
 public:
  /// `input` and `columns` must outlive the reader. CSV: the first row names the columns. Throws
  /// Error(kUsage), naming `where`, if none of them is an attribute of the job.
  QueryReader(std::istream& input, QueryFormat format, const QueryColumns& columns,
              std::string where);

  /// The next record; nothing at the end of the input. A record that cannot be read has a fault.
  std::optional<QueryLine> next();

 private:
  bool read_row(std::string& text);
  std::optional<std::vector<std::string>> split_csv(std::string text) const;
  QueryLine from_csv(std::string text, std::uint64_t line) const;
  QueryLine from_json(const std::string& text, std::uint64_t line) const;

  std::istream& input_;
  QueryFormat format_;
  const QueryColumns& columns_;
  std::uint64_t line_ = 0;
  char delimiter_ = ',';
  std::vector<std::string> header_;
};

/// `{"given_name": "Amina", …}` as a query. Throws Error(kUsage) if it is no JSON object, or has no
/// attribute of the job.
MatchQuery query_from_json(std::string_view text, const QueryColumns& columns);

/// `given_name=Amina` and so on as a query. Throws Error(kUsage) for a name that is no attribute.
MatchQuery query_from_pairs(const std::vector<std::string>& typed, const QueryColumns& columns);

}  // namespace tessera
