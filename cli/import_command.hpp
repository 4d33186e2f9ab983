// `tessera import`: its options and what it runs.
#pragma once

#include "cli/commands.hpp"

namespace tessera {

/// As the other commands' (cli/commands.hpp).
void add_import_command(CLI::App& app, Command& chosen);

}  // namespace tessera
