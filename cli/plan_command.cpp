#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/look_ups.hpp"
#include "cli/plan_summary.hpp"
#include "cli/store_options.hpp"
#include "cli/text_file.hpp"
#include "data/count_text.hpp"
#include "data/error.hpp"
#include "engine/thread_limit.hpp"
#include "exchange/families.hpp"
#include "registry/plan_file.hpp"
#include "report/plan_page.hpp"
#include "report/text_table.hpp"

namespace tessera {
namespace {

struct PlanCommandOptions {
  StoreOptions store;
  std::string file;  ///< plan: to write; apply: to read
  unsigned threads = 0;
  std::string report;
  std::string spec;
  bool all = false;
};

void write_report(const PlanCommandOptions& options, const Plan& plan, const GroupPlan& families,
                  bool applied) {
  const Page page = plan_page(plan, families, applied);
  if (!options.report.empty()) write_text_file(options.report, page_html(page));
  if (!options.spec.empty()) write_text_file(options.spec, page_specs(page));
}

void add_common_options(CLI::App& command, PlanCommandOptions& options) {
  command.add_option("--threads", options.threads, "Threads to use (default: all)");
  command.add_option("--report", options.report,
                     "Write what happens to identifiers to this file, as HTML");
  command.add_option("--spec", options.spec,
                     "Write the report's charts to this file, as Vega-Lite in JSON");
  command.add_flag("--all", options.all,
                   "Resolve all records, not only those that what changed concerns; the outcome\n"
                   "is the same, and what increments go by is made anew");
}

// A plan that nobody applies is over one stage earlier.
StageWatcher without_applying(const StageWatcher& watcher) {
  return [&watcher](const StageProgress& of_both) {
    StageProgress progress = of_both;
    --progress.of;
    if (!progress.expected_s.empty()) {
      progress.expected_s = progress.expected_s.first(progress.expected_s.size() - 1);
    }
    watcher(progress);
  };
}

int plan(const PlanCommandOptions& options) {
  Console console(options.store.quiet);
  Store store(store_path(options.store), Store::Access::kRead);
  const Transaction snapshot(store.database(), Transaction::Kind::kRead);
  PlanOptions how;
  how.limits.threads = options.threads;
  const ThreadLimit threads(how.limits);
  how.all = options.all;
  const Plan made = console.watching([&](const StageWatcher& watcher) {
    how.watcher = without_applying(watcher);
    return make_plan(store, how);
  });
  const GroupPlan families = plan_groups(store, made, link_families);
  write_report(options, made, families, false);
  const std::string text = plan_file_text(made, families, ticket_of(made, families, false));
  if (!options.file.empty()) write_text_file(options.file, text);
  fmt::print("{}", options.store.format == "json" ? text : plan_summary(store, made, families));
  return 0;
}

int apply(const PlanCommandOptions& options) {
  Console console(options.store.quiet);
  Store store(store_path(options.store), Store::Access::kWrite);
  std::optional<PlanTicket> ticket;
  if (!options.file.empty()) {
    ticket = read_plan_file(read_whole_file(options.file), options.file);
  }
  PlanOptions how;
  how.limits.threads = options.threads;
  const ThreadLimit threads(how.limits);
  how.learn = ticket && ticket->learn;
  how.all = options.all;
  const Applied applied = console.watching([&](const StageWatcher& watcher) {
    how.watcher = watcher;
    return apply_store(store, how, ticket ? &*ticket : nullptr, run_info(options.store, "apply"),
                       link_families);
  });
  const auto& [done, families, events] = applied;
  write_report(options, done, families, true);
  if (options.store.format == "json") {
    fmt::print("{}", plan_file_text(done, families, ticket_of(done, families, how.learn)));
  } else {
    fmt::print("{}{} written\n", plan_summary(store, done, families), counted(events, "event"));
  }
  if (!done.nothing_to_do) bring_look_ups_along(store.path(), how.limits, console);
  return 0;
}

}  // namespace

void add_plan_command(CLI::App& app, Command& chosen) {
  auto options = std::make_shared<PlanCommandOptions>();
  CLI::App* command = app.add_subcommand(
      "plan", "Show what applying the registry's loads and decisions would change");
  add_store_options(*command, options->store, false, {"table", "json"});
  command->add_option("-o,--out", options->file, "Write the plan, for `tessera apply FILE`");
  add_common_options(*command, *options);
  command->footer(
      "Examples:\n"
      "  tessera plan\n"
      "  tessera plan -o monday.plan && tessera apply monday.plan\n"
      "  tessera plan --report plan.html\n"
      "Nothing is written to the registry.");
  command->callback([options, &chosen] { chosen = [options] { return plan(*options); }; });
}

void add_apply_command(CLI::App& app, Command& chosen) {
  auto options = std::make_shared<PlanCommandOptions>();
  CLI::App* command = app.add_subcommand("apply", "Plan and apply: give every record its identity");
  add_store_options(*command, options->store, true, {"table", "json"});
  command->add_option("file", options->file,
                      "A plan: apply exactly that, or refuse if the registry changed since");
  add_common_options(*command, *options);
  command->footer(
      "Examples:\n"
      "  tessera apply\n"
      "  tessera apply monday.plan\n"
      "Applying what is applied already writes no event.");
  command->callback([options, &chosen] { chosen = [options] { return apply(*options); }; });
}

}  // namespace tessera
