#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "cli/commands.hpp"
#include "data/error.hpp"
#include "registry/identifier.hpp"

namespace tessera {

void add_id_command(CLI::App& app, Command& chosen) {
  CLI::App* id = app.add_subcommand("id", "Identifiers of persons");
  id->footer("Example:\n  tessera id check 4433-3333-3333-333D");
  id->require_subcommand(1);
  auto typed = std::make_shared<std::string>();
  CLI::App* check =
      id->add_subcommand("check", "Say whether an identifier is well formed (no store is asked)");
  check->add_option("identifier", *typed, "As printed or typed")->required();
  check->footer(
      "Example:\n"
      "  tessera id check 4433-3333-3333-333D\n"
      "Exit code 0: well formed; 1: not, with what is wrong.");
  check->callback([typed, &chosen] {
    chosen = [typed] {
      const IdentifierReading reading = read_identifier(*typed);
      if (!reading.fault.empty()) throw Error(ErrorCode::kRefused, *typed, reading.fault);
      fmt::print("{} is well formed\n", reading.identifier);
      return 0;
    };
  });
}

}  // namespace tessera
