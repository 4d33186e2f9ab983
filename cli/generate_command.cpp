#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <chrono>
#include <memory>

#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "data/count_text.hpp"
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

// Seconds, with two threads; their proportions count.
constexpr double kCountRecord = 1.6e-7;
constexpr double kWriteAnyRecord = 1.0e-7;  // each file's share of the records of all
constexpr double kWriteOwnRecord = 1.0e-6;
constexpr std::array<double, 3> kUsualShares = {0.446, 0.348, 0.206};  // until they are counted

std::array<double, kGenerateSteps> expected_generate_s(
    std::uint64_t records, const std::array<std::uint64_t, 3>& of_files) {
  const auto all = static_cast<double>(records);
  std::array<double, kGenerateSteps> expected_s = {all * kCountRecord};
  for (std::size_t i = 0; i < of_files.size(); ++i) {
    const double own = of_files[i] == 0 ? all * kUsualShares[i] : static_cast<double>(of_files[i]);
    expected_s[i + 1] = all * kWriteAnyRecord + own * kWriteOwnRecord;
  }
  return expected_s;
}

int generate(const Options& options) {
  constexpr std::array<const char*, kGenerateSteps> kSteps = {"count households", "write client",
                                                              "write social", "write crvs"};
  GenerateOptions wanted = options.generate;
  wanted.folder = options.folder;
  const auto begin = std::chrono::steady_clock::now();
  Console console(false);
  const GenerateSummary summary = console.watching([&](const StageWatcher& watcher) {
    wanted.progress = [&](const GenerateProgress& progress) {
      const auto expected_s = expected_generate_s(wanted.records, progress.records);
      watcher({kSteps[progress.step], progress.step + 1, kGenerateSteps, progress.share_done,
               expected_s});
    };
    return generate_registries(wanted);
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
