#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>

#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/imported_files.hpp"
#include "cli/job_options.hpp"
#include "engine/advise_rules.hpp"
#include "engine/measure_blocking.hpp"
#include "engine/measure_recall.hpp"
#include "engine/thread_limit.hpp"
#include "report/advice_text.hpp"
#include "report/blocking_text.hpp"

namespace tessera {
namespace {

struct Options {
  JobOptions job;
  bool recall = false;
  bool advise = false;
  std::uint64_t budget = 0;
  std::string format = "table";
};

struct Measured {
  BlockingMeasure blocking;
  std::optional<RecallMeasure> recall;
};

Measured measure(const Options& options) {
  Console console(options.job.quiet);
  const ThreadLimit threads({.threads = options.job.threads});
  ImportedFiles imported({});
  JobOptions job = options.job;
  job.files = imported.resolve(job.files, job.max_rejected_share, console);
  const ChosenJob chosen = choose_job(job, console);
  const StageWatcher watcher = console.watcher();
  Measured measured{measure_blocking(chosen.job, chosen.limits, watcher), std::nullopt};
  if (options.recall) measured.recall = measure_recall(chosen.job, chosen.limits, watcher);
  return measured;
}

int advise(const Options& options) {
  Console console(options.job.quiet);
  const ThreadLimit threads({.threads = options.job.threads});
  const ChosenJob chosen = choose_job(options.job, console);
  const RuleAdvice advice =
      advise_job(chosen.job, chosen.limits, options.budget, console.watcher());
  console.clear();
  fmt::print("{}", options.format == "json" ? advice_json(advice) : advice_text(advice));
  return 0;
}

int blocking(const Options& options) {
  if (options.advise) return advise(options);
  const Measured measured = measure(options);
  fmt::print("{}", options.format == "json" ? blocking_json(measured.blocking, measured.recall)
                                            : blocking_text(measured.blocking, measured.recall));
  return 0;
}

}  // namespace

void add_blocking_command(CLI::App& app, Command& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "blocking", "Count the pairs that blocking rules make, before anything is compared");
  add_job_options(*command, options->job);
  command->add_flag("--recall", options->recall,
                    "Also link, to estimate what share of the matches the rules find");
  CLI::Option* advise_flag = command->add_flag(
      "--advise", options->advise,
      "Also link, and choose rules anew: most new matches a pair first, within --budget");
  command
      ->add_option("--budget", options->budget,
                   "Pairs that advised rules may make (default: as many as the job compares)")
      ->check(CLI::PositiveNumber)
      ->needs(advise_flag);
  command->add_option("--format", options->format, "How to print")
      ->check(CLI::IsMember({"table", "json"}));
  command->footer(
      "Examples:\n"
      "  tessera blocking beneficiaries.csv                      the rules that link would "
      "propose\n"
      "  tessera blocking --config job.toml                      the rules of a job\n"
      "  tessera blocking --config job.toml --recall             and what they find, without "
      "labels\n"
      "  tessera blocking --config job.toml --advise --budget 500000   rules for half a million "
      "pairs\n"
      "Nothing is written; without --recall and --advise nothing is compared.");
  command->callback([options, &chosen] { chosen = [options] { return blocking(*options); }; });
}

}  // namespace tessera
