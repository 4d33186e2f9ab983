// `tessera exchange FLOW`: one sub-command for each entry of the table of flows.
#include "cli/exchange_command.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "cli/console.hpp"
#include "cli/imported_files.hpp"
#include "cli/store_options.hpp"
#include "data/count_text.hpp"
#include "data/date.hpp"
#include "data/error.hpp"
#include "engine/stage_clock.hpp"
#include "exchange/flow.hpp"
#include "exchange/formats.hpp"
#include "exchange/input_files.hpp"
#include "report/text_table.hpp"

namespace tessera {
namespace {

// Seconds, from flows over registries of 100 thousand and 300 thousand records. Tables say in a
// quarter of the bytes what messages say.
constexpr double kReadRegistryRecord = 4.0e-6;
constexpr double kReadMessageByte = 3.0e-8;
constexpr double kReadTableByte = 8.0e-8;
constexpr double kJudgeRecord = 1.0e-6;
constexpr double kJudgeMessageByte = 1.0e-8;
constexpr double kJudgeTableByte = 1.0e-7;
constexpr double kWriteByte = 5.0e-9;

struct ExchangeOptions {
  StoreOptions store;
  std::vector<std::string> files;
  std::string from;
  std::string to;
  std::string on;
  std::string system;
  std::string again;
  std::string people;
  std::string product;
  std::string dates = "dmy";
  std::string out = "tessera-exchange";
  std::int64_t since = 0;
  std::optional<double> max_rejected_share;
};

DateOrder order_of(const std::string& word) {
  if (word == "mdy") return DateOrder::kMonthDayYear;
  return word == "ymd" ? DateOrder::kYearMonthDay : DateOrder::kDayMonthYear;
}

/// One source as typed, several files of it joined.
struct TypedSource {
  std::string name;
  std::string format;
  std::vector<std::filesystem::path> files;
};

std::vector<TypedSource> typed_sources(const std::vector<std::string>& typed) {
  std::vector<TypedSource> sources;
  for (const std::string& text : typed) {
    const std::optional<TypedFormat> one = typed_format(text);
    if (!one || text.find('=') == std::string::npos) {
      throw Error(ErrorCode::kUsage, text,
                  "does not say what it is; write NAME=FORMAT:FILE, NAME being a source of the "
                  "registry");
    }
    const auto known = std::find_if(sources.begin(), sources.end(), [&](const TypedSource& source) {
      return source.name == one->name;
    });
    if (known == sources.end()) {
      sources.push_back({one->name, one->format, {one->file}});
    } else if (known->format == one->format) {
      known->files.emplace_back(one->file);
    } else {
      throw Error(ErrorCode::kUsage, text,
                  "is of another format than the file of '" + one->name +
                      "' before it; a source's files are of one format");
    }
  }
  return sources;
}

// Each source's files are known before the first is read: how long all takes follows from them.
std::vector<FlowSource> list_flow_sources(const ExchangeOptions& options) {
  std::vector<FlowSource> sources;
  for (TypedSource& typed : typed_sources(options.files)) {
    FlowSource& source = sources.emplace_back();
    source.name = typed.name;
    source.format = typed.format;
    source.files = list_files(typed.files);
  }
  return sources;
}

// Seconds: what is there in the registry is read, then each source, then judged and written.
std::vector<double> expected_exchange_s(double records, std::span<const FlowSource> sources) {
  std::vector<double> expected_s = {records * kReadRegistryRecord};
  double bytes = 0.0;
  double judge_s = records * kJudgeRecord;
  for (const FlowSource& source : sources) {
    double of_source = 0.0;
    for (const std::filesystem::path& file : source.files) {
      std::error_code unseen;
      const std::uintmax_t size = std::filesystem::file_size(file, unseen);
      if (!unseen) of_source += static_cast<double>(size);
    }
    const bool is_tables = source.format == "canonical" || source.format == "list";
    expected_s.push_back(of_source * (is_tables ? kReadTableByte : kReadMessageByte));
    judge_s += of_source * (is_tables ? kJudgeTableByte : kJudgeMessageByte);
    bytes += of_source;
  }
  expected_s.push_back(judge_s);
  expected_s.push_back(bytes * kWriteByte);
  return expected_s;
}

void read_flow_sources(const ExchangeOptions& options, std::vector<FlowSource>& sources,
                       StageClock& clock, Console& console) {
  for (FlowSource& source : sources) {
    const std::string stage = "read " + source.name;
    source.tables = clock.stage(stage.c_str(), [&] {
      return import_files(source.format, source.files, order_of(options.dates),
                          [&](double share) { clock.progress(share); });
    });
    check_rejects(source.tables, options.max_rejected_share, options.out);
    console.note("  " + source.name + ": " + import_line(source.tables, source.format));
  }
}

std::string known_source(const Feed& feed, const std::string& typed, std::string_view usual,
                         std::string_view option) {
  const std::string name = typed.empty() ? std::string(usual) : typed;
  if (name.empty() || feed.source(name)) return name;
  std::string all;
  for (const std::string& source : feed.sources()) all += (all.empty() ? "" : ", ") + source;
  throw Error(ErrorCode::kUsage, name,
              "the registry has no source of this name; it has " + all + "; say which one with " +
                  std::string(option));
}

// The records that an exceptions.csv lists.
std::set<std::string, std::less<>> listed_records(const std::string& path) {
  std::set<std::string, std::less<>> records;
  if (path.empty()) return records;
  const std::vector<std::string> columns = column_names(path);
  for (const char* wanted : {"source", "record_id", "reason"}) {
    if (std::find(columns.begin(), columns.end(), wanted) == columns.end()) {
      throw Error(ErrorCode::kUsage, path,
                  std::string("has no column '") + wanted +
                      "'; --again takes the exceptions.csv of an exchange before");
    }
  }
  Import ignored;
  for_each_row(path, ignored, [&](Node& row) {
    records.insert(text_at(row, "source") + ":" + text_at(row, "record_id"));
  });
  return records;
}

// Who moves, by a CSV of record_id and new_head (which it may lack).
std::vector<TransferOrder> read_orders(const std::string& path) {
  std::vector<TransferOrder> orders;
  if (path.empty()) return orders;
  const std::vector<std::string> columns = column_names(path);
  if (std::find(columns.begin(), columns.end(), "record_id") == columns.end()) {
    throw Error(ErrorCode::kUsage, path,
                "has no column 'record_id'; --people takes a CSV with the sender's record ids, and "
                "new_head where a family is parted");
  }
  Import ignored;
  for_each_row(path, ignored, [&](Node& row) {
    orders.push_back({text_at(row, "record_id"), text_at(row, "new_head")});
  });
  return orders;
}

std::string result_text(const Flow& flow, const FlowResult& result, const Feed& feed,
                        const std::string& out) {
  TextTable table({Align::kRight, Align::kLeft});
  for (const auto& [what, count] : result.counts) table.add({with_commas(count), what});
  if (!result.exceptions.empty()) {
    table.add({with_commas(result.exceptions.size()),
               "exceptions, with their reasons in " + out + "/exceptions.csv"});
  }
  std::string files;
  for (const auto& [name, text] : result.files) files += (files.empty() ? "" : ", ") + name;
  const std::string next =
      flow.follows_events ? fmt::format("Next time: --since {}\n", feed.last_event()) : "";
  return table.text() +
         fmt::format("Files in {}: {}, exceptions.csv, exchange.json\n{}", out, files, next);
}

bool is_day(const std::string& text) {
  return text.size() == 10 && text.find('X') == std::string::npos && parse_edtf(text).has_value();
}

void check_input(const FlowInput& input) {
  if (!input.on.empty() && !is_day(input.on)) {
    throw Error(ErrorCode::kUsage, "--on", "is no day; write it as 2026-11-25");
  }
  for (const FlowSource& source : input.sources) {
    if (!input.feed.source(source.name)) known_source(input.feed, source.name, "", "NAME=");
  }
}

/// Returns what is to be printed.
std::string run_flow(const Flow& flow, const ExchangeOptions& options, Console& console,
                     const StageWatcher& watcher) {
  Store store(store_path(options.store), Store::Access::kRead);
  std::vector<FlowSource> sources = list_flow_sources(options);
  const std::vector<double> expected_s =
      expected_exchange_s(static_cast<double>(store.number("live")), sources);
  StageClock clock(static_cast<unsigned>(expected_s.size()), watcher);
  clock.expect(expected_s);
  const Feed feed = clock.stage("read the registry", [&] { return Feed(store, options.since); });
  FlowInput input{.feed = feed,
                  .sources = sources,
                  .from = known_source(feed, options.from, flow.from, "--from"),
                  .to = known_source(feed, options.to, flow.to, "--to"),
                  .on = options.on,
                  .system = options.system,
                  .people = read_orders(options.people),
                  .product = options.product,
                  .again = listed_records(options.again)};
  check_input(input);
  if (feed.pending() > 0) {
    console.warn(
        fmt::format("{} loaded and not applied, which does not count yet: "
                    "run `tessera apply`",
                    counted(static_cast<std::uint64_t>(feed.pending()), "record")));
  }
  read_flow_sources(options, sources, clock, console);
  const FlowResult result = clock.stage("work out messages", [&] { return flow.run(input); });
  const std::string facts = exchange_json(flow, input, options.since, result);
  clock.stage("write", [&] { write_flow(options.out, result, facts); });
  return options.store.format == "json" ? facts : result_text(flow, result, feed, options.out);
}

int exchange(const Flow& flow, const ExchangeOptions& options) {
  Console console(options.store.quiet);
  fmt::print("{}", console.watching([&](const StageWatcher& watcher) {
    return run_flow(flow, options, console, watcher);
  }));
  return 0;
}

void add_event_options(CLI::App& command, ExchangeOptions& options) {
  command
      .add_option("--since", options.since,
                  "Only what happened after this event of the registry (default: 0, all)")
      ->check(CLI::NonNegativeNumber);
  command.add_option("--again", options.again,
                     "The exceptions.csv of the exchange before: its records are due again");
}

void add_flow(CLI::App& parent, const Flow& flow, Command& chosen) {
  auto options = std::make_shared<ExchangeOptions>();
  CLI::App* command = parent.add_subcommand(std::string(flow.name), std::string(flow.help));
  command->add_option("files", options->files, "The messages, as NAME=FORMAT:FILE (or a folder)")
      ->required();
  command->add_option("--from", options->from,
                      fmt::format("The source whose people are told of (default: {})", flow.from));
  if (!flow.to.empty()) {
    command->add_option("--to", options->to,
                        fmt::format("The source that is told (default: {})", flow.to));
  }
  if (flow.follows_events) add_event_options(*command, *options);
  if (flow.takes_day) {
    command->add_option("--on", options->on, "The day that is judged by, as 2026-11-25");
  }
  if (flow.takes_system) {
    command->add_option("--system", options->system,
                        "The system (a URI) of the identifiers that are handed on");
  }
  if (flow.takes_people) {
    command->add_option("--people", options->people,
                        "A CSV of who moves: record_id, and new_head where a family is parted");
    command->add_option("--product", options->product,
                        "The receiver's product (default: the code that the sender has)");
  }
  command->add_option("--out", options->out, "Folder for the files (default: tessera-exchange)");
  command
      ->add_option("--dates", options->dates, "How dates like 05/04/1990 are meant (default: dmy)")
      ->check(CLI::IsMember({"dmy", "mdy", "ymd"}));
  command
      ->add_option("--max-rejected", options->max_rejected_share,
                   "Stop if a larger share of a source's records is rejected (default 0.001)")
      ->check(CLI::Range(0.0, 1.0));
  add_store_options(*command, options->store, false, {"table", "json"});
  command->footer(fmt::format(
      "Reads: {}.\nWrites:\n{}\nexceptions.csv, exchange.json: whom nothing was sent for and why; "
      "what was counted, and the next --since.\nExamples:\n{}\nA walk through: docs/flows.md.",
      flow.reads, flow.writes, flow.examples));
  command->callback([options, &flow, &chosen] {
    chosen = [options, &flow] { return exchange(flow, *options); };
  });
}

}  // namespace

void add_exchange_command(CLI::App& app, Command& chosen) {
  CLI::App* command = app.add_subcommand(
      "exchange", "Tell one system of another's people, by what the registry knows of them");
  command->require_subcommand(1);
  command->footer(
      "Each flow writes messages that its receiver reads, and tells everyone for whom it did not.\n"
      "Examples:\n"
      "  tessera exchange client-to-openimis client=fhir:pages/ --out enrol\n"
      "  tessera exchange client-to-openimis --help\n"
      "A walk through each flow: docs/flows.md.");
  for (const Flow& flow : exchange_flows()) add_flow(*command, flow, chosen);
}

}  // namespace tessera
