#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.hpp"
#include "cli/console.hpp"
#include "cli/imported_files.hpp"
#include "data/count_text.hpp"
#include "data/printable.hpp"
#include "engine/stage_clock.hpp"
#include "exchange/formats.hpp"
#include "exchange/part_names.hpp"
#include "exchange/write_canonical.hpp"
#include "report/text_table.hpp"

namespace tessera {
namespace {

struct ImportOptions {
  std::string format;
  std::vector<std::string> files;
  std::string out = "tessera-import";
  std::string dates = "dmy";
  std::string family_name;
  std::string print = "table";
  std::optional<double> max_rejected_share;
  bool quiet = false;
};

DateOrder date_order(const std::string& word) {
  if (word == "mdy") return DateOrder::kMonthDayYear;
  return word == "ymd" ? DateOrder::kYearMonthDay : DateOrder::kDayMonthYear;
}

void list_counts(TextTable& table, std::string_view title,
                 const std::map<std::string, std::uint64_t>& counted) {
  for (const auto& [what, count] : counted) {
    table.add({std::string(title), with_commas(count), printable(what, 90)});
  }
}

// Tables, repairs, rejects, then what was left out: every record and value that did not become a
// clean one stands in a line.
std::string import_text(const Import& import, const std::string& out) {
  TextTable table({Align::kLeft, Align::kRight, Align::kLeft});
  for (std::size_t i = 0; i < kCanonicalTables; ++i) {
    const auto one = static_cast<CanonicalTable>(i);
    const std::size_t rows = import.packed_rows(one).size();
    const std::string name(contract(one).name);
    if (rows > 0) table.add({name, with_commas(rows), "rows in " + name + ".csv"});
  }
  for (std::size_t i = 1; i < kRepairs; ++i) {
    if (import.repairs()[i] == 0) continue;
    table.add({"repaired", with_commas(import.repairs()[i]),
               std::string(repair_name(static_cast<Repair>(i)))});
  }
  std::map<std::string, std::uint64_t> reasons;
  for (const ImportReject& reject : import.rejects()) {
    ++reasons[reject.where.empty() ? reject.reason : reject.where + " " + reject.reason];
  }
  list_counts(table, "rejected", reasons);
  list_counts(table, "left out", import.left_out());
  list_counts(table, "remark", import.remarks());
  const std::size_t paths = import.unmapped().size();
  if (paths > 0) {
    table.add({"not mapped", with_commas(paths), "kinds of values, listed in import.json"});
  }
  return table.text() +
         fmt::format("Files in {}: person.csv, raw.csv, rejects.csv, import.json, …\n", out);
}

int import(const ImportOptions& options) {
  Console console(options.quiet);
  const std::vector<std::filesystem::path> files(options.files.begin(), options.files.end());
  const Import read = console.watching([&](const StageWatcher& watcher) {
    StageClock clock(2, watcher);
    clock.expect(kImportShares);
    Import import = clock.stage("read messages", [&] {
      return import_files(options.format, files, date_order(options.dates),
                          [&](double share) { clock.progress(share); });
    });
    if (!options.family_name.empty()) {
      part_full_names(import, options.family_name == "first" ? FamilyNameIs::kFirstWord
                                                             : FamilyNameIs::kLastWord);
    }
    check_rejects(import, options.max_rejected_share, options.out);
    clock.stage("write tables", [&] { write_canonical(options.out, import, options.format); });
    return import;
  });
  if (!read.rejects().empty()) {
    console.warn(fmt::format("{} rejected; which, in {}/rejects.csv",
                             counted(read.rejects().size(), "record"), options.out));
  }
  fmt::print("{}", options.print == "json" ? import_json(read, options.format)
                                           : import_text(read, options.out));
  return 0;
}

std::string known_formats() {
  std::string text = "Formats:\n";
  for (const ExchangeFormat& format : exchange_formats()) {
    text += fmt::format("  {:<18} {}\n", format.name, format.what);
  }
  return text;
}

}  // namespace

void add_import_command(CLI::App& app, Command& chosen) {
  auto options = std::make_shared<ImportOptions>();
  CLI::App* command =
      app.add_subcommand("import", "Read what other systems send into canonical tables (CSV)");
  command->add_option("format", options->format, "The format, see below")->required();
  command->add_option("files", options->files, "Files of one source, or folders of them")
      ->required();
  command->add_option("--out", options->out, "Folder for the tables (default: tessera-import)");
  command
      ->add_option("--dates", options->dates, "How dates like 05/04/1990 are meant (default: dmy)")
      ->check(CLI::IsMember({"dmy", "mdy", "ymd"}));
  command
      ->add_option("--family-name", options->family_name,
                   "Which word of a full name is the family's: parts the names of people who have\n"
                   "no other (default: they stay whole)")
      ->check(CLI::IsMember({"last", "first"}));
  command
      ->add_option("--max-rejected", options->max_rejected_share,
                   "Stop if a larger share of records is rejected (default 0.001)")
      ->check(CLI::Range(0.0, 1.0));
  command->add_flag("--quiet", options->quiet, "Say nothing but results, warnings and errors");
  command->add_option("--format", options->print, "How to print")
      ->check(CLI::IsMember({"table", "json"}));
  command->footer(known_formats() +
                  "Examples:\n"
                  "  tessera import fhir patients.ndjson --out client\n"
                  "  tessera import openimis-tables export/ --out openimis\n"
                  "  tessera import list people.csv --family-name last --out social\n"
                  "  tessera registry load social=canonical:social\n"
                  "  tessera link client/person.csv openimis=openimis-tables:export/\n"
                  "The tables and what stands in them: docs/exchange.md.");
  command->callback([options, &chosen] { chosen = [options] { return import(*options); }; });
}

}  // namespace tessera
