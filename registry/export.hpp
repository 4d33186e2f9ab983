// The registry as files: who each record is, the golden records, where retired identifiers lead.
#pragma once

#include <cstdint>
#include <filesystem>

#include "registry/store.hpp"

namespace tessera {

struct ExportOptions {
  /// Values that a spreadsheet would take for a formula get a `'` in front.
  bool spreadsheet_safe = false;
};

struct ExportFacts {
  std::uint64_t records = 0;
  std::uint64_t identities = 0;
  std::uint64_t retired = 0;
};

/// Writes to `folder`: crosswalk.csv (`identifier,source,record_id`), golden.csv
/// (`identifier,records,sources,` and the attributes), retired.csv (`identifier,leads_to`: the
/// living identifier, empty where all records went). Only what was applied: records that await
/// `apply` are left out. Throws Error: kRefused before the first apply; kResource.
ExportFacts export_store(Store& store, const std::filesystem::path& folder,
                         const ExportOptions& options);

/// `text` so that no spreadsheet runs it: a `'` before one that begins with = + - @, a tab or a
/// carriage return. Source: OWASP, CSV Injection.
std::string spreadsheet_safe(std::string_view text);

}  // namespace tessera
