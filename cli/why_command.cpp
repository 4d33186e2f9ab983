#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/job_options.hpp"
#include "data/error.hpp"
#include "report/explanation_json.hpp"
#include "report/explanation_text.hpp"
#include "report/linked_job.hpp"

namespace tessera {
namespace {

struct WhyOptions {
  std::string left;
  std::string right;
  std::string folder = "tessera-out";
  std::vector<std::string> files;
  bool show_values = false;
  unsigned threads = 0;
  std::string format = "table";
};

int why(const WhyOptions& options) {
  Console console(false);
  RunLimits limits;
  limits.threads = options.threads;
  const LinkedJob linked(options.folder, sources_of(options.files), limits);
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
    const bool colour = isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;
    fmt::print("{}", explanation_text(explanation, {options.show_values, colour}));
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
                      "The job's folder, --out of tessera link (default: tessera-out)");
  command
      ->add_option("--source", options->files,
                   "NAME=FILE: where source NAME lies now, if not where job.toml says; may be "
                   "repeated")
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
      "The sources are read again. Bits count evidence: each doubles the odds. Any two records "
      "can\n"
      "be explained, compared by the job or not.");
  command->callback([options, &chosen] { chosen = [options] { return why(*options); }; });
}

}  // namespace tessera
