// tessera: parses the command line, runs one command, turns what was thrown into an exit code.
#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <string_view>

#include "cli/commands.hpp"
#include "cli/error_pages.hpp"
#include "cli/exchange_command.hpp"
#include "data/error.hpp"

namespace {

// `tessera: error[usage]: …`: the word is what `tessera explain` takes.
int tell(tessera::ErrorCode code, const std::string& what) {
  const std::string_view name = tessera::page_of(code).name;
  std::fprintf(stderr, "tessera: error[%.*s]: %s\n", static_cast<int>(name.size()), name.data(),
               what.c_str());
  return static_cast<int>(code);
}

// The command that was being typed: `tessera registry load`.
std::string innermost(const CLI::App& app) {
  std::string name = "tessera";
  for (const CLI::App* at = &app; !at->get_subcommands().empty();) {
    at = at->get_subcommands().front();
    name += " " + at->get_name();
  }
  return name;
}

int run(int argc, char** argv) {
  CLI::App app{"Tessera finds the records that are one person across registries.", "tessera"};
  app.set_version_flag("--version", "tessera " TESSERA_VERSION);
  app.require_subcommand(1);
  app.fallthrough(false);
  app.footer(
      "Exit codes: 0 ok, 1 a negative answer or a refused gate, 2 usage or config, 3 store busy,\n"
      "4 store damaged or newer, 5 disk, memory or permission; `tessera explain CODE` tells more.");
  tessera::Command chosen;
  tessera::add_profile_command(app, chosen);
  tessera::add_init_command(app, chosen);
  tessera::add_blocking_command(app, chosen);
  tessera::add_import_command(app, chosen);
  tessera::add_link_command(app, chosen);
  tessera::add_train_command(app, chosen);
  tessera::add_evaluate_command(app, chosen);
  tessera::add_generate_command(app, chosen);
  tessera::add_why_command(app, chosen);
  tessera::add_find_command(app, chosen);
  tessera::add_match_command(app, chosen);
  tessera::add_id_command(app, chosen);
  tessera::add_registry_command(app, chosen);
  tessera::add_plan_command(app, chosen);
  tessera::add_apply_command(app, chosen);
  tessera::add_review_command(app, chosen);
  tessera::add_decide_command(app, chosen);
  tessera::add_ledger_commands(app, chosen);
  tessera::add_exchange_command(app, chosen);
  tessera::add_explain_command(app, chosen);
  tessera::add_manual_commands(app, chosen);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) return app.exit(error);
    return tell(tessera::ErrorCode::kUsage,
                std::string(error.what()) + "; see `" + innermost(app) + " --help`");
  }
  return chosen();
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is a failed write, told like any other
  try {
    return run(argc, argv);
  } catch (const tessera::Error& error) {
    return tell(error.code(), error.what());
  } catch (const std::bad_alloc&) {
    return tell(tessera::ErrorCode::kResource,
                "out of memory; set --memory or link fewer sources at once");
  } catch (const std::exception& error) {
    std::fprintf(stderr, "tessera: bug: %s; please report it\n", error.what());
    return static_cast<int>(tessera::ErrorCode::kDamaged);
  }
}
