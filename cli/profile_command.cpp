#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/imported_files.hpp"
#include "cli/job_options.hpp"
#include "cli/text_file.hpp"
#include "report/profile.hpp"
#include "report/profile_json.hpp"
#include "report/profile_page.hpp"
#include "report/profile_text.hpp"

namespace tessera {
namespace {

struct Options {
  std::vector<std::string> files;
  bool share = false;
  bool quiet = false;
  std::string format = "table";
  std::string report;
  std::string spec;
};

std::vector<FileReport> read_reports(const Options& options, const ProfileOptions& how) {
  Console console(options.quiet);
  ImportedFiles imported({});
  const std::vector<std::string> files = imported.resolve(options.files, std::nullopt, console);
  std::vector<FileReport> reports = console.watching(
      [&](const StageWatcher& watcher) { return profile_files(sources_of(files), how, watcher); });
  for (FileReport& report : reports) report.path = imported.typed_as(report.path);
  return reports;
}

int profile(const Options& options) {
  ProfileOptions how;
  how.least_holders = options.share ? kSharedHolders : 0;
  const std::vector<FileReport> reports = read_reports(options, how);
  if (!options.report.empty() || !options.spec.empty()) {
    const Page page = profile_page(reports, how);
    if (!options.report.empty()) write_text_file(options.report, page_html(page));
    if (!options.spec.empty()) write_text_file(options.spec, page_specs(page));
  }
  fmt::print("{}",
             options.format == "json" ? profile_json(reports, how) : profile_text(reports, how));
  return 0;
}

}  // namespace

void add_profile_command(CLI::App& app, Command& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "profile", "Show what the columns of extracts hold, and what in them may mislead");
  command
      ->add_option("files", options->files,
                   "Extracts to read: NAME=FILE or FILE (.csv, .csv.gz, .parquet, .ndjson), or\n"
                   "NAME=FORMAT:FILE for what other systems send (tessera import --help)")
      ->required();
  command->add_flag("--share", options->share,
                    "Withhold values that fewer than 11 records hold, to show the profile to "
                    "others");
  command->add_flag("--quiet", options->quiet, "Say nothing but results, warnings and errors");
  command->add_option("--format", options->format, "How to print")
      ->check(CLI::IsMember({"table", "json"}));
  command->add_option("--report", options->report,
                      "Also write the profile to this file, as a page of charts (HTML)");
  command->add_option("--spec", options->spec,
                      "Also write the page's charts to this file, as Vega-Lite in JSON");
  command->footer(
      "Examples:\n"
      "  tessera profile beneficiaries.csv\n"
      "  tessera profile client=a.csv social=b.csv crvs=c.parquet --share\n"
      "  tessera profile beneficiaries.csv --format json\n"
      "  tessera profile beneficiaries.csv --share --report profile.html\n"
      "The output holds values of records: with --share only those of 11 records or more.");
  command->callback([options, &chosen] { chosen = [options] { return profile(*options); }; });
}

}  // namespace tessera
