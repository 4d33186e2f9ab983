// The files that an import is given: which they are, and what stands in them.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/import.hpp"
#include "exchange/tree.hpp"

namespace tessera {

/// The largest JSON or XML document, unpacked. Tables and files of a record a line have no limit.
inline constexpr std::size_t kMaxDocumentBytes = std::size_t{1} << 30;

/// `typed`, each folder replaced by the files in it, by name. Throws Error(kUsage) for a path that
/// is not there or a folder without files.
std::vector<std::filesystem::path> list_files(const std::vector<std::filesystem::path>& typed);

/// Whether the file begins like JSON or XML (gunzipped), and so is no table.
bool is_document(const std::filesystem::path& file);

/// Calls `take` for each document of a file of JSON or of FHIR's XML: its one value, or, where the
/// first line is a whole object and others follow, each line (NDJSON). A bad line is a reject.
/// Throws Error(kUsage) with file, line and column where the whole file is one bad document, and
/// for one over kMaxDocumentBytes; as ByteStream. Memory: the document, or of NDJSON a block.
void for_each_document(const std::filesystem::path& file, Import& import,
                       const std::function<void(Node&)>& take);

/// As for_each_document, with the document's own text beside its tree; of XML an empty one.
/// `max_bytes`: of one document; another than the limit of all is for tests.
void for_each_document_text(const std::filesystem::path& file, Import& import,
                            const std::function<void(Node&, std::string_view)>& take,
                            std::size_t max_bytes = kMaxDocumentBytes);

/// Calls `take` for each row of a table (CSV, gzip, Parquet, NDJSON), as an object of texts. Bad
/// rows are rejects. Throws Error as open_source.
void for_each_row(const std::filesystem::path& file, Import& import,
                  const std::function<void(Node&)>& take);

/// The column names of a table.
std::vector<std::string> column_names(const std::filesystem::path& file);

/// Whether a table has a row, be it a bad one. Cost: that of its first rows. Throws Error as
/// open_source.
bool has_rows(const std::filesystem::path& file);

}  // namespace tessera
