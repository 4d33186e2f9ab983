#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>

#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/imported_files.hpp"
#include "cli/job_options.hpp"
#include "cli/store_options.hpp"
#include "cli/verdict_book.hpp"
#include "data/count_text.hpp"
#include "data/error.hpp"
#include "review/review_session.hpp"

namespace tessera {
namespace {

struct ReviewCommandOptions {
  StoreOptions store;
  std::string target;  ///< Empty: the registry of `store`.
  std::string verdicts;
  std::vector<std::string> files;
  std::vector<std::string> reasons;
  std::uint64_t most = 0;
  bool blind = false;
  std::string note;
};

/// Single keys without echo, as long as it lives. Ctrl-C is a key, too: it must not leave the
/// terminal so.
class RawTerminal {
 public:
  RawTerminal() {
    if (tcgetattr(STDIN_FILENO, &before_) != 0) return;
    termios raw = before_;
    raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO | ISIG);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    changed_ = tcsetattr(STDIN_FILENO, TCSANOW, &raw) == 0;
  }
  ~RawTerminal() {
    if (changed_) tcsetattr(STDIN_FILENO, TCSANOW, &before_);
  }
  RawTerminal(const RawTerminal&) = delete;
  RawTerminal& operator=(const RawTerminal&) = delete;

 private:
  termios before_{};
  bool changed_ = false;
};

constexpr char kEscape = '\033';
constexpr char kInterrupt = 3;   // Ctrl-C
constexpr char kEndOfInput = 4;  // Ctrl-D

// The rest of what an arrow or function key sends, so that no letter of it counts as a key.
void drop_escape_sequence() {
  termios waiting{};
  if (tcgetattr(STDIN_FILENO, &waiting) != 0) return;
  termios polling = waiting;
  polling.c_cc[VMIN] = 0;
  polling.c_cc[VTIME] = 1;  // tenths of a second
  tcsetattr(STDIN_FILENO, TCSANOW, &polling);
  char byte = 0;
  while (read(STDIN_FILENO, &byte, 1) == 1) {
  }
  tcsetattr(STDIN_FILENO, TCSANOW, &waiting);
}

std::optional<char> read_raw_key() {
  char key = 0;
  while (read(STDIN_FILENO, &key, 1) == 1) {
    if (key == kInterrupt || key == kEndOfInput) return std::nullopt;
    if (key != kEscape) return key;
    drop_escape_sequence();
  }
  return std::nullopt;
}

/// A line's first character; an empty line is one.
std::optional<char> read_line_key() {
  std::string line;
  if (!std::getline(std::cin, line)) return std::nullopt;
  return line.empty() ? '\n' : line.front();
}

int print_pairs(const ReviewCommandOptions& options, const std::vector<QueueLine>& pairs) {
  std::vector<std::vector<std::string>> rows;
  for (const QueueLine& line : pairs) {
    std::vector<std::string>& row = rows.emplace_back();
    row = {line.left, line.right};
    if (options.blind) continue;
    row.push_back(line.reason);
    row.push_back(fmt::format("{:.3f}", line.weight_bits));
  }
  std::vector<std::string> header = {"record", "other_record"};
  if (!options.blind) header.insert(header.end(), {"reason", "weight_bits"});
  fmt::print("{}", rows_text(options.store.format, header, rows));
  return 0;
}

bool is_terminal() {
  return isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0;
}

ReviewScreen open_screen() {
  const bool terminal = is_terminal();
  ReviewScreen screen;
  screen.read_key = terminal ? read_raw_key : read_line_key;
  screen.show = [terminal](std::string_view page) {
    if (terminal) fmt::print("\033[H\033[2J");
    fmt::print("{}", page);
    std::fflush(stdout);
  };
  return screen;
}

ReviewPageOptions page_options(const ReviewCommandOptions& options) {
  return {options.blind, isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr};
}

// `work` is a session; the terminal is as it was before once it is over.
template <class Work>
ReviewFacts on_terminal(const Work& work) {
  std::optional<RawTerminal> raw;
  if (is_terminal()) raw.emplace();
  return work();
}

// Keeps the first `most` pairs, all if that is 0; returns how many it leaves out.
std::size_t keep_first(std::vector<QueueLine>& pairs, std::size_t most) {
  if (most == 0 || pairs.size() <= most) return 0;
  const std::size_t beyond = pairs.size() - most;
  pairs.resize(most);
  return beyond;
}

// What still waits; `beyond`: pairs that --limit left out.
std::string left_text(const ReviewFacts& facts, std::size_t beyond) {
  std::string parts;
  const auto add = [&](std::size_t pairs, std::string_view what) {
    if (pairs > 0) parts += fmt::format("{}{} {}", parts.empty() ? "" : ", ", pairs, what);
  };
  add(facts.unsure, "unsure");
  add(facts.skipped, "skipped");
  add(beyond, "beyond --limit");
  const std::string left = counted(facts.left + beyond, "pair") + " left";
  return parts.empty() ? left : left + " (" + parts + ")";
}

int review_registry(const ReviewCommandOptions& options, const StoreOptions& of) {
  if (!options.verdicts.empty() || !options.files.empty()) {
    throw Error(ErrorCode::kUsage, options.verdicts.empty() ? "--source" : "--verdicts",
                "is for a job's folder; a registry keeps its records and its decisions itself");
  }
  const std::filesystem::path path = store_path(of);
  std::error_code unseen;
  if (of.store.empty() && !std::filesystem::exists(path, unseen)) {
    throw Error(ErrorCode::kUsage, path.string(),
                "there is no such registry; name a job's folder (`tessera review DIR`) or a "
                "registry (--store FILE)");
  }
  std::vector<QueueLine> pairs;
  {
    Store store(path, Store::Access::kRead);
    const Transaction snapshot(store.database(), Transaction::Kind::kRead);
    pairs = review_pairs(store, options.reasons, options.blind);
  }
  const std::size_t beyond = keep_first(pairs, options.most);
  if (of.format != "screen") return print_pairs(options, pairs);
  if (pairs.empty()) {
    fmt::print("Nothing waits for review\n");
    return 0;
  }
  const ReviewOptions how{page_options(options), options.note};
  const ReviewScreen screen = open_screen();
  const ReviewFacts facts = on_terminal([&] {
    return review(path, std::move(pairs), how, screen, [&] { return run_info(of, "review"); });
  });
  fmt::print("{} saved, {}{}\n", counted(facts.taken, "decision"), left_text(facts, beyond),
             facts.taken > 0 ? "; `tessera apply` carries them out" : "");
  return 0;
}

// Of the reasons only one is a folder's: its pairs are all doubtful by their weight.
bool wants_band(const ReviewCommandOptions& options) {
  return options.reasons.empty() ||
         std::ranges::find(options.reasons, "band") != options.reasons.end();
}

int review_folder(const ReviewCommandOptions& options) {
  namespace fs = std::filesystem;
  const fs::path folder = options.target;
  const std::string file =
      options.verdicts.empty() ? (folder / "verdicts.csv").string() : options.verdicts;
  Console console(options.store.quiet);
  ImportedFiles imported({});
  const std::vector<std::string> files = imported.resolve(options.files, std::nullopt, console);
  const auto linked = console.during("read the records", [&] {
    return std::make_unique<LinkedJob>(folder, sources_of(files), RunLimits{});
  });
  for (const std::string& change : linked->changes()) console.warn(change);
  VerdictBook book(*linked, file, options.note);
  std::vector<QueueLine> pairs;
  if (wants_band(options)) pairs = doubtful_pairs(*linked, book);
  if (options.blind) order_blindly(pairs);
  const std::size_t beyond = keep_first(pairs, options.most);
  if (options.store.format != "screen") return print_pairs(options, pairs);
  if (pairs.empty()) {
    fmt::print("Nothing waits for review\n");
    return 0;
  }
  const ReviewScreen screen = open_screen();
  const ReviewFacts facts =
      on_terminal([&] { return review(book, std::move(pairs), page_options(options), screen); });
  fmt::print("{} saved in {}, {}\n", counted(facts.taken, "verdict"), file,
             left_text(facts, beyond));
  if (facts.taken > 0) {
    fmt::print("`tessera train --config {} --labels {}` corrects the model by them\n",
               (folder / "job.toml").string(), file);
  }
  return 0;
}

int review_target(const ReviewCommandOptions& options) {
  if (options.target.empty()) return review_registry(options, options.store);
  if (!options.store.store.empty()) {
    throw Error(ErrorCode::kUsage, options.target, "and --store are given both; name one of them");
  }
  std::error_code unseen;
  if (std::filesystem::is_directory(options.target, unseen)) return review_folder(options);
  if (std::filesystem::exists(options.target, unseen)) {
    StoreOptions store = options.store;
    store.store = options.target;
    return review_registry(options, store);
  }
  throw Error(ErrorCode::kUsage, options.target,
              "is neither a job's folder (--out of tessera link) nor a registry's file; check the "
              "path");
}

}  // namespace

