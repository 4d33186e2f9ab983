// The sub-commands: each adds its options to the command line and says what to run.
#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace tessera {

/// What the chosen sub-command does; returns the exit code. Throws Error.
using Command = std::function<int()>;

/// Each adds one sub-command to `app`; when the user chose it, it fills `chosen`, which must
/// outlive the parsing.
void add_import_command(CLI::App& app, Command& chosen);
void add_link_command(CLI::App& app, Command& chosen);
void add_train_command(CLI::App& app, Command& chosen);
void add_evaluate_command(CLI::App& app, Command& chosen);
void add_generate_command(CLI::App& app, Command& chosen);
void add_blocking_command(CLI::App& app, Command& chosen);
void add_init_command(CLI::App& app, Command& chosen);
void add_profile_command(CLI::App& app, Command& chosen);
void add_match_command(CLI::App& app, Command& chosen);
void add_why_command(CLI::App& app, Command& chosen);
void add_id_command(CLI::App& app, Command& chosen);
void add_registry_command(CLI::App& app, Command& chosen);
void add_plan_command(CLI::App& app, Command& chosen);
void add_apply_command(CLI::App& app, Command& chosen);
void add_decide_command(CLI::App& app, Command& chosen);
void add_explain_command(CLI::App& app, Command& chosen);
/// man, completion: from the options of `app`, all of them.
void add_manual_commands(CLI::App& app, Command& chosen);
/// log, show, how, revert, audit, check, queue.
void add_ledger_commands(CLI::App& app, Command& chosen);

}  // namespace tessera
