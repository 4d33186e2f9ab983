#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/imported_files.hpp"
#include "cli/job_options.hpp"
#include "cli/link_summary.hpp"
#include "data/count_text.hpp"
#include "data/digest.hpp"
#include "data/error.hpp"
#include "data/read.hpp"
#include "engine/pipeline.hpp"
#include "engine/thread_limit.hpp"
#include "engine/write_job.hpp"
#include "engine/write_outputs.hpp"
#include "exchange/write_families.hpp"
#include "report/link_page.hpp"
#include "report/text_table.hpp"

namespace tessera {
namespace {

struct LinkOptions {
  JobOptions job;
  std::string out = "tessera-out";
  std::string format = "table";
  bool no_report = false;
  bool show_values = false;
  bool spec = false;
};

std::vector<TextFile> report_files(const LinkOptions& options, const LinkResult& result) {
  std::vector<TextFile> files;
  if (options.no_report && !options.spec) return files;
  const Page page = link_page({.run_json = run_json(result.facts),
                               .model = result.model,
                               .samples = result.samples,
                               .show_values = options.show_values});
  if (!options.no_report) files.push_back({"report.html", page_html(page)});
  if (options.spec) files.push_back({"report.json", page_specs(page)});
  return files;
}

// What an earlier job left and this one did not write tells of other results.
void remove_old_report(const std::filesystem::path& folder, std::span<const TextFile> written) {
  for (const char* name : {"report.html", "report.json"}) {
    const auto is_named = [&](const TextFile& file) { return file.name == name; };
    std::error_code absent;
    if (std::ranges::none_of(written, is_named)) std::filesystem::remove(folder / name, absent);
  }
}

int link(const LinkOptions& options) {
  Console console(options.job.quiet);
  const ThreadLimit threads({.threads = options.job.threads});
  const auto begin = std::chrono::steady_clock::now();
  ImportedFiles imported(std::filesystem::path(options.out) / "canonical");
  JobOptions job = options.job;
  job.files = imported.resolve(job.files, job.max_rejected_share, console);
  ChosenJob chosen = choose_job(job, console);
  chosen.limits.spill_folder = options.out;
  LinkResult result;
  try {
    result = run_link(chosen.job, chosen.limits, chosen.model, console.watcher());
  } catch (const TooManyRejects& refused) {
    write_rejects_alone(options.out, refused.rejects());
    throw;
  }
  const std::string job_text = job_toml(chosen.job, options.out);
  const std::string model_text = model_json(result.model);
  result.facts.job_digest = text_digest(job_text);
  result.facts.model_digest = text_digest(model_text);
  console.stage("write", 9, 9);
  const std::vector<TextFile> report = report_files(options, result);
  const auto write_begin = std::chrono::steady_clock::now();
  const auto finished = [&] {
    const auto now = std::chrono::steady_clock::now();
    result.facts.machine.stages.push_back(
        {"write", std::chrono::duration<double>(now - write_begin).count()});
    result.facts.machine.elapsed_s = std::chrono::duration<double>(now - begin).count();
    return result.facts;
  };
  write_outputs(options.out,
                {.job = chosen.job,
                 .table = result.table,
                 .rejects = result.rejects,
                 .links = result.links,
                 .clusters = result.clusters,
                 .golden = result.golden,
                 .model_text = model_text,
                 .job_text = job_text,
                 .more = report},
                finished);
  remove_old_report(options.out, report);
  const FamilyFacts families =
      write_families(options.out, chosen.job.sources, result.table, result.clusters);
  if (families.source_families > 0) {
    console.note(fmt::format("The sources have {}; together they are {}, with {}",
                             counted(families.source_families, "family", "families"),
                             counted(families.golden_families, "family", "families"),
                             counted(families.members, "member")));
  }
  if (!result.model.warnings.empty()) {
    console.note(fmt::format("{} on the model in model.json (warnings)",
                             counted(result.model.warnings.size(), "remark")));
  }
  console.clear();
  if (options.format == "json") {
    fmt::print("{}", run_json(result.facts));
  } else {
    const std::uint64_t settled =
        doubtful_in_one_entity(result.links, result.clusters, chosen.job.link_threshold.bits());
    fmt::print("{}", link_summary(result.facts, options.out, settled));
  }
  return 0;
}

}  // namespace

void add_link_command(CLI::App& app, Command& chosen) {
  auto options = std::make_shared<LinkOptions>();
  CLI::App* command = app.add_subcommand(
      "link", "Link extracts: find the records that are one person and write golden records");
  add_job_options(*command, options->job);
  command->add_option("--out", options->out, "Folder for the results (default: tessera-out)");
  command->add_option("--format", options->format, "How to print the summary")
      ->check(CLI::IsMember({"table", "json"}));
  command->add_flag("--no-report", options->no_report, "Do not write report.html");
  command->add_flag("--show-values", options->show_values,
                    "Show names and values in the report's example pairs");
  command->add_flag("--spec", options->spec,
                    "Also write report.json: each chart of the report as Vega-Lite, data inside");
  command->footer(
      "Examples:\n"
      "  tessera link beneficiaries.csv                        find duplicates in one extract\n"
      "  tessera link client=a.csv social=b.csv crvs=c.parquet  link three registers\n"
      "  tessera link --config job.toml --out results --threads 2 --memory 4G\n"
      "  tessera link client=fhir:patients/ openimis=openimis-tables:export/   other systems' "
      "files\n"
      "  tessera link people.csv --model splink.json            score with a Splink model\n"
      "Without --config a job is proposed from the columns; it is printed and written to "
      "job.toml,\n"
      "which can be edited and used with --config.");
  command->callback([options, &chosen] { chosen = [options] { return link(*options); }; });
}

}  // namespace tessera