void add_review_command(CLI::App& app, Command& chosen) {
  auto options = std::make_shared<ReviewCommandOptions>();
  CLI::App* command =
      app.add_subcommand("review", "Judge the pairs that wait for review, or print them");
  command->add_option("target", options->target,
                      "A job's folder (--out of tessera link) or a registry's file; without one,\n"
                      "the registry of --store");
  add_store_options(*command, options->store, true, {"screen", "table", "csv", "json"});
  command
      ->add_option("--reason", options->reasons, "Only pairs that wait for this; may be repeated")
      ->check(CLI::IsMember(review_reasons()))
      ->allow_extra_args(false);
  command->add_option("--limit", options->most, "At most so many pairs");
  command->add_flag("--blind", options->blind,
                    "Show the records alone: no weight, probability, verdict or reason, and in an\n"
                    "order that says nothing of them");
  command->add_option(
      "--verdicts", options->verdicts,
      "Of a folder: the file for verdicts (default: verdicts.csv in it); pairs that\n"
      "it holds are not asked for again");
  command
      ->add_option(
          "--source", options->files,
          "Of a folder: NAME=FILE or NAME=FORMAT:FILE, where source NAME lies now, if not\n"
          "where job.toml says; may be repeated")
      ->allow_extra_args(false);
  command->add_option("--note", options->note,
                      "Why, with every decision: in the ledger, or in the file of verdicts");
  command->footer(
      "Examples:\n"
      "  tessera review results\n"
      "  tessera review --actor \"A. Clerk\"\n"
      "  tessera review --reason \"weak bridge\" --limit 20 --blind\n"
      "  tessera review --format csv > queue.csv\n"
      "Keys: m match, n non-match, ? unsure (stays), s skip (comes again after the others), u "
      "undo,\n"
      "q quit. Each decision is saved at once. Without a terminal keys are read as lines. What a\n"
      "folder's records hold is shown.");
  command->callback([options, &chosen] { chosen = [options] { return review_target(*options); }; });
}

}  // namespace tessera
