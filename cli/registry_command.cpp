#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <map>
#include <memory>

#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/family_view.hpp"
#include "cli/imported_files.hpp"
#include "cli/job_options.hpp"
#include "cli/link_summary.hpp"
#include "cli/look_ups.hpp"
#include "cli/plan_summary.hpp"
#include "cli/store_options.hpp"
#include "data/count_text.hpp"
#include "data/error.hpp"
#include "data/read.hpp"
#include "engine/thread_limit.hpp"
#include "exchange/export_families.hpp"
#include "exchange/families.hpp"
#include "exchange/input_files.hpp"
#include "registry/apply_groups.hpp"
#include "registry/export.hpp"
#include "registry/inspect.hpp"
#include "registry/load.hpp"
#include "registry/maintain.hpp"
#include "registry/plan_clock.hpp"
#include "registry/plan_file.hpp"
#include "report/text_table.hpp"

namespace tessera {
namespace {

struct RegistryOptions {
  StoreOptions store;
  JobOptions job;
  std::string path;
  std::vector<std::string> files;
  LoadOptions load;
  std::string rejects;
  ExportOptions exporting;
  std::string person;
};

using Options = std::shared_ptr<RegistryOptions>;

void note_today(const JobSpec& job, Console& console) {
  if (job.today.empty()) return;
  console.warn(
      "`today` of the config is left out: a registry goes on, and later births would be "
      "impossible dates");
}

int init(const RegistryOptions& options) {
  Console console(options.job.quiet);
  const ThreadLimit threads({.threads = options.job.threads});
  ImportedFiles imported({});
  JobOptions job = options.job;
  job.files = imported.resolve(job.files, job.max_rejected_share, console);
  ChosenJob chosen = choose_job(job, console);
  for (SourceSpec& source : chosen.job.sources) {
    source.path = imported.typed_as(source.path.string());
  }
  Store::create(options.path, chosen.job, chosen.model);
  note_today(chosen.job, console);
  fmt::print("Registry {} of {}; load its records with\n", options.path,
             counted(chosen.job.sources.size(), "source"));
  for (const SourceSpec& source : chosen.job.sources) {
    fmt::print("  tessera registry load --store {} {}={}\n", options.path, source.name,
               source.path.string());
  }
  return 0;
}

// Whether families come without a person, to join those of an earlier load.
bool has_families_alone(const SourceSpec& file, const LoadOptions& how, const std::string& typed) {
  const auto families = how.groups.find(file.name);
  if (families == how.groups.end() || families->second.empty() || has_rows(file.path)) return false;
  if (how.full) {
    throw Error(ErrorCode::kUsage, typed,
                "holds families and no person, and with --full every person of '" + file.name +
                    "' would be deleted; load it without --full");
  }
  return true;
}

std::vector<LoadFacts> load_or_list_rejects(Store& store, const RegistryOptions& options,
                                            Console& console) {
  ImportedFiles imported({});
  const std::vector<std::string> files = imported.resolve(
      options.files, options.load.max_rejected_share, console, SourceNeed::kPeopleOrFamilies);
  try {
    std::vector<SourceSpec> named = named_files(files);
    LoadOptions how = options.load;
    for (const SourceSpec& file : named) {
      if (!has_family_files(file.path)) continue;
      how.groups[file.name] = read_source_families(file.name, file.path);
    }
    std::erase_if(named, [&](const SourceSpec& file) {
      return has_families_alone(file, how, imported.typed_as(file.path.string()));
    });
    return console.watching([&](const StageWatcher& watcher) {
      how.watcher = watcher;
      return load_files(store, named, how, run_info(options.store, "load"));
    });
  } catch (const TooManyRejects& refused) {
    write_rejects(options.rejects.empty() ? "rejects.csv" : options.rejects, refused.rejects());
    throw;
  }
}

int load(const RegistryOptions& options) {
  Console console(options.store.quiet);
  Store store(store_path(options.store), Store::Access::kWrite);
  const std::vector<LoadFacts> all = load_or_list_rejects(store, options, console);
  if (!options.rejects.empty()) {
    std::vector<Reject> rejects;
    for (const LoadFacts& facts : all) {
      rejects.insert(rejects.end(), facts.rejects.begin(), facts.rejects.end());
    }
    write_rejects(options.rejects, rejects);
  }
  std::vector<std::vector<std::string>> rows;
  for (const LoadFacts& facts : all) {
    rows.push_back({facts.source.name, with_commas(facts.source.rows_read),
                    with_commas(facts.added), with_commas(facts.changed),
                    with_commas(facts.returned), with_commas(facts.deleted),
                    with_commas(facts.unchanged), with_commas(facts.source.rows_rejected)});
    if (facts.groups && facts.groups->changes() + facts.groups->unchanged > 0) {
      const GroupLoad& families = *facts.groups;
      console.note(fmt::format("  {}: families: {} new, {} changed, {} deleted, {} unchanged",
                               facts.source.name, with_commas(families.added),
                               with_commas(families.changed), with_commas(families.deleted),
                               with_commas(families.unchanged)));
    }
    std::map<std::string, std::uint64_t> reasons;
    for (const Reject& reject : facts.rejects) ++reasons[reject.reason];
    for (const auto& [reason, count] : reasons) {
      console.warn(
          fmt::format("{}: {} rejected: {}", facts.source.name, counted(count, "row"), reason));
    }
  }
  fmt::print("{}", rows_text(options.store.format,
                             {"source", "rows", "new", "changed", "returned", "deleted",
                              "unchanged", "rejected"},
                             rows));
  return 0;
}

int learn(const RegistryOptions& options) {
  Console console(options.job.quiet);
  const ThreadLimit threads({.threads = options.job.threads});
  Store store(store_path(options.store), Store::Access::kWrite);
  Transaction transaction(store.database(), Transaction::Kind::kWrite);
  if (!options.job.config.empty() || !options.job.model.empty()) {
    JobOptions given = options.job;
    JobSpec job = store.job();
    std::optional<Model> model;
    if (!given.config.empty()) {
      ChosenJob chosen = choose_job(given, console);
      job = std::move(chosen.job);
      model = std::move(chosen.model);
      note_today(job, console);
    } else {
      model = read_model_json(read_whole_file(given.model), given.model);
    }
    store.put_job(job, model);
  }
  PlanOptions how;
  how.limits.threads = options.job.threads;
  how.learn = true;
  const Plan plan = console.watching([&](const StageWatcher& watcher) {
    how.watcher = watcher;
    return make_plan(store, how);
  });
  RunInfo run = run_info(options.store, "learn");
  GroupPlan families;
  const std::uint64_t events = console.watching([&](const StageWatcher& watcher) {
    PlanClock(store, true, watcher).stage(PlanStage::kApply);
    families = plan_groups(store, plan, link_families);
    run.digest = ticket_of(plan, families, true).digest;
    return apply_plan(store, plan, run) + apply_groups(store, families, run);
  });
  store.commit(transaction);
  fmt::print("{}{} written\n", plan_summary(store, plan, families), counted(events, "event"));
  bring_look_ups_along(store.path(), how.limits, console);
  return 0;
}

int backup(const RegistryOptions& options) {
  Store store(store_path(options.store), Store::Access::kRead);
  backup_store(store, options.path);
  fmt::print("Backup in {}\n", options.path);
  return 0;
}

int restore(const RegistryOptions& options) {
  const std::string path = store_path(options.store);
  restore_store(options.path, path);
  fmt::print("Registry {} as in {}\n", path, options.path);
  return 0;
}

int export_files(const RegistryOptions& options) {
  Store store(store_path(options.store), Store::Access::kRead);
  const Transaction snapshot(store.database(), Transaction::Kind::kRead);
  const ExportFacts facts = export_store(store, options.path, options.exporting);
  const std::uint64_t families =
      export_families(store, options.path, options.exporting.spreadsheet_safe);
  if (families > 0) fmt::print("{} and ", counted(families, "family", "families"));
  fmt::print("{} of {}, {} retired; files in {}\n", counted(facts.records, "record"),
             counted(facts.identities, "identity", "identities"),
             counted(facts.retired, "identifier"), options.path);
  return 0;
}

int erase(const RegistryOptions& options) {
  Store store(store_path(options.store), Store::Access::kWrite);
  EntityNumber entity = find_identity(store, options.person);
  refuse_family(entity, options.person);
  const IdentityView view = view_identity(store, entity);
  if (!view.leads_to.empty()) entity = find_identity(store, view.leads_to.back());
  const EraseFacts facts = erase_person(store, entity, run_info(options.store, "erase"));
  fmt::print("{} and {} erased; the identifier stays retired\n", counted(facts.records, "record"),
             counted(facts.notes, "note"));
  return 0;
}

template <class Run>
CLI::App* add(CLI::App* registry, const char* name, const char* what, const char* footer,
              const Options& options, Command& chosen, Run run) {
  CLI::App* command = registry->add_subcommand(name, what);
  command->footer(footer);
  command->callback([options, run, &chosen] { chosen = [options, run] { return run(*options); }; });
  return command;
}

}  // namespace

void add_registry_command(CLI::App& app, Command& chosen) {
  CLI::App* registry =
      app.add_subcommand("registry", "A registry that lasts: make it, load it, keep it");
  registry->require_subcommand(1);
  registry->footer(
      "Examples:\n"
      "  tessera registry init people.tessera client=a.csv social=b.csv\n"
      "  tessera registry load client=monday.csv && tessera apply");

  Options options = std::make_shared<RegistryOptions>();
  CLI::App* command =
      add(registry, "init", "Make a registry for a job",
          "Examples:\n"
          "  tessera registry init people.tessera client=a.csv social=b.csv\n"
          "  tessera registry init people.tessera --config job.toml --model model.json\n"
          "Files are read to propose a job; `tessera registry load` loads them.",
          options, chosen, init);
  command->add_option("store", options->path, "The registry's file")->required();
  add_job_options(*command, options->job);

  options = std::make_shared<RegistryOptions>();
  command =
      add(registry, "load", "Load extracts: new, changed and deleted records",
          "Examples:\n"
          "  tessera registry load client=monday.csv\n"
          "  tessera registry load --full client=client.csv social=social.csv\n"
          "A record is known by its source and id. `tessera apply` gives it its identity.\n"
          "Families come with the people of a format (NAME=FORMAT:FILE) and of a person.csv that\n"
          "has its family.csv and membership.csv beside it, or after them: a file with families\n"
          "alone joins the people of an earlier load.",
          options, chosen, load);
  add_store_options(*command, options->store, true, {"table", "csv", "json"});
  command
      ->add_option("files", options->files,
                   "NAME=FILE or NAME=FORMAT:FILE, NAME a source of the registry")
      ->required();
  command->add_flag("--full", options->load.full,
                    "Each file is its whole source: records it lacks are deleted");
  command
      ->add_option("--max-rejected", options->load.max_rejected_share,
                   "Stop if a larger share of rows is rejected (default: the job's)")
      ->check(CLI::Range(0.0, 1.0));
  command->add_option("--rejects", options->rejects,
                      "Write the rejected rows' lines and reasons here (default: nowhere, and\n"
                      "rejects.csv when the load is refused for them)");

  options = std::make_shared<RegistryOptions>();
  command = add(
      registry, "learn", "Learn the model anew from all records, and apply it",
      "Examples:\n"
      "  tessera registry learn\n"
      "  tessera registry learn --config job.toml      another job: rules, thresholds, sources\n"
      "  tessera registry learn --model model.json     a model trained elsewhere\n"
      "Decisions hold; identifiers move as little as the new partition allows.",
      options, chosen, learn);
  add_store_options(*command, options->store, true);
  command->add_option("--config", options->job.config, "A job with the registry's attributes");
  command->add_option("--model", options->job.model, "A trained model.json of the same job");
  command->add_option("--threads", options->job.threads, "Threads to use (default: all)");

  options = std::make_shared<RegistryOptions>();
  command = add(registry, "backup", "Copy the registry's last committed state to a file",
                "Example:\n  tessera registry backup friday.tessera", options, chosen, backup);
  add_store_options(*command, options->store, false);
  command->add_option("file", options->path, "The backup; must not be there")->required();

  options = std::make_shared<RegistryOptions>();
  command = add(registry, "restore", "Make the registry out of a backup, once that is found whole",
                "Example:\n  tessera registry restore friday.tessera --store people.tessera",
                options, chosen, restore);
  add_store_options(*command, options->store, false);
  command->add_option("file", options->path, "The backup")->required();

  options = std::make_shared<RegistryOptions>();
  command = add(registry, "export",
                "Write crosswalk, golden records, families and retired identifiers as CSV",
                "Example:\n  tessera registry export out --spreadsheet-safe", options, chosen,
                export_files);
  add_store_options(*command, options->store, false);
  command->add_option("folder", options->path, "Where to")->required();
  command->add_flag("--spreadsheet-safe", options->exporting.spreadsheet_safe,
                    "Put a ' before values that a spreadsheet would run as a formula");

  options = std::make_shared<RegistryOptions>();
  command = add(registry, "erase", "Erase a person: fields, record ids, decisions, notes",
                "Examples:\n"
                "  tessera registry erase 4433-3333-3333-333D\n"
                "  tessera registry erase client:C-17\n"
                "Backups made before still hold the person.",
                options, chosen, erase);
  add_store_options(*command, options->store, true);
  command->add_option("person", options->person, "An identifier or SOURCE:RECORD_ID")->required();
}

}  // namespace tessera
