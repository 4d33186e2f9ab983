#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <memory>

#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/job_options.hpp"
#include "cli/look_up_clock.hpp"
#include "cli/store_options.hpp"
#include "data/error.hpp"
#include "engine/thread_limit.hpp"
#include "report/finder.hpp"
#include "report/known_people.hpp"
#include "report/text_table.hpp"

namespace tessera {
namespace {

constexpr std::size_t kMostCharacters = 40;
constexpr std::uint64_t kTellEvery = 64;  // queries

struct Options {
  std::string target;
  std::vector<std::string> words;
  std::string queries;
  std::vector<std::string> files;
  FindOptions find;
  bool show_values = false;
  unsigned threads = 0;
  std::string format = "table";
};

using Rows = std::vector<std::vector<std::string>>;

std::vector<std::string> header(const Finder& finder, const Options& options) {
  std::vector<std::string> names = {"relevance", "entity_id", "source", "record_id"};
  if (!options.queries.empty()) names.insert(names.begin(), "query");
  for (std::size_t a = 0; options.show_values && a < finder.known().job.attributes.size(); ++a) {
    names.push_back(finder.known().job.attributes[a].name);
  }
  return names;
}

void add_hits(Finder& finder, const std::string& text, const std::string& query,
              const Options& options, Rows& rows) {
  const KnownRecords& known = finder.known();
  for (const FindHit& hit : finder.find(text, options.find)) {
    std::vector<std::string>& row = rows.emplace_back();
    if (!options.queries.empty()) row.push_back(query);
    row.push_back(fmt::format("{:.1f}", hit.relevance_bits));
    row.emplace_back(hit.entity);
    row.push_back(known.source_name(hit.row));
    row.emplace_back(known.record_ids[hit.row]);
    for (std::size_t a = 0; options.show_values && a < finder.known().job.attributes.size(); ++a) {
      const std::string_view value = known.columns[a].raw_text(hit.row);
      row.push_back(options.format == "table" ? printable(value, kMostCharacters)
                                              : std::string(value));
    }
  }
}

// A text a line; the first column of what is printed says which line.
void find_lines(Finder& finder, std::istream& input, const Options& options, Console& console,
                const StageWatcher& watcher, Rows& rows) {
  const LookUpClock clock(input, options.queries, watcher);
  std::string text;
  for (std::uint64_t line = 1; std::getline(input, text); ++line) {
    try {
      add_hits(finder, text, std::to_string(line), options, rows);
    } catch (const Error& error) {
      console.warn(fmt::format("line {}: {}", line, error.what()));
    }
    if (line % kTellEvery == 0) clock.tell();
  }
}

int find(const Options& options) {
  if (options.words.empty() == options.queries.empty()) {
    throw Error(ErrorCode::kUsage, "tessera find",
                "needs a text to look for, or --queries with a text a line");
  }
  Console console(false);
  RunLimits limits;
  limits.threads = options.threads;
  const ThreadLimit threads(limits);
  const KnownPeople people = console.watching([&](const StageWatcher& watcher) {
    return read_known_people(options.target, sources_of(options.files), limits, watcher);
  });
  for (const std::string& change : people.changes) console.warn(change);
  if (!people.note.empty()) console.note(people.note);
  Finder finder = console.during("open the index", [&] { return Finder(people.records); });
  Rows rows;
  if (!options.queries.empty()) {
    std::ifstream file;
    if (options.queries != "-") {
      file.open(options.queries);
      if (!file) {
        throw Error(ErrorCode::kUsage, options.queries,
                    "cannot be read; check the path and its permissions");
      }
    }
    console.watching([&](const StageWatcher& watcher) {
      std::istream& input = options.queries == "-" ? std::cin : static_cast<std::istream&>(file);
      find_lines(finder, input, options, console, watcher, rows);
    });
  } else {
    std::string text;
    for (const std::string& word : options.words) text += (text.empty() ? "" : " ") + word;
    add_hits(finder, text, "1", options, rows);
  }
  fmt::print("{}", rows_text(options.format, header(finder, options), rows));
  return rows.empty() ? 1 : 0;
}

}  // namespace

void add_find_command(CLI::App& app, Command& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "find", "Find people by free text over golden and source records, misspelt or not");
  command
      ->add_option("target", options->target,
                   "A job's folder (--out of tessera link) or a registry's file")
      ->required();
  command->add_option("text", options->words, "What to look for; * stands for any letters");
  command->add_option("--queries", options->queries, "A file with a text a line; - for stdin");
  command->add_option("--count", options->find.count, "Persons to show (default: 10)")
      ->check(CLI::Range(1U, 1000U));
  command->add_flag("--records", options->find.every_record,
                    "Show every record that fits, not each person once");
  command
      ->add_option("--at", options->files,
                   "NAME=FILE: where source NAME of a folder lies now; may be repeated")
      ->allow_extra_args(false);
  command->add_flag("--show-values", options->show_values, "Show what the records hold");
  command->add_option("--threads", options->threads, "Threads to read with (default: all)")
      ->check(CLI::Range(1U, 1024U));
  command->add_option("--format", options->format, "How to print")
      ->check(CLI::IsMember({"table", "json", "csv"}));
  command->footer(
      "Examples:\n"
      "  tessera find results amina nalule 1987 gulu\n"
      "  tessera find registry.tessera 'family_name:nal* village:gulu' --show-values\n"
      "  tessera find results --queries texts.txt --count 1 --format csv\n"
      "Relevance counts bits: a rare word says more than a common one, a near word less than an\n"
      "equal one. Exit code 1: nothing was found.");
  command->callback([options, &chosen] { chosen = [options] { return find(*options); }; });
}

}  // namespace tessera
