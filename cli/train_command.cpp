#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <filesystem>
#include <fstream>
#include <memory>

#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/imported_files.hpp"
#include "cli/job_options.hpp"
#include "cli/verdict_file.hpp"
#include "data/count_text.hpp"
#include "data/error.hpp"
#include "engine/pipeline.hpp"
#include "engine/resolve.hpp"
#include "engine/stage_clock.hpp"
#include "engine/thread_limit.hpp"
#include "engine/train_labels.hpp"
#include "engine/write_job.hpp"
#include "registry/records.hpp"
#include "report/record_index.hpp"

namespace tessera {
namespace {

// Seconds a record of a registry, as `tessera registry learn` takes.
constexpr double kReadRecord = 1.5e-6;
constexpr double kResolveRecord = 6.0e-6;

struct TrainOptions {
  JobOptions job;
  std::string out = "model.json";
  std::string labels;
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

/// A trained model with its job and what was said of its training.
struct Trained {
  JobSpec job;
  Model model;
  std::vector<std::string> warnings;
};

/// Verdicts by row of a table; those on records that it lacks are counted.
struct RowLabels {
  std::vector<RowLabel> labels;
  std::size_t unknown = 0;
};

RowLabels labels_of(const Table& table, const std::vector<PairVerdict>& verdicts) {
  const RecordIndex index(table.record_ids, table.row_source);
  const auto row_of = [&](const std::string& name) -> std::optional<Row> {
    for (std::size_t s = 0; s < table.sources.size(); ++s) {
      const std::string& source = table.sources[s].name;
      if (!name.starts_with(source + ":")) continue;
      const auto row =
          index.find(std::string_view(name).substr(source.size() + 1), static_cast<SourceId>(s));
      if (row) return row;
    }
    return std::nullopt;
  };
  RowLabels out;
  for (const PairVerdict& verdict : verdicts) {
    const std::optional<Row> left = row_of(verdict.record);
    const std::optional<Row> right = row_of(verdict.other_record);
    if (left && right && *left != *right) {
      out.labels.push_back({*left, *right, verdict.is_match});
    } else {
      ++out.unknown;
    }
  }
  return out;
}

// Corrects a model by the verdicts on records of its table, and says by what.
Model correct(const Table& table, const JobSpec& job, const Model& model,
              const std::vector<Link>& links, const std::vector<PairVerdict>& verdicts,
              Console& console) {
  const RowLabels rows = labels_of(table, verdicts);
  if (rows.unknown > 0) {
    console.warn(fmt::format("{} of {} verdicts are on records that are not there", rows.unknown,
                             verdicts.size()));
  }
  if (rows.labels.empty()) {
    throw Error(ErrorCode::kUsage, "--labels",
                "no verdict is on two of these records; name records as SOURCE:RECORD_ID");
  }
  const LabelledModel labelled = train_on_labels(table, job, model, links, rows.labels);
  fmt::print(
      "{} and {} correct the model: of the pairs at or over the review "
      "threshold\n{:.0f} are matches, not {:.0f} (each stratum of weights counts as many pairs as "
      "it has;\nthe model's own word counts as {:.0f} labels a stratum, {:.0f} matches a "
      "comparison)\n",
      counted(labelled.facts.matches, "match", "matches"),
      counted(labelled.facts.non_matches, "non-match", "non-matches"),
      labelled.facts.expected_after, labelled.facts.expected_before, kStratumPseudoLabels,
      kLevelPseudoMatches);
  return labelled.model;
}

Trained train_store(const TrainOptions& options, Console& console) {
  Store store(options.labels, Store::Access::kRead);
  const Transaction snapshot(store.database(), Transaction::Kind::kRead);
  StoredVerdicts stored = read_stored_verdicts(store);
  if (stored.stale > 0) {
    console.warn(fmt::format("{} left out: their records changed since",
                             counted(stored.stale, "stale decision")));
  }
  RunLimits limits;
  limits.threads = options.job.threads;
  const Resolution resolution = console.watching([&](const StageWatcher& watcher) {
    StageClock clock(2, watcher);
    const auto records = static_cast<double>(store.number("live"));
    clock.expect(std::array{records * kReadRecord, records * kResolveRecord});
    StoredRecords read = clock.stage("read records", [&] { return read_records(store); });
    return clock.stage("resolve records", [&] {
      return resolve_records(std::move(read.table), store.job(), limits, {}, {},
                             [&](double share) { clock.progress(share); });
    });
  });
  return {store.job(),
          correct(resolution.table, store.job(), resolution.model, resolution.links,
                  stored.verdicts, console),
          resolution.model.warnings};
}

Trained train_files(const TrainOptions& options, Console& console) {
  ChosenJob chosen = choose_job(options.job, console);
  chosen.limits.spill_folder = std::filesystem::absolute(options.out).parent_path();
  const StageWatcher watcher = console.watcher();
  if (options.labels.empty()) {
    TrainResult result = run_train(chosen.job, chosen.limits, watcher);
    return {chosen.job, std::move(result.model), std::move(result.facts.warnings)};
  }
  std::vector<PairVerdict> verdicts;
  if (is_registry_file(options.labels)) {
    Store store(options.labels, Store::Access::kRead);
    verdicts = read_stored_verdicts(store).verdicts;
  } else {
    verdicts = read_verdict_file(options.labels);
  }
  const LinkResult result = run_link(chosen.job, chosen.limits, std::nullopt, watcher);
  return {chosen.job,
          correct(result.table, chosen.job, result.model, result.links, verdicts, console),
          result.model.warnings};
}

int train(const TrainOptions& options) {
  Console console(options.job.quiet);
  const ThreadLimit threads({.threads = options.job.threads});
  ImportedFiles imported({});
  TrainOptions resolved = options;
  resolved.job.files = imported.resolve(options.job.files, options.job.max_rejected_share, console);
  const bool of_store = !options.labels.empty() && options.job.files.empty() &&
                        options.job.config.empty() && is_registry_file(options.labels);
  const Trained trained = of_store ? train_store(options, console) : train_files(resolved, console);
  write_text(options.out, model_json(trained.model));
  std::filesystem::path job_path = options.out;
  job_path.replace_extension(".job.toml");
  write_text(job_path, job_toml(trained.job, job_path.parent_path()));
  console.clear();
  if (!trained.warnings.empty()) {
    console.note(fmt::format("{} on the model in {} (warnings)",
                             counted(trained.warnings.size(), "remark"), options.out));
  }
  fmt::print("{}", model_table(trained.model));
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
  command->add_option("--labels", options->labels,
                      "Verdicts that correct the model: a file with record, other_record, verdict\n"
                      "(match or non-match), or a registry, whose decisions they are; without\n"
                      "extracts its records are trained on");
  command->footer(
      "Examples:\n"
      "  tessera train client=a.csv social=b.csv --out model.json\n"
      "  tessera train client=a.csv social=b.csv --labels reviewed.csv\n"
      "  tessera train --labels people.tessera && tessera registry learn --model model.json\n"
      "  tessera link --config model.job.toml --model model.json\n"
      "The job that the model belongs to is written beside it.");
  command->callback([options, &chosen] { chosen = [options] { return train(*options); }; });
}

}  // namespace tessera
