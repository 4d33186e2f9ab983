#include "cli/option_table.hpp"

#include <CLI/CLI.hpp>

namespace tessera {
namespace {

// `TEXT:{table,json}` → table, json: how CLI11 tells what IsMember allows.
std::vector<std::string> choices_of(const std::string& type) {
  const std::size_t open = type.find('{');
  const std::size_t close = type.find('}');
  std::vector<std::string> choices;
  if (open == std::string::npos || close == std::string::npos) return choices;
  std::string rest = type.substr(open + 1, close - open - 1);
  for (std::size_t comma; (comma = rest.find(',')) != std::string::npos;) {
    choices.push_back(rest.substr(0, comma));
    rest.erase(0, comma + 1);
  }
  choices.push_back(rest);
  return choices;
}

void add_command(const CLI::App& app, const std::string& name, std::vector<CommandRow>& rows) {
  CommandRow row;
  row.name = name;
  row.help = app.get_description();
  row.footer = app.get_footer();
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_group().empty()) continue;  // hidden
    OptionRow of;
    of.help = option->get_description();
    of.takes_value = option->get_items_expected_max() > 0;
    of.choices = choices_of(option->get_type_name());
    if (option->get_positional()) of.positional = option->get_name(true, false);
    for (const std::string& flag : option->get_lnames()) of.names.push_back("--" + flag);
    for (const std::string& flag : option->get_snames()) of.names.push_back("-" + flag);
    if (!of.names.empty()) of.positional.clear();
    row.options.push_back(std::move(of));
  }
  rows.push_back(std::move(row));
  for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (sub->get_group().empty()) continue;
    add_command(*sub, name.empty() ? sub->get_name() : name + " " + sub->get_name(), rows);
  }
}

}  // namespace

std::vector<CommandRow> option_table(const CLI::App& app) {
  std::vector<CommandRow> rows;
  add_command(app, "", rows);
  return rows;
}

}  // namespace tessera
