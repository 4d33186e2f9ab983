#include "report/query_lines.hpp"

#include <algorithm>
#include <istream>

#include "data/csv_scanner.hpp"
#include "data/error.hpp"
#include "data/ndjson_row.hpp"
#include "data/unicode.hpp"

namespace tessera {
namespace {

using NamedValues = std::vector<std::pair<std::string, std::string>>;

// Letters and digits alone: `Date of birth` and `date_of_birth` are one name.
std::string plain_name(std::string_view name) {
  std::string plain;
  for (const char c : fold(name)) {
    if (c != ' ' && c != '_' && c != '-' && c != '.') plain += c;
  }
  return plain;
}

bool quotes_are_open(std::string_view text) {
  return std::count(text.begin(), text.end(), '"') % 2 != 0;
}

std::optional<NamedValues> values_of_json(std::string_view text) {
  NdjsonRow row;
  if (row.parse(text)) return std::nullopt;
  NamedValues values;
  for (const NdjsonRow::Value& value : row.values()) {
    const std::string path(row.text(value.path));
    const std::string_view said = row.text(value.text);
    // Several values of one path, as the given names of a FHIR name, are words of one.
    if (!values.empty() && value.in_array && values.back().first == path) {
      values.back().second += " " + std::string(said);
    } else {
      values.emplace_back(path, said);
    }
  }
  return values;
}

}  // namespace

QueryColumns::QueryColumns(const JobSpec& job) : attributes_(job.attributes.size()) {
  for (std::size_t a = 0; a < job.attributes.size(); ++a) {
    const AttributeSpec& attribute = job.attributes[a];
    attribute_names_.push_back(attribute.name);
    names_.emplace_back(plain_name(attribute.name), a);
  }
  for (std::size_t a = 0; a < job.attributes.size(); ++a) {
    for (const std::string& column : job.attributes[a].columns) {
      names_.emplace_back(plain_name(column), a);
    }
  }
  // Of two attributes that claim one name, the one so named comes first.
  std::stable_sort(names_.begin(), names_.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
}

std::optional<std::size_t> QueryColumns::attribute(std::string_view column) const {
  const std::string wanted = plain_name(column);
  const auto found =
      std::lower_bound(names_.begin(), names_.end(), wanted,
                       [](const auto& have, const std::string& want) { return have.first < want; });
  if (found == names_.end() || found->first != wanted) return std::nullopt;
  return found->second;
}

std::string QueryColumns::names() const {
  std::string all;
  for (const std::string& name : attribute_names_) all += (all.empty() ? "" : ", ") + name;
  return all;
}

MatchQuery QueryColumns::query(const NamedValues& values, std::string& id) const {
  MatchQuery query;
  query.texts.resize(attributes_);
  for (const auto& [name, value] : values) {
    if (name == "id" || name == "record_id") id = value;
    const std::optional<std::size_t> a = attribute(name);
    if (a && query.texts[*a].empty()) query.texts[*a] = value;
  }
  return query;
}

QueryReader::QueryReader(std::istream& input, QueryFormat format, const QueryColumns& columns,
                         std::string where)
    : input_(input), format_(format), columns_(columns) {
  if (format_ == QueryFormat::kNdjson) return;
  std::string text;
  if (!read_row(text)) return;
  if (text.starts_with("\xef\xbb\xbf")) text.erase(0, 3);
  for (const char c : {';', '\t', '|'}) {
    if (std::count(text.begin(), text.end(), c) > std::count(text.begin(), text.end(), delimiter_))
      delimiter_ = c;
  }
  header_ = split_csv(std::move(text)).value_or(std::vector<std::string>());
  const bool any = std::any_of(header_.begin(), header_.end(), [&](const std::string& name) {
    return columns_.attribute(name).has_value();
  });
  if (!any) {
    throw Error(ErrorCode::kUsage, std::move(where),
                "the first line names no attribute of the job; they are " + columns_.names());
  }
}

// A row of CSV may span lines within quotes.
bool QueryReader::read_row(std::string& text) {
  if (!std::getline(input_, text)) return false;
  ++line_;
  std::string more;
  while (format_ == QueryFormat::kCsv && quotes_are_open(text) && text.size() < kMaxRowBytes &&
         std::getline(input_, more)) {
    ++line_;
    text += '\n' + more;
  }
  if (!text.empty() && text.back() == '\r') text.pop_back();
  return true;
}

std::optional<std::vector<std::string>> QueryReader::split_csv(std::string text) const {
  CsvDialect dialect;
  dialect.delimiter = delimiter_;
  CsvScanner scanner(dialect);
  const std::size_t size = text.size();
  text.resize(size + CsvScanner::kPadding);
  scanner.feed(std::span(text.data(), text.size()), size, true);
  if (scanner.next() != CsvScanner::Step::kRow) return std::nullopt;
  scanner.unescape();
  std::vector<std::string> fields;
  for (const FieldRef& field : scanner.fields()) {
    fields.emplace_back(text, field.begin, field.length);
  }
  return fields;
}

QueryLine QueryReader::from_csv(std::string text, std::uint64_t line) const {
  QueryLine read;
  read.line = line;
  read.id = std::to_string(line);
  const std::optional<std::vector<std::string>> fields = split_csv(std::move(text));
  if (!fields || fields->size() != header_.size()) {
    read.fault = fields ? "has " + std::to_string(fields->size()) + " fields, the first line has " +
                              std::to_string(header_.size())
                        : "is no row of CSV: a quote is out of place";
    return read;
  }
  NamedValues values;
  for (std::size_t i = 0; i < fields->size(); ++i) values.emplace_back(header_[i], (*fields)[i]);
  read.query = columns_.query(values, read.id);
  return read;
}

QueryLine QueryReader::from_json(const std::string& text, std::uint64_t line) const {
  QueryLine read;
  read.line = line;
  read.id = std::to_string(line);
  const std::optional<NamedValues> values = values_of_json(text);
  if (!values) {
    read.fault = "is no JSON object";
    return read;
  }
  read.query = columns_.query(*values, read.id);
  return read;
}

std::optional<QueryLine> QueryReader::next() {
  std::string text;
  std::uint64_t line = 0;
  do {
    line = line_ + 1;
    if (!read_row(text)) return std::nullopt;
  } while (text.find_first_not_of(" \t") == std::string::npos);
  QueryLine read = format_ == QueryFormat::kCsv ? from_csv(text, line) : from_json(text, line);
  if (read.fault.empty() && !std::all_of(read.query.texts.begin(), read.query.texts.end(),
                                         [](const std::string& t) { return is_utf8(t); })) {
    read.fault = "is not UTF-8";
  }
  return read;
}

MatchQuery query_from_json(std::string_view text, const QueryColumns& columns) {
  const std::optional<NamedValues> values = values_of_json(text);
  std::string id;
  MatchQuery query = columns.query(values.value_or(NamedValues()), id);
  const bool any = std::any_of(query.texts.begin(), query.texts.end(),
                               [](const std::string& value) { return !value.empty(); });
  if (!values || !any) {
    throw Error(ErrorCode::kUsage, "--json",
                values ? "has no attribute of the job; they are " + columns.names()
                       : "is no JSON object; write as in '{\"family_name\": \"…\"}'");
  }
  return query;
}

MatchQuery query_from_pairs(const std::vector<std::string>& typed, const QueryColumns& columns) {
  MatchQuery query;
  query.texts.resize(columns.attributes());
  for (const std::string& pair : typed) {
    const std::size_t equals = pair.find('=');
    const std::string name = pair.substr(0, equals);
    if (equals == std::string::npos) {
      throw Error(ErrorCode::kUsage, "an argument",
                  "is not NAME=VALUE; the names are " + columns.names());
    }
    const std::optional<std::size_t> attribute = columns.attribute(name);
    if (!attribute) {
      throw Error(ErrorCode::kUsage, name,
                  "is no attribute of the job; they are " + columns.names());
    }
    query.texts[*attribute] = pair.substr(equals + 1);
  }
  return query;
}

}  // namespace tessera
