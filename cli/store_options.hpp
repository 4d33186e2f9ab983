// What the commands of a registry share: which store, who acts, how to print.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "data/spec.hpp"
#include "registry/ledger.hpp"

namespace CLI {
class App;
}

namespace tessera {

/// As typed.
struct StoreOptions {
  std::string store;  ///< Empty: $TESSERA_STORE, else `registry.tessera`.
  std::string actor;  ///< Empty: the user's login name.
  std::string format = "table";
  bool quiet = false;
};

/// Adds --store and --quiet; with `writes` --actor; with `formats` --format, the first of them the
/// default. `options` must outlive the parsing.
void add_store_options(CLI::App& command, StoreOptions& options, bool writes,
                       const std::vector<std::string>& formats = {});

/// The store's path.
std::string store_path(const StoreOptions& options);

/// Who acts and when. `what` is hashed into the run's digest.
RunInfo run_info(const StoreOptions& options, std::string_view what);

/// Rows of texts as a table whose columns line up, as CSV or as a JSON list of objects, ready to
/// print. Each row is as long as `header`.
std::string rows_text(const std::string& format, const std::vector<std::string>& header,
                      const std::vector<std::vector<std::string>>& rows);

/// The whole text of a file. Throws Error(kUsage) if it cannot be read.
std::string read_whole_file(const std::string& path);

/// `NAME=FILE` as name and path. Throws Error(kUsage) if it has not that form.
std::vector<SourceSpec> named_files(const std::vector<std::string>& typed);

}  // namespace tessera
