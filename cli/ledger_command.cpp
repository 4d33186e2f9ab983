#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/family_view.hpp"
#include "cli/store_options.hpp"
#include "data/count_text.hpp"
#include "data/error.hpp"
#include "registry/check.hpp"
#include "registry/inspect.hpp"
#include "registry/maintain.hpp"
#include "registry/records.hpp"
#include "report/text_table.hpp"

namespace tessera {
namespace {

struct LedgerOptions {
  StoreOptions store;
  std::string subject;
  std::int64_t event = 0;
  std::uint64_t last = 0;
};

using Options = std::shared_ptr<LedgerOptions>;

int log(const LedgerOptions& options) {
  Store store(store_path(options.store), Store::Access::kRead);
  const Transaction snapshot(store.database(), Transaction::Kind::kRead);
  LogOptions which;
  which.last = options.last;
  if (options.subject.find(':') != std::string::npos) {
    which.row = row_of_name(store, options.subject);
  } else if (!options.subject.empty()) {
    which.entity = find_identity(store, options.subject);
  }
  std::vector<std::vector<std::string>> rows;
  for (const LogLine& line : read_log(store, which)) {
    rows.push_back(
        {std::to_string(line.sequence), line.at, line.actor, line.kind, line.what, line.run});
  }
  fmt::print("{}", rows_text(options.store.format, {"event", "utc", "actor", "kind", "what", "run"},
                             rows));
  return 0;
}

nlohmann::ordered_json view_json(const IdentityView& view) {
  nlohmann::ordered_json golden = nlohmann::ordered_json::array();
  for (const IdentityView::Value& value : view.golden) {
    golden.push_back({{"attribute", value.attribute},
                      {"value", value.value},
                      {"record", value.record},
                      {"rule", value.rule}});
  }
  return {{"identifier", view.identifier},
          {"living", view.living},
          {"leads_to", view.leads_to},
          {"records", view.records},
          {"golden", std::move(golden)}};
}

std::string view_text(const IdentityView& view) {
  std::string text = view.identifier + (view.living ? "" : "  retired") + "\n";
  for (const std::string& next : view.leads_to) text += "  leads to " + next + "\n";
  if (!view.living && !view.leads_to_living) text += "  its records are gone from their sources\n";
  for (const std::string& record : view.records) text += "  " + record + "\n";
  if (view.golden.empty()) return text;
  std::vector<std::vector<std::string>> rows;
  for (const auto& value : view.golden) {
    rows.push_back({value.attribute, value.value, value.record, value.rule});
  }
  return text + rows_text("table", {"attribute", "value", "taken from", "because it is"}, rows);
}

int show(const LedgerOptions& options) {
  Store store(store_path(options.store), Store::Access::kRead);
  const Transaction snapshot(store.database(), Transaction::Kind::kRead);
  const EntityNumber entity = find_identity(store, options.subject);
  if (entity < 0) {
    const GroupView family = view_group(store, entity);
    fmt::print("{}", options.store.format == "json" ? family_json(family) : family_text(family));
    return 0;
  }
  const IdentityView view = view_identity(store, entity);
  if (options.store.format == "json") {
    fmt::print("{}\n",
               view_json(view).dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
  } else {
    fmt::print("{}", view_text(view));
  }
  return 0;
}

int how(const LedgerOptions& options) {
  Store store(store_path(options.store), Store::Access::kRead);
  const Transaction snapshot(store.database(), Transaction::Kind::kRead);
  const EntityNumber entity = find_identity(store, options.subject);
  refuse_family(entity, options.subject);
  const IdentityView view = view_identity(store, entity);
  const IdentityHow made = explain_identity(store, entity);
  const std::vector<LogLine> events = read_log(store, {.entity = entity});
  if (options.store.format == "json") {
    nlohmann::ordered_json json = view_json(view);
    const auto pair_json = [](const WeighedPair& pair) {
      return nlohmann::ordered_json{{"left", pair.left},
                                    {"right", pair.right},
                                    {"weight_bits", pair.weight_bits},
                                    {"rule", pair.rule}};
    };
    json["links"] = nlohmann::ordered_json::array();
    for (const WeighedPair& pair : made.links) json["links"].push_back(pair_json(pair));
    if (made.weakest) json["weakest_link"] = pair_json(*made.weakest);
    json["decisions"] = made.decisions;
    json["events"] = nlohmann::ordered_json::array();
    for (const LogLine& line : events) {
      json["events"].push_back(
          {{"event", line.sequence}, {"utc", line.at}, {"kind", line.kind}, {"what", line.what}});
    }
    fmt::print("{}\n", json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
    return 0;
  }
  std::string text = view_text(view);
  std::vector<std::vector<std::string>> rows;
  for (const WeighedPair& pair : made.links) {
    rows.push_back({pair.left, pair.right, fmt::format("{:.1f}", pair.weight_bits), pair.rule});
  }
  if (!rows.empty()) text += "\n" + rows_text("table", {"record", "record", "bits", "rule"}, rows);
  if (made.weakest) {
    text += fmt::format("weakest link that holds it together: {} and {}, {:.1f} bits\n",
                        made.weakest->left, made.weakest->right, made.weakest->weight_bits);
  }
  for (const std::string& decision : made.decisions) text += "decided: " + decision + "\n";
  rows.clear();
  for (const LogLine& line : events) {
    rows.push_back({std::to_string(line.sequence), line.at, line.kind, line.what});
  }
  fmt::print("{}\n{}", text, rows_text("table", {"event", "utc", "kind", "what"}, rows));
  return 0;
}

int revert(const LedgerOptions& options) {
  Store store(store_path(options.store), Store::Access::kWrite);
  const std::string done = revert_event(
      store, options.event, run_info(options.store, "revert " + std::to_string(options.event)));
  fmt::print("{}; `tessera apply` carries it out\n", done);
  return 0;
}

int audit(const LedgerOptions& options) {
  Store store(store_path(options.store), Store::Access::kRead);
  const Transaction snapshot(store.database(), Transaction::Kind::kRead);
  if (const auto fault = verify_ledger(store.database())) {
    throw Error(ErrorCode::kDamaged, "event " + std::to_string(fault->sequence),
                fault->what +
                    "; events before it are as written; `tessera registry restore` "
                    "takes a backup");
  }
  const LedgerHead head = ledger_head(store.database());
  fmt::print("{}, all as written; the last hash is {}\n",
             counted(static_cast<std::uint64_t>(head.sequence), "event"), hex_text(head.hash));
  return 0;
}

int check(const LedgerOptions& options) {
  Store store(store_path(options.store), Store::Access::kRead);
  const Transaction snapshot(store.database(), Transaction::Kind::kRead);
  const std::vector<std::string> faults =
      Console(options.store.quiet).during("check the registry", [&] { return check_store(store); });
  if (!faults.empty()) {
    std::string text;
    for (const std::string& fault : faults) text += "\n  " + fault;
    throw Error(ErrorCode::kDamaged, store.path().string(),
                "is not whole; `tessera registry restore` takes a backup:" + text);
  }
  fmt::print("whole; digest of its meaning {}\n", meaning_digest(store));
  return 0;
}

}  // namespace

void add_ledger_commands(CLI::App& app, Command& chosen) {
  const auto add = [&](CLI::App& under, const char* name, const char* what, auto run, bool writes,
                       const std::vector<std::string>& formats) {
    Options options = std::make_shared<LedgerOptions>();
    CLI::App* command = under.add_subcommand(name, what);
    add_store_options(*command, options->store, writes, formats);
    command->callback(
        [options, run, &chosen] { chosen = [options, run] { return run(*options); }; });
    return std::pair(command, options);
  };
  auto [logs, log_options] = add(app, "log", "What happened, to all or to one identity or record",
                                 log, false, {"table", "csv", "json"});
  logs->add_option("subject", log_options->subject, "An identifier or SOURCE:RECORD_ID");
  logs->add_option("--last", log_options->last, "Only the last so many events");
  logs->footer("Examples:\n  tessera log --last 20\n  tessera log client:C-17");

  auto [shown, show_options] =
      add(app, "show", "Who an identifier or record is, or who is in a family", show, false,
          {"table", "json"});
  shown->add_option("subject", show_options->subject, "An identifier or SOURCE:RECORD_ID")
      ->required();
  shown->footer(
      "Examples:\n  tessera show 4433-3333-3333-333D\n  tessera show client:C-17\n"
      "A family's identifier shows its head and members.");

  auto [hows, how_options] =
      add(app, "how", "How an identity came to be and what holds it together", how, false,
          {"table", "json"});
  hows->add_option("subject", how_options->subject, "An identifier or SOURCE:RECORD_ID")
      ->required();
  hows->footer("Example:\n  tessera how client:C-17");

  auto [reverts, revert_options] =
      add(app, "revert", "Take an event back, by new events", revert, true, {});
  reverts->add_option("event", revert_options->event, "Its number, as `tessera log` shows it")
      ->required();
  reverts->footer("Example:\n  tessera revert 1204");

  CLI::App* audits = app.add_subcommand("audit", "The ledger's chain of hashes");
  audits->footer("Example:\n  tessera audit verify --store people.tessera");
  audits->require_subcommand(1);
  add(*audits, "verify", "Walk the chain; name the first event that is not as written", audit,
      false, {})
      .first->footer("Example:\n  tessera audit verify");

  add(app, "check", "Look the whole registry over: file, records, ledger, identities", check, false,
      {})
      .first->footer(
          "Example:\n  tessera check\nExit code 0: whole; 4: damaged, with what and where.");
}

}  // namespace tessera
