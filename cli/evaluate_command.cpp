#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
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
#include "report/linked_job.hpp"
#include "report/wrong_pairs.hpp"

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
  bool show_values = false;

  bool has_page() const { return !report.empty() || !spec.empty(); }
};

constexpr std::size_t kWrongPairs = 4;  // shown of each sort

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

/// What `tessera evaluate` does in turn; how long each should take follows from how many records
/// there are.
class Steps {
 public:
  Steps(const EvaluateOptions& options, const StageWatcher& watcher) : watcher_(watcher) {
    constexpr double kCrosswalkRow = 40.0;  // bytes
    std::error_code unseen;
    const auto size =
        std::filesystem::file_size(std::filesystem::path(options.folder) / "crosswalk.csv", unseen);
    const double rows = unseen ? 0.0 : static_cast<double>(size) / kCrosswalkRow;
    // Seconds a record, roughly: the result, the truth, blocking, the records, the judgement.
    expected_s_ = {rows * 1.2e-6, rows * 0.5e-6, options.no_blocking ? 0.0 : rows * 1.5e-6,
                   options.has_page() ? rows * 3.0e-6 : 0.0, rows * 1.0e-6};
  }

  template <class Work>
  auto step(const char* name, unsigned number, const Work& work) const {
    watcher_({name, number, static_cast<unsigned>(expected_s_.size()), 0.0, expected_s_});
    return work();
  }

 private:
  const StageWatcher& watcher_;
  std::array<double, 5> expected_s_{};
};

// The job's records, to show what went wrong; none if they can no longer be read as they were.
std::unique_ptr<LinkedJob> linked_job_of(const std::filesystem::path& folder,
                                         const JobResult& result, Console& console) {
  try {
    auto linked = std::make_unique<LinkedJob>(folder, std::span<const SourceSpec>(), RunLimits{});
    if (has_rows_of(*linked, result)) return linked;
    console.warn("wrong pairs are not shown: the sources have changed since the job ran");
  } catch (const Error& error) {
    console.warn(std::string("wrong pairs are not shown: ") + error.what());
  }
  return nullptr;
}

void write_report(const EvaluateOptions& options, const Evaluation& evaluation,
                  const LinkedJob* linked) {
  const std::filesystem::path folder = options.folder;
  const std::string model_path = (folder / "model.json").string();
  const Model model = read_model_json(read_whole_file(model_path), model_path);
  const std::string run = read_whole_file((folder / "run.json").string());
  std::vector<PairChart> wrong;
  if (linked != nullptr) wrong = explain_wrong_pairs(*linked, evaluation.wrong);
  const Page page = link_page({.run_json = run,
                               .model = model,
                               .show_values = options.show_values,
                               .evaluation = &evaluation,
                               .wrong_pairs = wrong});
  if (!options.report.empty()) write_text_file(options.report, page_html(page));
  if (!options.spec.empty()) write_text_file(options.spec, page_specs(page));
}

struct Judged {
  Evaluation evaluation;
  std::unique_ptr<LinkedJob> linked;  // the job's records, where a page is asked for
};

Judged judge(const EvaluateOptions& options, const Steps& steps, Console& console) {
  const JobResult result =
      steps.step("read the result", 1, [&] { return read_job_result(options.folder); });
  std::vector<TruthFile> files;
  for (const std::string& typed : options.truth) files.push_back(truth_file(typed));
  const Truth truth = steps.step("read the truth", 2, [&] { return read_truth(files, result); });
  EvaluationOptions how;
  how.by_source = options.by_source;
  std::optional<Blocking> blocking;
  if (!options.no_blocking) {
    blocking = steps.step("block again", 3,
                          [&] { return blocks_of(options.folder, result.size(), console); });
  }
  if (blocking) {
    how.shares_block = [&](Row left, Row right) { return shares_block(*blocking, left, right); };
  }
  Judged judged;
  if (options.has_page()) {
    judged.linked = steps.step("read the records", 4,
                               [&] { return linked_job_of(options.folder, result, console); });
  }
  if (judged.linked) {
    how.wrong_pairs = kWrongPairs;
    how.weigh = [&](Row left, Row right) { return judged.linked->weight_bits(left, right); };
  }
  judged.evaluation = steps.step("judge", 5, [&] { return evaluate(result, truth, how); });
  return judged;
}

int evaluate_job(const EvaluateOptions& options) {
  Console console(false);
  const Judged judged = console.watching([&](const StageWatcher& watcher) {
    return judge(options, Steps(options, watcher), console);
  });
  const Evaluation& evaluation = judged.evaluation;
  if (options.has_page()) write_report(options, evaluation, judged.linked.get());
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
  command->add_flag("--show-values", options->show_values,
                    "Show names and values in the report's wrong pairs");
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
