#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "cli/commands.hpp"
#include "cli/manual.hpp"
#include "cli/option_table.hpp"
#include "data/error.hpp"

namespace tessera {
namespace {

int completion(const CLI::App& app, const std::string& shell) {
  const std::vector<CommandRow> table = option_table(app);
  fmt::print("{}", shell == "bash"  ? bash_completion(table)
                   : shell == "zsh" ? zsh_completion(table)
                                    : fish_completion(table));
  return 0;
}

}  // namespace

void add_manual_commands(CLI::App& app, Command& chosen) {
  CLI::App* man = app.add_subcommand("man", "Print the man page, tessera(1)");
  auto format = std::make_shared<std::string>("man");
  man->add_option("--format", *format, "As a man page, or as the page docs/commands.md")
      ->check(CLI::IsMember({"man", "markdown"}));
  man->footer(
      "Examples:\n"
      "  tessera man > tessera.1 && man ./tessera.1\n"
      "  tessera man --format markdown > commands.md");
  man->callback([&app, format, &chosen] {
    chosen = [&app, format] {
      const std::vector<CommandRow> table = option_table(app);
      fmt::print("{}", *format == "man" ? man_page(table, TESSERA_VERSION) : commands_page(table));
      return 0;
    };
  });
  auto shell = std::make_shared<std::string>();
  CLI::App* complete = app.add_subcommand("completion", "Print a shell's completions");
  complete->add_option("shell", *shell, "The shell")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  complete->footer(
      "Examples:\n"
      "  . <(tessera completion bash)\n"
      "  tessera completion fish > ~/.config/fish/completions/tessera.fish");
  complete->callback(
      [&app, shell, &chosen] { chosen = [&app, shell] { return completion(app, *shell); }; });
}

}  // namespace tessera
