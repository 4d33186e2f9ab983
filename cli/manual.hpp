// The man page, the page of commands and the shells' completions, from the table of options.
#pragma once

#include <span>
#include <string>

#include "cli/option_table.hpp"

namespace tessera {

/// tessera(1) as man(7) troff.
std::string man_page(std::span<const CommandRow> table, const std::string& version);

/// docs/commands.md: every command with its options and examples, then the exit codes.
std::string commands_page(std::span<const CommandRow> table);

/// Scripts that complete commands, options and the values of options that have few.
std::string bash_completion(std::span<const CommandRow> table);
std::string zsh_completion(std::span<const CommandRow> table);
std::string fish_completion(std::span<const CommandRow> table);

}  // namespace tessera
