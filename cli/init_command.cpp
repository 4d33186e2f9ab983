#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/imported_files.hpp"
#include "cli/job_options.hpp"
#include "data/count_text.hpp"
#include "data/error.hpp"
#include "engine/output_folder.hpp"
#include "engine/propose_job.hpp"
#include "engine/write_commented_job.hpp"

namespace tessera {
namespace {

struct Options {
  std::vector<std::string> files;
  std::string out = "job.toml";
  std::vector<std::string> ignore;
  bool force = false;
};

// Written aside and moved into place.
void write_config(const std::filesystem::path& path, const std::string& text) {
  const std::filesystem::path partial = path.string() + ".partial";
  {
    StagedFile file(partial);
    file.write(text);
    file.finish();
  }
  std::error_code fault;
  std::filesystem::rename(partial, path, fault);
  if (fault) {
    std::error_code ignored;
    std::filesystem::remove(partial, ignored);
    throw Error(ErrorCode::kResource, path.string(),
                "cannot be written: " + fault.message() + "; name another file with --out");
  }
}

// The job reads the canonical tables of what other systems sent, so these stay beside it.
std::vector<std::string> import_beside(const std::filesystem::path& folder,
                                       const Options& options) {
  const std::filesystem::path tables = folder / "canonical";
  for (const std::string& typed : options.files) {
    const std::optional<TypedFormat> named = typed_format(typed);
    if (!named || options.force || !std::filesystem::exists(tables / named->name)) continue;
    throw Error(ErrorCode::kUsage, (tables / named->name).string(),
                "is there already, from an import before; replace it with --force");
  }
  if (!std::filesystem::is_directory(folder)) {
    throw Error(ErrorCode::kResource, options.out,
                "cannot be written: there is no folder " + folder.string() +
                    "; make it, or name another file with --out");
  }
  Console console(false);
  ImportedFiles imported(tables);
  return imported.resolve(options.files, std::nullopt, console);
}

int init(const Options& options) {
  const bool to_stdout = options.out == "-";
  const std::filesystem::path path = options.out;
  if (!to_stdout && !options.force && std::filesystem::exists(path)) {
    throw Error(ErrorCode::kUsage, options.out,
                "is there already; name another file with --out, or replace it with --force");
  }
  ProposeOptions how;
  how.ignore = options.ignore;
  const std::filesystem::path folder =
      to_stdout || path.parent_path().empty() ? "." : path.parent_path();
  const std::vector<SourceSpec> sources = sources_of(import_beside(folder, options));
  Console console(false);
  const ProposedJob proposed =
      console.during("look at the files", [&] { return propose_job(sources, how); });
  for (const std::string& doubt : proposed.doubts) console.warn(doubt);
  const std::string text = commented_job_toml(proposed, folder);
  if (to_stdout) {
    fmt::print("{}", text);
    return 0;
  }
  write_config(path, text);
  fmt::print("{}: {}, {}, {}, {}\n", options.out, counted(proposed.job.sources.size(), "source"),
             counted(proposed.job.attributes.size() + proposed.job.derived.size(), "attribute"),
             counted(proposed.job.comparisons.size(), "comparison"),
             counted(proposed.job.rules.size(), "blocking rule"));
  fmt::print("Read it, change it, and run: tessera link --config {}\n", options.out);
  return 0;
}

}  // namespace

void add_init_command(CLI::App& app, Command& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "init", "Write a short job.toml for extracts, each choice with its reason");
  command
      ->add_option("files", options->files,
                   "Extracts to read: NAME=FILE or FILE (.csv, .csv.gz, .parquet, .ndjson), or\n"
                   "NAME=FORMAT:FILE for what other systems send (tessera import --help)")
      ->required();
  command->add_option("--out", options->out,
                      "The config to write (default: job.toml); - for standard output");
  command->add_flag("--force", options->force, "Replace a config that is there");
  command
      ->add_option("--ignore", options->ignore,
                   "A column that must not be evidence; may be repeated")
      ->allow_extra_args(false);
  command->footer(
      "Examples:\n"
      "  tessera init beneficiaries.csv\n"
      "  tessera init client=a.csv social=b.csv crvs=c.parquet --out jobs/three.toml\n"
      "  tessera init client=fhir:patients/ openimis=openimis-tables:export/\n"
      "  tessera link --config job.toml --out results\n"
      "The job is the one that tessera link would propose; only the first 10,000 rows of each "
      "file\n"
      "are read. Paths in the config are relative to its folder. What is read by a format stands "
      "in the\n"
      "folder canonical beside the config from then on, as tables that the job reads.");
  command->callback([options, &chosen] { chosen = [options] { return init(*options); }; });
}

}  // namespace tessera
