#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>
#include <memory>

#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/imported_files.hpp"
#include "cli/job_options.hpp"
#include "data/error.hpp"
#include "engine/pipeline.hpp"
#include "engine/write_job.hpp"

namespace tessera {
namespace {

struct TrainOptions {
  JobOptions job;
  std::string out = "model.json";
};

void write_text(const std::filesystem::path& path, std::string_view text) {
  const std::filesystem::path partial = path.string() + ".partial";
  std::ofstream file(partial, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  std::error_code fault;
  if (file) std::filesystem::rename(partial, path, fault);
  if (!file || fault) {
    throw Error(ErrorCode::kResource, path.string(),
                "cannot be written; check the folder and space");
  }
}

std::string model_table(const Model& model) {
  std::string text =
      fmt::format("{:<20} {:<28} {:>10} {:>12} {:>8}\n", "comparison", "level", "m", "u", "bits");
  for (std::size_t c = 0; c < model.comparisons.size(); ++c) {
    const ComparisonModel& comparison = model.comparisons[c];
    for (std::size_t i = 0; i < comparison.levels.size(); ++i) {
      const LevelModel& level = comparison.levels[i];
      text += fmt::format("{:<20} {:<28} {:>10.6f} {:>12.3e} {:>8.2f}{}\n",
                          i == 0 ? comparison.name : "", level.text, level.m, level.u,
                          model.level_bits(c, static_cast<unsigned>(i + 1)),
                          level.term_frequency ? "  ± frequency" : "");
    }
  }
  text += fmt::format("prior: 1 pair in {:.0f} is a match\n", 1.0 / model.prior);
  return text;
}

int train(const TrainOptions& options) {
  Console console(options.job.quiet);
  ImportedFiles imported({});
  JobOptions job = options.job;
  job.files = imported.resolve(job.files, job.max_rejected_share, console);
  ChosenJob chosen = choose_job(job, console);
  chosen.limits.spill_folder = std::filesystem::absolute(options.out).parent_path();
  const TrainResult result = run_train(chosen.job, chosen.limits,
                                       [&](std::string_view name, unsigned number, unsigned of) {
                                         console.stage(name, number, of);
                                       });
  write_text(options.out, model_json(result.model));
  std::filesystem::path job_path = options.out;
  job_path.replace_extension(".job.toml");
  write_text(job_path, job_toml(chosen.job, job_path.parent_path()));
  for (const std::string& warning : result.model.warnings) console.warn(warning);
  fmt::print("{}", model_table(result.model));
  fmt::print("Model in {}, its job in {}\n", options.out, job_path.string());
  return 0;
}

}  // namespace

void add_train_command(CLI::App& app, Command& chosen) {
  auto options = std::make_shared<TrainOptions>();
  CLI::App* command =
      app.add_subcommand("train", "Train a model on extracts and write it, linking nothing");
  add_job_options(*command, options->job);
  command->add_option("--out", options->out, "The model's file (default: model.json)");
  command->footer(
      "Examples:\n"
      "  tessera train client=a.csv social=b.csv --out model.json\n"
      "  tessera link --config model.job.toml --model model.json\n"
      "The job that the model belongs to is written beside it.");
  command->callback([options, &chosen] { chosen = [options] { return train(*options); }; });
}

}  // namespace tessera
