#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>

#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/job_options.hpp"
#include "cli/look_up_clock.hpp"
#include "data/count_text.hpp"
#include "data/error.hpp"
#include "engine/thread_limit.hpp"
#include "report/known_people.hpp"
#include "report/match_text.hpp"
#include "report/query_lines.hpp"

namespace tessera {
namespace {

constexpr std::size_t kBatch = 256;

struct Options {
  std::string target;
  std::vector<std::string> values;
  std::string json;
  std::string csv;
  std::string ndjson;
  std::string source;
  std::vector<std::string> files;
  std::uint32_t count = 10;
  bool only_certain = false;
  bool thorough = false;
  bool show_values = false;
  unsigned threads = 0;
  std::string format;
  bool quiet = false;
};

// Prints what look-ups found, and remembers whether one was certain.
class Printer {
 public:
  Printer(const MatchContext& context, const Options& options, std::string format)
      : context_(context), only_certain_(options.only_certain), format_(std::move(format)) {
    if (format_ == "csv") fmt::print("{}", match_csv_header());
  }

  void print(std::string_view id, MatchResult result) {
    const auto is_certain = [&](const MatchCandidate& candidate) {
      return match_grade(context_.known.job, candidate.weight_bits) == MatchGrade::kCertain;
    };
    any_certain_ = any_certain_ || std::ranges::any_of(result.candidates, is_certain);
    if (only_certain_) {
      std::erase_if(result.candidates, [&](const MatchCandidate& c) { return !is_certain(c); });
    }
    if (format_ == "csv") {
      fmt::print("{}", match_csv(context_, id, result));
    } else if (format_ == "table") {
      fmt::print("{}", match_text(context_, result));
    } else {
      fmt::print("{}", match_ndjson(context_, id, result));
    }
  }

  bool any_certain() const { return any_certain_; }

