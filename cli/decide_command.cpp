#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.hpp"
#include "cli/store_options.hpp"
#include "cli/verdict_file.hpp"
#include "data/count_text.hpp"
#include "data/error.hpp"
#include "registry/decisions.hpp"
#include "registry/records.hpp"

namespace tessera {
namespace {

struct DecideOptions {
  StoreOptions store;
  std::vector<std::string> words;  ///< FILE, or A B VERDICT
  std::string reason;
};

std::vector<NewDecision> read_decisions(Store& store, const DecideOptions& options) {
  std::vector<NewDecision> decisions;
  for (const PairVerdict& verdict : read_verdict_file(options.words.front())) {
    decisions.push_back({row_of_name(store, verdict.record),
                         row_of_name(store, verdict.other_record), verdict.is_match,
                         verdict.reason.empty() ? options.reason : verdict.reason});
  }
  return decisions;
}

int decide(const DecideOptions& options) {
  Store store(store_path(options.store), Store::Access::kWrite);
  std::vector<NewDecision> decisions;
  if (options.words.size() == 1) {
    decisions = read_decisions(store, options);
  } else if (options.words.size() == 3) {
    decisions.push_back({row_of_name(store, options.words[0]), row_of_name(store, options.words[1]),
                         is_match_word(options.words[2], options.words[2]), options.reason});
  } else {
    throw Error(ErrorCode::kUsage, "decide", "takes FILE, or A B match|non-match");
  }
  const DecideFacts facts = take_decisions(store, decisions, run_info(options.store, "decide"));
  fmt::print(
      "{} taken, {} of them in place of others, {} in force already; "
      "`tessera apply` carries them out\n",
      counted(facts.taken, "decision"), facts.replaced, facts.unchanged);
  return 0;
}

}  // namespace

void add_decide_command(CLI::App& app, Command& chosen) {
  auto options = std::make_shared<DecideOptions>();
  CLI::App* command = app.add_subcommand(
      "decide", "Decide whether two records are one person; it holds from then on");
  add_store_options(*command, options->store, true);
  command
      ->add_option("what", options->words,
                   "A B match|non-match, A and B as SOURCE:RECORD_ID; or a FILE with the columns\n"
                   "record, other_record, verdict and, if you like, reason")
      ->required()
      ->expected(1, 3);
  command->add_option("--reason", options->reason, "Why, for the ledger");
  command->footer(
      "Examples:\n"
      "  tessera decide client:C-17 social:B-4 match --reason \"same birth certificate\"\n"
      "  tessera decide decisions.csv --reason \"review of May\"\n"
      "Decisions that contradict each other are refused, with the chain that makes it so (exit "
      "1).");
  command->callback([options, &chosen] { chosen = [options] { return decide(*options); }; });
}

}  // namespace tessera
