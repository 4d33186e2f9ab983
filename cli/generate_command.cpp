#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <chrono>
#include <memory>

#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "data/count_text.hpp"
#include "engine/stage_clock.hpp"
#include "generate/population.hpp"
#include "report/text_table.hpp"

namespace tessera {
namespace {

struct Options {
  GenerateOptions generate;
  std::string folder = "registers";
};

std::string summary_text(const GenerateSummary& summary) {
  std::string text;
  for (const GenerateSummary::Source& source : summary.sources) {
    text += fmt::format("  {:<8} {:>12} records, {} of them duplicates\n", source.name,
                        with_commas(source.records), with_commas(source.duplicates));
  }
  text += fmt::format("{} of {} in {} and {}; {} are twins\n", counted(summary.records, "record"),
                      counted(summary.persons, "person"), counted(summary.households, "household"),
                      counted(summary.villages, "village"), with_commas(summary.twins));
  return text;
}

int generate(const Options& options) {
  GenerateOptions wanted = options.generate;
  wanted.folder = options.folder;
  const auto begin = std::chrono::steady_clock::now();
  Console console(false);
  const GenerateSummary summary = console.watching([&](const StageWatcher& watcher) {
    StageClock clock(1, watcher);
    clock.expect(std::array{1.0});
    wanted.progress = [&](std::uint64_t written) {
      clock.progress(static_cast<double>(written) / static_cast<double>(wanted.records));
    };
    return clock.stage("generate records", [&] { return generate_registries(wanted); });
  });
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
  fmt::print("{}", summary_text(summary));
  fmt::print("{}; files in {}: client.csv, social.csv, crvs.csv, truth.csv, twins.csv\n",
             duration_text(elapsed.count()), options.folder);
  return 0;
}

}  // namespace

void add_generate_command(CLI::App& app, Command& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "generate", "Write three invented registers of one population, with errors and the truth");
  command->add_option("--out", options->folder, "Folder for the files (default: registers)");
  command->add_option("--records", options->generate.records, "Records over the three files")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1'000'000'000}));
  command->add_option("--seed", options->generate.seed, "The same seed gives the same files");
  command
      ->add_option("--twins", options->generate.twin_births,
                   "Share of the births that are of twins (default: 0.015)")
      ->check(CLI::Range(0.0, 0.5));
  command->footer(
      "Examples:\n"
      "  tessera generate --records 30000 --seed 7 --out registers\n"
      "  tessera link registers/client.csv registers/social.csv registers/crvs.csv --out results\n"
      "  tessera evaluate --truth registers/truth.csv results\n"
      "All people are invented.");
  command->callback([options, &chosen] { chosen = [options] { return generate(*options); }; });
}

}  // namespace tessera
