#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "cli/console.hpp"
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

int init(const Options& options) {
  const bool to_stdout = options.out == "-";
  const std::filesystem::path path = options.out;
  if (!to_stdout && !options.force && std::filesystem::exists(path)) {
    throw Error(ErrorCode::kUsage, options.out,
                "is there already; name another file with --out, or replace it with --force");
  }
  ProposeOptions how;
  how.ignore = options.ignore;
  const ProposedJob proposed = propose_job(sources_of(options.files), how);
  const std::filesystem::path folder =
      to_stdout || path.parent_path().empty() ? "." : path.parent_path();
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
                   "Extracts to read: NAME=FILE or FILE (.csv, .csv.gz, .parquet, .ndjson)")
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
      "  tessera link --config job.toml --out results\n"
      "The job is the one that tessera link would propose; only the first 10,000 rows of each "
      "file\n"
      "are read. Paths in the config are relative to its folder.");
  command->callback([options, &chosen] { chosen = [options] { return init(*options); }; });
}

}  // namespace tessera
