// Shared by the tests of readers: files to read and their rows as text.
#pragma once

#include <string>
#include <vector>

#include "data/error.hpp"
#include "data/source_reader.hpp"
#include "data/spec.hpp"
#include "data/table.hpp"

namespace tessera::test {

/// A source named `people` with the id column `id`.
SourceSpec people(const std::filesystem::path& path);

/// An attribute read from the column of its name.
AttributeSpec attribute(const std::string& name);

/// `text` as a gzip member.
std::string gzip(const std::string& text);

/// `text` (ASCII) as UTF-16 with a byte-order mark.
std::string utf16(const std::u16string& text, bool big_endian);

/// All rows of a reader, every column selected: `line:field|field…`, then its faults as
/// `line!column:reason`.
std::vector<std::string> read_rows(SourceReader& reader);

/// The rows of a raw table: `source:id|value|value…`, then `~update date` if there is one.
std::vector<std::string> rows_of(const RawTable& table);

/// The rejects of a raw table: `source,line,column,reason`.
std::vector<std::string> rejects_of(const std::vector<Reject>& rejects);

/// What the Error says that `action` throws, with its exit code in front: `2 people.csv: …`; empty
/// if it throws none.
template <typename Action>
std::string error_of(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return std::to_string(static_cast<int>(error.code())) + " " + error.what();
  }
  return "";
}

}  // namespace tessera::test
