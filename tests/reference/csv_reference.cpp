#include "tests/reference/csv_reference.hpp"

#include <algorithm>

namespace tessera::test {
namespace {

enum class State { kFieldStart, kBare, kQuoted, kQuoteSeen, kAfterQuoted };

struct Attempt {
  std::vector<std::string> fields;
  std::optional<RowFaultKind> fault;
  std::size_t end = 0;  // behind the row's line feed, or the end of the text
  std::size_t newlines = 0;
  bool is_blank = false;
};

bool is_blank_character(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\v' || c == '\f' || c == '\r';
}

// One row from the start of `text`, which is all that is left of the file.
Attempt scan_one(std::string_view text, const CsvDialect& dialect) {
  Attempt row;
  State state = State::kFieldStart;
  std::string field;
  bool any_quoted = false;
  const auto end_field = [&] {
    row.fields.push_back(field);
    field.clear();
    state = State::kFieldStart;
  };
  const auto fail = [&](RowFaultKind kind) {
    row.fault = row.newlines > 0 ? RowFaultKind::kUnterminatedQuote : kind;
    return row;
  };
  const auto finish = [&](std::size_t end) {
    end_field();
    row.end = end;
    row.is_blank = row.fields.size() == 1 && !any_quoted &&
                   std::all_of(row.fields[0].begin(), row.fields[0].end(), is_blank_character);
    if (row.newlines > 0 && dialect.expected_fields != 0 &&
        row.fields.size() != dialect.expected_fields) {
      row.fault = RowFaultKind::kUnterminatedQuote;
    }
    return row;
  };

  const std::size_t limit = std::min(text.size(), dialect.max_row_bytes);
  for (std::size_t i = 0; i < limit; ++i) {
    const char c = text[i];
    if (state == State::kQuoteSeen) {
      if (c == '"') {
        field += '"';
        state = State::kQuoted;
        continue;
      }
      state = State::kAfterQuoted;
    }
    if (state == State::kQuoted) {
      if (c == '"') {
        state = State::kQuoteSeen;
      } else {
        field += c;
        if (c == '\n') ++row.newlines;
      }
    } else if (c == dialect.delimiter) {
      end_field();
    } else if (c == '\n') {
      return finish(i + 1);
    } else if (state == State::kAfterQuoted) {
      if (!is_blank_character(c)) return fail(RowFaultKind::kTextAfterQuote);
    } else if (state == State::kFieldStart && c == '"') {
      state = State::kQuoted;
      field.clear();  // blanks before a quote are not part of the field
      any_quoted = true;
    } else {
      field += c;
      if (!is_blank_character(c)) state = State::kBare;
    }
  }
  const bool at_file_end = limit == text.size();
  if (state == State::kQuoted || (state == State::kQuoteSeen && !at_file_end)) {
    return fail(RowFaultKind::kUnterminatedQuote);
  }
  if (!at_file_end) return fail(RowFaultKind::kTooLong);
  return finish(limit);
}

}  // namespace

std::vector<ScannedRow> scan_csv_slowly(std::string_view text, const CsvDialect& dialect) {
  std::vector<ScannedRow> rows;
  std::uint64_t line = 1;
  while (!text.empty()) {
    const Attempt row = scan_one(text, dialect);
    if (row.fault) {
      rows.push_back({line, row.fault, {}});
      const std::size_t newline = text.find('\n');
      text.remove_prefix(newline == std::string_view::npos ? text.size() : newline + 1);
      ++line;
      continue;
    }
    if (!row.is_blank) rows.push_back({line, std::nullopt, row.fields});
    text.remove_prefix(row.end);
    line += 1 + row.newlines;
  }
  return rows;
}

}  // namespace tessera::test
