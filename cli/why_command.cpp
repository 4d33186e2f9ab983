#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/imported_files.hpp"
#include "cli/job_options.hpp"
#include "data/error.hpp"
#include "engine/thread_limit.hpp"
#include "registry/explain_stored.hpp"
#include "registry/records.hpp"
#include "report/explanation_json.hpp"
#include "report/explanation_text.hpp"
#include "report/linked_job.hpp"
#include "report/text_table.hpp"

namespace tessera {
namespace {

struct WhyOptions {
  std::string left;
  std::string right;
  std::string folder = "tessera-out";
  std::string store;
  std::vector<std::string> files;
  bool show_values = false;
  unsigned threads = 0;
  std::string format = "table";
};

bool wants_colour() {
  return isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;
}

/// The registry that is meant; empty: a folder is.
std::string store_meant(const WhyOptions& options) {
  if (!options.store.empty()) return options.store;
  std::error_code fault;
  if (std::filesystem::is_regular_file(options.folder, fault)) return options.folder;
  const char* named = std::getenv("TESSERA_STORE");
  if (named != nullptr && !std::filesystem::exists(options.folder, fault)) return named;
  return {};
}

int why_in_store(const std::string& path, const WhyOptions& options) {
  Store store(path, Store::Access::kRead);
  const Transaction snapshot(store.database(), Transaction::Kind::kRead);
  const StoredExplanation stored =
      explain_stored(store, row_of_name(store, options.left), row_of_name(store, options.right),
                     {.count_keys = true});
  if (options.format == "json") {
    auto json = nlohmann::ordered_json::parse(
        explanation_json(stored.explanation, options.show_values, {}));
    json["decisions"] = stored.decisions;
    fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
    return 0;
  }
  fmt::print("{}", explanation_text(stored.explanation, {options.show_values, wants_colour()}));
  for (const std::string& decision : stored.decisions) {
    fmt::print("Decided: {}.\n", printable(decision, 200));
  }
  return 0;
}

int why(const WhyOptions& options) {
  if (const std::string store = store_meant(options); !store.empty()) {
    return why_in_store(store, options);
  }
  Console console(false);
  RunLimits limits;
  limits.threads = options.threads;
  const ThreadLimit threads(limits);
  ImportedFiles imported({});
  const std::vector<std::string> files = imported.resolve(options.files, std::nullopt, console);
  const LinkedJob linked(options.folder, sources_of(files), limits);
  for (const std::string& change : linked.changes()) console.warn(change);
  const Row left = linked.find(options.left);
  const Row right = linked.find(options.right);
  if (left == right) {
    throw Error(ErrorCode::kUsage, options.left, "is named twice; name two records");
  }
  const Explanation explanation = linked.explain(left, right);
  if (options.format == "json") {
    fmt::print("{}", explanation_json(explanation, options.show_values, linked.changes()));
  } else {
    fmt::print("{}", explanation_text(explanation, {options.show_values, wants_colour()}));
  }
  return 0;
}

}  // namespace

void add_why_command(CLI::App& app, Command& chosen) {
  auto options = std::make_shared<WhyOptions>();
  CLI::App* command =
      app.add_subcommand("why", "Explain why two records are held to be one person, or are not");
  command->add_option("left", options->left, "A record: SOURCE:RECORD_ID")->required();
  command->add_option("right", options->right, "The other")->required();
  command->add_option("folder", options->folder,
                      "The job's folder, --out of tessera link (default: tessera-out), or a\n"
                      "registry's file");
  command->add_option("--store", options->store,
                      "The registry's file; where there is no folder, $TESSERA_STORE");
  command
      ->add_option(
          "--source", options->files,
          "NAME=FILE or NAME=FORMAT:FILE: where source NAME lies now, if not where job.toml\n"
          "says; may be repeated")
      ->allow_extra_args(false);
  command->add_flag("--show-values", options->show_values,
                    "Show what the records hold; otherwise only what it is worth");
  command->add_option("--threads", options->threads, "Threads to use (default: all)")
      ->check(CLI::Range(1U, 1024U));
  command->add_option("--format", options->format, "How to print")
      ->check(CLI::IsMember({"table", "json"}));
  command->footer(
      "Examples:\n"
      "  tessera why client:C0572819142 client:C4749716439 results\n"
      "  tessera why client:12 crvs:R77 results --show-values\n"
      "  tessera why client:12 crvs:R77 results --format json\n"
      "  tessera why client:12 crvs:R77 --store people.tessera\n"
      "A job's sources are read again. Bits count evidence: each doubles the odds. Any two records "
      "can\n"
      "be explained, compared by the job or not.");
  command->callback([options, &chosen] { chosen = [options] { return why(*options); }; });
}

}  // namespace tessera