 private:
  MatchContext context_;
  bool only_certain_;
  std::string format_;
  bool any_certain_ = false;
};

MatchOptions match_options(const Options& options, const JobSpec& job) {
  MatchOptions how;
  how.count = options.count;
  how.thorough = options.thorough;
  if (options.source.empty()) return how;
  for (std::size_t s = 0; s < job.sources.size(); ++s) {
    if (job.sources[s].name == options.source) how.source = static_cast<SourceId>(s);
  }
  if (!how.source) {
    throw Error(ErrorCode::kUsage, options.source,
                "is no source of these records; leave --source out for records of another");
  }
  return how;
}

// Records as they come: as many together as have come already.
int match_stream(std::istream& input, QueryFormat format, const std::string& where,
                 const QueryColumns& columns, const Matcher& matcher, const MatchOptions& how,
                 Printer& printer, Console& console, const StageWatcher& watcher) {
  const LookUpClock clock(input, where, watcher);
  QueryReader reader(input, format, columns, where);
  std::uint64_t bad = 0;
  for (bool more = true; more;) {
    std::vector<std::string> ids;
    std::vector<MatchQuery> queries;
    while (queries.size() < kBatch) {
      std::optional<QueryLine> line = reader.next();
      more = line.has_value();
      if (!more) break;
      if (!line->fault.empty()) {
        ++bad;
        console.warn(
            fmt::format("{}:{}: {}; it was not looked up", where, line->line, line->fault));
        continue;
      }
      ids.push_back(std::move(line->id));
      queries.push_back(std::move(line->query));
      if (input.rdbuf()->in_avail() <= 0) break;
    }
    std::vector<MatchResult> results = matcher.match(queries, how);
    for (std::size_t i = 0; i < results.size(); ++i) printer.print(ids[i], std::move(results[i]));
    std::fflush(stdout);
    clock.tell();
  }
  if (bad > 0) console.warn(fmt::format("{} could not be read", counted(bad, "record")));
  return 0;
}

int match(const Options& options) {
  const int inputs =
      static_cast<int>(!options.values.empty()) + static_cast<int>(!options.json.empty()) +
      static_cast<int>(!options.csv.empty()) + static_cast<int>(!options.ndjson.empty());
  if (inputs != 1) {
    throw Error(ErrorCode::kUsage, "tessera match",
                "needs a record to look up: NAME=VALUE arguments, or one of --json, --csv and "
                "--ndjson; see `tessera match --help`");
  }
  Console console(options.quiet);
  RunLimits limits;
  limits.threads = options.threads;
  const ThreadLimit threads(limits);
  const KnownPeople people = console.watching([&](const StageWatcher& watcher) {
    return read_known_people(options.target, sources_of(options.files), limits, watcher);
  });
  for (const std::string& change : people.changes) console.warn(change);
  if (!people.note.empty()) console.note(people.note);
  const KnownRecords& known = people.records;
  const Matcher matcher = console.during("open the index", [&] { return Matcher(known, limits); });
  const QueryColumns columns(known.job);
  const MatchOptions how = match_options(options, known.job);
  const MatchContext context{known, options.show_values};
  const bool stream = !options.csv.empty() || !options.ndjson.empty();
  const std::string default_format = !options.csv.empty()      ? "csv"
                                     : !options.ndjson.empty() ? "ndjson"
                                                               : "table";
  Printer printer(context, options, options.format.empty() ? default_format : options.format);
  if (stream) {
    const std::string& path = options.csv.empty() ? options.ndjson : options.csv;
    const QueryFormat format = options.csv.empty() ? QueryFormat::kNdjson : QueryFormat::kCsv;
    std::ifstream file;
    if (path == "-") {
      std::ios::sync_with_stdio(false);
    } else {
      file.open(path);
      if (!file) {
        throw Error(ErrorCode::kUsage, path, "cannot be read; check the path and its permissions");
      }
    }
    const auto look_up = [&](const StageWatcher& watcher) {
      return path == "-" ? match_stream(std::cin, format, "standard input", columns, matcher, how,
                                        printer, console, watcher)
                         : match_stream(file, format, path, columns, matcher, how, printer, console,
                                        watcher);
    };
    // What is found is seen as it comes, unless it goes elsewhere.
    return isatty(STDOUT_FILENO) != 0 ? look_up({}) : console.watching(look_up);
  }
  const MatchQuery query = options.json.empty() ? query_from_pairs(options.values, columns)
                                                : query_from_json(options.json, columns);
  printer.print("1", matcher.match(std::span(&query, 1), how).front());
  return printer.any_certain() || !options.only_certain ? 0 : 1;
}

}  // namespace

void add_match_command(CLI::App& app, Command& chosen) {
  auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "match", "Look a record up: who of those linked or registered is this, and how surely?");
  command
      ->add_option("target", options->target,
                   "A job's folder (--out of tessera link) or a registry's file")
      ->required();
  command->add_option("values", options->values, "The record: NAME=VALUE, one per attribute");
  command->add_option("--json", options->json, "The record as a JSON object");
  command->add_option("--csv", options->csv, "Records of a CSV file; - for standard input");
  command->add_option("--ndjson", options->ndjson,
                      "Records of a file of JSON lines; - for standard input");
  command->add_option("--count", options->count, "Candidates to show (default: 10)")
      ->check(CLI::Range(1U, 1000U));
  command->add_flag("--only-certain", options->only_certain,
                    "Show certain matches alone; of a single record: exit 1 if there is none");
  command->add_flag("--thorough", options->thorough,
                    "Search by likeness even where an equal record is a certain match");
  command->add_option("--source", options->source,
                      "The source that the records are of, if it is one of the job's");
  command
      ->add_option("--at", options->files,
                   "NAME=FILE: where source NAME of a folder lies now; may be repeated")
      ->allow_extra_args(false);
  command->add_flag("--show-values", options->show_values,
                    "Show what the candidates hold (table and JSON)");
  command->add_option("--threads", options->threads, "Threads to use (default: all)")
      ->check(CLI::Range(1U, 1024U));
  command->add_option("--format", options->format, "How to print")
      ->check(CLI::IsMember({"table", "json", "ndjson", "csv"}));
  command->add_flag("--quiet", options->quiet, "Say nothing but results, warnings and errors");
  command->footer(
      "Examples:\n"
      "  tessera match results given_name=Amina family_name=Nalule birth_date=1987-03-12\n"
      "  tessera match registry.tessera --json '{\"family_name\": \"Nalule\", \"sex\": \"F\"}'\n"
      "  tessera match results --csv new.csv --only-certain > matches.csv\n"
      "  zcat new.ndjson.gz | tessera match results --ndjson - --count 3\n"
      "Grades: certain from the link threshold on, probable from the review threshold on, "
      "possible\n"
      "below, certainly-not where the evidence against is as strong as that for a certain match.\n"
      "Weights are those that a job gives the same two records.");
  command->callback([options, &chosen] { chosen = [options] { return match(*options); }; });
}

}  // namespace tessera
