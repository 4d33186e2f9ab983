#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "cli/commands.hpp"
#include "cli/store_options.hpp"
#include "data/error.hpp"
#include "data/source_reader.hpp"
#include "registry/decisions.hpp"
#include "registry/records.hpp"

namespace tessera {
namespace {

struct DecideOptions {
  StoreOptions store;
  std::vector<std::string> words;  ///< FILE, or A B VERDICT
  std::string reason;
};

bool is_match(const std::string& verdict, const std::string& where) {
  if (verdict == "match") return true;
  if (verdict == "non-match") return false;
  throw Error(ErrorCode::kUsage, where, "the verdict is 'match' or 'non-match'");
}

/// The columns of a file of decisions.
struct DecisionColumns {
  std::size_t record = 0;
  std::size_t other = 0;
  std::size_t verdict = 0;
  std::size_t reason = 0;
  bool has_reason = false;
};

DecisionColumns find_columns(std::span<const std::string> names, const std::string& path) {
  const auto find = [&](std::string_view name) {
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
  };
  DecisionColumns columns{find("record"), find("other_record"), find("verdict"), find("reason"),
                          false};
  columns.has_reason = columns.reason < names.size();
  if (std::max({columns.record, columns.other, columns.verdict}) >= names.size()) {
    throw Error(ErrorCode::kUsage, path,
                "needs the columns record, other_record and verdict (and may have reason)");
  }
  return columns;
}

std::vector<NewDecision> read_decisions(Store& store, const DecideOptions& options) {
  SourceSpec file;
  file.path = options.words.front();
  const auto reader = open_source(file);
  const DecisionColumns at = find_columns(reader->columns(), file.path.string());
  std::vector<std::size_t> wanted = {at.record, at.other, at.verdict};
  if (at.has_reason) wanted.push_back(at.reason);
  reader->select(wanted);
  std::vector<NewDecision> decisions;
  for (auto batch = reader->next({}); batch; batch = reader->next(std::move(*batch))) {
    if (!batch->faults.empty()) {
      throw Error(ErrorCode::kUsage,
                  file.path.string() + ":" + std::to_string(batch->faults.front().line),
                  "is not a well-formed row; nothing was decided");
    }
    for (std::size_t row = 0; row < batch->row_count(); ++row) {
      const auto text = [&](std::size_t c) {
        return std::string(batch->text_of(batch->fields[c][row]));
      };
      const std::string where =
          file.path.string() + ", decision " + std::to_string(decisions.size() + 1);
      const std::string reason = at.has_reason && !text(3).empty() ? text(3) : options.reason;
      decisions.push_back({row_of_name(store, text(0)), row_of_name(store, text(1)),
                           is_match(text(2), where), reason});
    }
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
                         is_match(options.words[2], options.words[2]), options.reason});
  } else {
    throw Error(ErrorCode::kUsage, "decide", "takes FILE, or A B match|non-match");
  }
  const DecideFacts facts = take_decisions(store, decisions, run_info(options.store, "decide"));
  fmt::print(
      "{} decisions taken, {} of them in place of others, {} in force already; "
      "`tessera apply` carries them out\n",
      facts.taken, facts.replaced, facts.unchanged);
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
