// The command `tessera exchange`, in a header of its own: few sources need it.
#pragma once

#include "cli/commands.hpp"

namespace tessera {

/// Adds `exchange` with a sub-command a flow, as the commands of cli/commands.hpp are added.
void add_exchange_command(CLI::App& app, Command& chosen);

}  // namespace tessera
