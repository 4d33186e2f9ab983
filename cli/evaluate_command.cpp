#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/store_options.hpp"
#include "cli/text_file.hpp"
#include "data/error.hpp"
#include "engine/pipeline.hpp"
#include "engine/read_job.hpp"
#include "report/evaluation.hpp"
#include "report/evaluation_text.hpp"
#include "report/link_page.hpp"

namespace tessera {
namespace {

struct EvaluateOptions {
  std::string folder;
  std::vector<std::string> truth;
  bool by_source = false;
  bool no_blocking = false;
  std::string format = "table";
  std::string report;
  std::string spec;
};

// `NAME=FILE`: the records of source NAME; or `FILE`.
TruthFile truth_file(const std::string& typed) {
  const std::size_t equals = typed.find('=');
  if (equals == std::string::npos || typed.substr(0, equals).find('/') != std::string::npos) {
    return {typed, ""};
  }
  return {typed.substr(equals + 1), typed.substr(0, equals)};
}

// The job's blocks, if its sources can still be read.
std::optional<Blocking> blocks_of(const std::filesystem::path& folder, Row records,
                                  Console& console) {
  try {
    Blocking blocking = block_job(read_job(folder / "job.toml"), {});
    const RuleBlocks* first = blocking.rules.empty() ? nullptr : &blocking.rules.front();
    const std::size_t rows =
        first == nullptr ? 0
                         : (first->is_single() ? first->single.size() : first->offsets.size() - 1);
    if (rows == records) return blocking;
    console.warn("pairs completeness is unknown: the sources have changed since the job ran");
  } catch (const Error& error) {
    console.warn(std::string("pairs completeness is unknown: ") + error.what());
  }
  return std::nullopt;
}

void write_report(const EvaluateOptions& options, const Evaluation& evaluation) {
  const std::filesystem::path folder = options.folder;
  const std::string model_path = (folder / "model.json").string();
  const Model model = read_model_json(read_whole_file(model_path), model_path);
  const std::string run = read_whole_file((folder / "run.json").string());
  const Page page = link_page({.run_json = run, .model = model, .evaluation = &evaluation});
  if (!options.report.empty()) write_text_file(options.report, page_html(page));
  if (!options.spec.empty()) write_text_file(options.spec, page_specs(page));
}

int evaluate_job(const EvaluateOptions& options) {
  Console console(false);
  const JobResult result =
      console.during("read the result", [&] { return read_job_result(options.folder); });
  std::vector<TruthFile> files;
  for (const std::string& typed : options.truth) files.push_back(truth_file(typed));
  const Truth truth = console.during("read the truth", [&] { return read_truth(files, result); });
  EvaluationOptions how;
  how.by_source = options.by_source;
  std::optional<Blocking> blocking;
  if (!options.no_blocking) {
    blocking = console.during("block again",
                              [&] { return blocks_of(options.folder, result.size(), console); });
  }
  if (blocking) {
    how.shares_block = [&](Row left, Row right) { return shares_block(*blocking, left, right); };
  }
  const Evaluation evaluation =
      console.during("judge", [&] { return evaluate(result, truth, how); });
  if (!options.report.empty() || !options.spec.empty()) write_report(options, evaluation);
  if (options.format == "json") {
    fmt::print("{}", evaluation_json(evaluation));
  } else if (options.format == "csv") {
    fmt::print("{}", evaluation_csv(evaluation));
  } else if (options.format == "ndjson") {
    fmt::print("{}", evaluation_ndjson(evaluation));
  } else {
    fmt::print("{}", evaluation_table(evaluation));
  }
  return 0;
}

}  // namespace

void add_evaluate_command(CLI::App& app, Command& chosen) {
  auto options = std::make_shared<EvaluateOptions>();
  CLI::App* command = app.add_subcommand("evaluate", "Measure a job's result against the truth");
  command->add_option("folder", options->folder, "The job's folder (--out of tessera link)")
      ->required();
  command
      ->add_option(
          "--truth", options->truth,
          "FILE or NAME=FILE with record_id,entity_id (and source), or with pairs of ids; may be "
          "repeated")
      ->required()
      ->allow_extra_args(false);
  command->add_flag("--sources", options->by_source, "Also for each pair of sources");
  command->add_flag("--no-blocking", options->no_blocking,
                    "Do not read the sources again to measure blocking");
  command->add_option("--report", options->report,
                      "Write the job's report with the evaluation to this file, as HTML");
  command->add_option("--spec", options->spec,
                      "Write the report's charts to this file, as Vega-Lite in JSON");
  command->add_option("--format", options->format, "How to print")
      ->check(CLI::IsMember({"table", "json", "csv", "ndjson"}));
  command->footer(
      "Examples:\n"
      "  tessera evaluate --truth truth.csv results\n"
      "  tessera evaluate --truth census=a.truth.csv --truth cis=b.truth.csv results --sources\n"
      "  tessera evaluate --truth pairs.csv results --format json\n"
      "  tessera evaluate --truth truth.csv results --sources --report evaluation.html");
  command->callback([options, &chosen] { chosen = [options] { return evaluate_job(*options); }; });
}

}  // namespace tessera
