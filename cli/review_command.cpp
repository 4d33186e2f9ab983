#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>
#include <memory>

#include "cli/commands.hpp"
#include "cli/store_options.hpp"
#include "data/count_text.hpp"
#include "review/review_session.hpp"

namespace tessera {
namespace {

struct ReviewCommandOptions {
  StoreOptions store;
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

int print_queue(const ReviewCommandOptions& options) {
  Store store(store_path(options.store), Store::Access::kRead);
  const Transaction snapshot(store.database(), Transaction::Kind::kRead);
  std::vector<std::vector<std::string>> rows;
  for (const QueueLine& line : review_pairs(store, options.reasons, options.most, options.blind)) {
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

int review_queue(const ReviewCommandOptions& options) {
  if (options.store.format != "screen") return print_queue(options);
  const std::filesystem::path path = store_path(options.store);
  std::vector<QueueLine> pairs;
  {
    Store store(path, Store::Access::kRead);
    const Transaction snapshot(store.database(), Transaction::Kind::kRead);
    pairs = review_pairs(store, options.reasons, options.most, options.blind);
  }
  if (pairs.empty()) {
    fmt::print("Nothing waits for review\n");
    return 0;
  }
  const bool terminal = isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0;
  ReviewOptions how;
  how.page.blind = options.blind;
  how.page.colour = isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;
  how.note = options.note;
  ReviewScreen screen;
  screen.read_key = terminal ? read_raw_key : read_line_key;
  screen.show = [&](std::string_view page) {
    if (terminal) fmt::print("\033[H\033[2J");
    fmt::print("{}", page);
    std::fflush(stdout);
  };
  ReviewFacts facts;
  {
    std::optional<RawTerminal> raw;
    if (terminal) raw.emplace();
    facts = review(path, std::move(pairs), how, screen,
                   [&] { return run_info(options.store, "review"); });
  }
  fmt::print("{} saved, {} left{}\n", counted(facts.taken, "decision"), counted(facts.left, "pair"),
             facts.taken > 0 ? "; `tessera apply` carries them out" : "");
  return 0;
}

}  // namespace

void add_review_command(CLI::App& app, Command& chosen) {
  auto options = std::make_shared<ReviewCommandOptions>();
  CLI::App* command =
      app.add_subcommand("review", "Judge the pairs that wait for review, or print them");
  add_store_options(*command, options->store, true, {"screen", "table", "csv", "json"});
  command
      ->add_option("--reason", options->reasons, "Only pairs that wait for this; may be repeated")
      ->check(CLI::IsMember(review_reasons()))
      ->allow_extra_args(false);
  command->add_option("--limit", options->most, "At most so many pairs");
  command->add_flag("--blind", options->blind,
                    "Show the records alone: no weight, probability, verdict or reason, and in an\n"
                    "order that says nothing of them");
  command->add_option("--note", options->note, "Why, for the ledger, with every decision");
  command->footer(
      "Examples:\n"
      "  tessera review --actor \"A. Clerk\"\n"
      "  tessera review --reason \"weak bridge\" --limit 20 --blind\n"
      "  tessera review --format csv > queue.csv\n"
      "Keys: m match, n non-match, ? unsure (stays), s skip (comes again), u undo, q quit. Each\n"
      "decision is saved at once. Without a terminal keys are read as lines.");
  command->callback([options, &chosen] { chosen = [options] { return review_queue(*options); }; });
}

}  // namespace tessera
