#include "cli/store_options.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "data/csv_writer.hpp"
#include "data/error.hpp"
#include "data/unicode.hpp"
#include "registry/sha256.hpp"

namespace tessera {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : value;
}

std::string csv_rows(const std::vector<std::string>& header,
                     const std::vector<std::vector<std::string>>& rows) {
  std::string text;
  const auto add = [&](const std::vector<std::string>& row) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      if (c > 0) text.push_back(',');
      append_csv_field(text, row[c]);
    }
    text.push_back('\n');
  };
  add(header);
  for (const auto& row : rows) add(row);
  return text;
}

std::string json_rows(const std::vector<std::string>& header,
                      const std::vector<std::vector<std::string>>& rows) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const auto& row : rows) {
    nlohmann::ordered_json object;
    for (std::size_t c = 0; c < header.size(); ++c) object[header[c]] = row[c];
    list.push_back(std::move(object));
  }
  return list.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace

void add_store_options(CLI::App& command, StoreOptions& options, bool writes,
                       const std::vector<std::string>& formats) {
  command.add_option("--store", options.store,
                     "The registry (default: $TESSERA_STORE, else registry.tessera)");
  if (writes) {
    command.add_option("--actor", options.actor,
                       "Who acts, for the ledger (default: the login name)");
  }
  if (!formats.empty()) {
    options.format = formats.front();
    command.add_option("--format", options.format, "How to print")->check(CLI::IsMember(formats));
  }
  command.add_flag("--quiet", options.quiet, "Say nothing but results, warnings and errors");
}

std::string store_path(const StoreOptions& options) {
  if (!options.store.empty()) return options.store;
  const std::string named = environment("TESSERA_STORE");
  return named.empty() ? "registry.tessera" : named;
}

RunInfo run_info(const StoreOptions& options, std::string_view what) {
  RunInfo run;
  run.actor = options.actor;
  for (const char* name : {"USER", "LOGNAME"}) {
    if (run.actor.empty()) run.actor = environment(name);
  }
  if (run.actor.empty()) run.actor = "unknown";
  run.at_s = std::chrono::duration_cast<std::chrono::seconds>(
                 std::chrono::system_clock::now().time_since_epoch())
                 .count();
  run.digest = hex_text(sha256(what));
  return run;
}

std::string rows_text(const std::string& format, const std::vector<std::string>& header,
                      const std::vector<std::vector<std::string>>& rows) {
  if (format == "csv") return csv_rows(header, rows);
  if (format == "json") return json_rows(header, rows);
  std::vector<std::size_t> width(header.size(), 0);
  const auto wide = [](const std::string& text) { return decode_utf8(text).size(); };
  for (std::size_t c = 0; c < header.size(); ++c) {
    width[c] = wide(header[c]);
    for (const auto& row : rows) width[c] = std::max(width[c], wide(row[c]));
  }
  std::string text;
  const auto add = [&](const std::vector<std::string>& row) {
    std::string line;
    for (std::size_t c = 0; c < row.size(); ++c) {
      line += row[c];
      line.append(width[c] - wide(row[c]) + 2, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  };
  add(header);
  for (const auto& row : rows) add(row);
  return text;
}

std::string read_whole_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) {
    throw Error(ErrorCode::kUsage, path, "cannot be read; check the path and its permissions");
  }
  return text.str();
}

std::vector<SourceSpec> named_files(const std::vector<std::string>& typed) {
  std::vector<SourceSpec> files;
  for (const std::string& text : typed) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
      throw Error(ErrorCode::kUsage, text, "names no source; write NAME=FILE");
    }
    SourceSpec& file = files.emplace_back();
    file.name = text.substr(0, equals);
    file.path = text.substr(equals + 1);
  }
  return files;
}

}  // namespace tessera
