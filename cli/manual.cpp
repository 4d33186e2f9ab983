#include "cli/manual.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cli/error_pages.hpp"

namespace tessera {
namespace {

// A line of troff: what would be a request or an escape is text.
std::string troff(std::string_view text) {
  std::string out;
  bool line_begins = true;
  for (const char c : text) {
    if (line_begins && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
    line_begins = c == '\n';
  }
  return out;
}

std::string option_text(const OptionRow& option) {
  if (option.names.empty()) return option.positional;
  std::string text;
  for (const std::string& name : option.names) text += (text.empty() ? "" : ", ") + name;
  if (!option.choices.empty()) {
    text += " ";
    for (std::size_t i = 0; i < option.choices.size(); ++i) {
      text += (i == 0 ? "" : "|") + option.choices[i];
    }
  } else if (option.takes_value) {
    text += " VALUE";
  }
  return text;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string options_of(const CommandRow& command) {
  std::string text;
  for (const OptionRow& option : command.options) {
    if (!option.names.empty()) text += (text.empty() ? "" : " ") + joined(option.names);
  }
  return text;
}

// The words that may follow a command: those whose name is one word longer.
std::string subcommands_of(std::span<const CommandRow> table, const std::string& name) {
  std::string text;
  for (const CommandRow& row : table) {
    const std::string before = name.empty() ? "" : name + " ";
    if (row.name.empty() || row.name.size() <= before.size() || !row.name.starts_with(before)) {
      continue;
    }
    const std::string rest = row.name.substr(before.size());
    if (rest.find(' ') == std::string::npos) text += (text.empty() ? "" : " ") + rest;
  }
  return text;
}

// A cell of a Markdown table: one line, its bars no ends of a cell. What stands in angle brackets
// would be an element, so the text is not wrapped but escaped.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|' || c == '<' || c == '*') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

// `tessera registry load` → tessera-registry-load, as GitHub names a heading's place.
std::string anchor(std::string_view command) {
  std::string out = "tessera-";
  for (const char c : command) out += c == ' ' ? '-' : c;
  return out;
}

std::string markdown_command(const CommandRow& row) {
  std::string out = fmt::format("\n## tessera {}\n\n{}{}\n", row.name, cell(row.help),
                                row.help.ends_with('?') ? "" : ".");
  bool first = true;
  for (const OptionRow& option : row.options) {
    if (std::ranges::find(option.names, "--help") != option.names.end()) continue;
    if (std::exchange(first, false)) out += "\n| option | what it does |\n|---|---|\n";
    std::string text = option_text(option);
    for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) {
      text.insert(at, 1, '\\');
    }
    out += fmt::format("| `{}` | {} |\n", text, cell(option.help));
  }
  if (!row.footer.empty()) out += fmt::format("\n```\n{}\n```\n", row.footer);
  return out;
}

// Within single quotes of a shell.
std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

// Of zsh's `name[what it does]`: brackets and colons are its own.
std::string zsh_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

std::string man_page(std::span<const CommandRow> table, const std::string& version) {
  std::string out = fmt::format(
      ".TH TESSERA 1 \"\" \"tessera {}\" \"User Commands\"\n.SH NAME\ntessera \\- find the records "
      "that are one person across registries\n.SH SYNOPSIS\n.B tessera\n.I COMMAND\n[options]\n"
      ".SH DESCRIPTION\n{}\n.SH COMMANDS\n",
      version, troff(table.front().help));
  for (const CommandRow& row : table) {
    if (row.name.empty()) continue;
    out += fmt::format(".SS \"tessera {}\"\n{}\n", troff(row.name), troff(row.help));
    for (const OptionRow& option : row.options) {
      out += fmt::format(".TP\n\\fB{}\\fR\n{}\n", troff(option_text(option)), troff(option.help));
    }
    if (!row.footer.empty()) out += fmt::format(".PP\n.nf\n{}\n.fi\n", troff(row.footer));
  }
  out += ".SH EXIT STATUS\n.TP\n\\fB0\\fR\nAll went well.\n";
  for (const ErrorPage& page : error_pages()) {
    out += fmt::format(".TP\n\\fB{}\\fR ({})\n{}; see tessera explain {}.\n",
                       static_cast<int>(page.code), page.name, troff(page.summary), page.name);
  }
  return out;
}

std::string commands_page(std::span<const CommandRow> table) {
  std::string out =
      "# Commands\n\nEvery command, its options and examples: what `--help` says, on one page. "
      "Written by\n"
      "`tessera man --format markdown`.\n\n| command | what it does |\n|---|---|\n";
  for (const CommandRow& row : table.subspan(1)) {
    out += fmt::format("| [`{}`](#{}) | {} |\n", row.name, anchor(row.name), cell(row.help));
  }
  for (const CommandRow& row : table.subspan(1)) out += markdown_command(row);
  out +=
      "\n## Exit codes\n\n| code | name | what it means |\n|---|---|---|\n| 0 | | all went well "
      "|\n";
  for (const ErrorPage& page : error_pages()) {
    out += fmt::format("| {} | {} | {}: `tessera explain {}` |\n", static_cast<int>(page.code),
                       page.name, cell(page.summary), page.name);
  }
  return out + "| 130, 143 | | ended by a signal (Ctrl-C, kill) |\n";
}

std::string bash_completion(std::span<const CommandRow> table) {
  std::string out =
      "# Completion of tessera for bash: . <(tessera completion bash)\n"
      "_tessera() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command='' i\n"
      "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
      "    case \"${command:+$command }${COMP_WORDS[i]}\" in\n      ";
  for (std::size_t i = 1; i < table.size(); ++i) {
    out += (i == 1 ? "" : " | ") + quoted(table[i].name);
  }
  out +=
      ") command=\"${command:+$command }${COMP_WORDS[i]}\" ;;\n    esac\n  done\n"
      "  case \"$command $before\" in\n";
  for (const CommandRow& row : table) {
    for (const OptionRow& option : row.options) {
      if (option.choices.empty()) continue;
      for (const std::string& name : option.names) {
        out +=
            fmt::format("    {}) mapfile -t COMPREPLY < <(compgen -W {} -- \"$word\"); return ;;\n",
                        quoted(row.name + " " + name), quoted(joined(option.choices)));
      }
    }
  }
  out += "  esac\n  local words='' more=''\n  case \"$command\" in\n";
  for (const CommandRow& row : table) {
    const std::string options = options_of(row);
    const std::string subs = subcommands_of(table, row.name);
    out += fmt::format("    {}) words={}{} ;;\n", quoted(row.name),
                       quoted(subs.empty() ? options : subs + " " + options),
                       subs.empty() ? "" : " more=1");
  }
  return out +
         "  esac\n"
         "  if [[ $word == -* || -n $more ]]; then\n"
         "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n"
         "  else\n"
         "    mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
         "  fi\n"
         "}\n"
         "complete -o filenames -o bashdefault -F _tessera tessera\n";
}

std::string zsh_completion(std::span<const CommandRow> table) {
  std::string out =
      "#compdef tessera\n"
      "# Completion of tessera for zsh: tessera completion zsh > a folder of $fpath, as _tessera\n"
      "_tessera() {\n"
      "  local -a commands\n"
      "  local command='' i\n"
      "  for ((i = 2; i < CURRENT; i++)); do\n"
      "    case \"${command:+$command }${words[i]}\" in\n      ";
  for (std::size_t i = 1; i < table.size(); ++i) {
    out += (i == 1 ? "" : "|") + quoted(table[i].name);
  }
  out +=
      ") command=\"${command:+$command }${words[i]}\" ;;\n    esac\n  done\n"
      "  case \"$command\" in\n";
  for (const CommandRow& row : table) {
    out += fmt::format("    {})\n", quoted(row.name));
    const std::string subs = subcommands_of(table, row.name);
    if (!subs.empty()) {
      out += "      commands=(\n";
      for (const CommandRow& sub : table) {
        const std::string before = row.name.empty() ? "" : row.name + " ";
        if (sub.name.empty() || !sub.name.starts_with(before) || sub.name == row.name) continue;
        const std::string rest = sub.name.substr(before.size());
        if (rest.find(' ') != std::string::npos) continue;
        out += fmt::format("        {}\n", quoted(rest + ":" + zsh_text(sub.help)));
      }
      out += "      )\n      _describe command commands\n";
    }
    out += "      _arguments";
    for (const OptionRow& option : row.options) {
      for (const std::string& name : option.names) {
        std::string spec = name + "[" + zsh_text(option.help) + "]";
        if (!option.choices.empty()) {
          spec += ":value:(" + joined(option.choices) + ")";
        } else if (option.takes_value) {
          spec += ":value:_files";
        }
        out += " \\\n        " + quoted(spec);
      }
    }
    out += " \\\n        '*:file:_files'\n      ;;\n";
  }
  return out + "  esac\n}\n_tessera \"$@\"\n";
}

std::string fish_completion(std::span<const CommandRow> table) {
  std::string out =
      "# Completion of tessera for fish: tessera completion fish > "
      "~/.config/fish/completions/tessera.fish\n";
  for (const CommandRow& row : table) {
    const std::size_t blank = row.name.find(' ');
    const std::string parent = blank == std::string::npos ? "" : row.name.substr(0, blank);
    const std::string word = blank == std::string::npos ? row.name : row.name.substr(blank + 1);
    if (!row.name.empty()) {
      const std::string when =
          parent.empty() ? "__fish_use_subcommand" : "__fish_seen_subcommand_from " + parent;
      out += fmt::format("complete -c tessera -n {} -a {} -d {}\n", quoted(when), quoted(word),
                         quoted(row.help));
    }
    const std::string seen =
        row.name.empty() ? "__fish_use_subcommand" : "__fish_seen_subcommand_from " + word;
    for (const OptionRow& option : row.options) {
      if (option.names.empty()) continue;
      out += "complete -c tessera -n " + quoted(seen);
      for (const std::string& name : option.names) {
        out += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      }
      if (!option.choices.empty()) {
        out += " -x -a " + quoted(joined(option.choices));
      } else if (option.takes_value) {
        out += " -r";
      }
      out += " -d " + quoted(option.help) + "\n";
    }
  }
  return out;
}

}  // namespace tessera
