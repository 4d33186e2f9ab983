// The commands and options as CLI11 holds them, laid out for pages and shells: one table for help,
// man page and completions.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace tessera {

struct OptionRow {
  std::vector<std::string> names;  ///< `--out`, `-o`; empty for a positional.
  std::string positional;          ///< Its name; empty for an option.
  std::string help;
  bool takes_value = false;
  std::vector<std::string> choices;  ///< The only values; empty: any.
};

struct CommandRow {
  std::string name;  ///< With its parents: `registry load`; empty: tessera itself.
  std::string help;
  std::string footer;  ///< Examples and remarks.
  std::vector<OptionRow> options;
};

/// The program, then each command and sub-command in order.
std::vector<CommandRow> option_table(const CLI::App& app);

}  // namespace tessera
