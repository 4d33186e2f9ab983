#include "cli/imported_files.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "data/count_text.hpp"
#include "data/csv_writer.hpp"
#include "data/error.hpp"
#include "engine/stage_clock.hpp"
#include "exchange/formats.hpp"
#include "exchange/write_canonical.hpp"
#include "report/text_table.hpp"

namespace tessera {
namespace {

namespace fs = std::filesystem;

bool is_format_word(std::string_view text) {
  return text.size() > 1 && std::all_of(text.begin(), text.end(),
                                        [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

std::string source_name(const std::string& file) {
  fs::path path(file);
  if (path.filename().empty()) path = path.parent_path();  // a folder typed with its slash
  const std::string name = path.filename().string();
  return name.substr(0, name.find('.', 1));
}

fs::path make_temporary_folder() {
  std::string pattern = (fs::temp_directory_path() / "tessera-import-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) {
    throw Error(ErrorCode::kResource, pattern, "cannot be made; check $TMPDIR and its space");
  }
  return pattern;
}

std::uint64_t row_count(const Import& import, CanonicalTable table) {
  return import.packed_rows(table).size();
}

void write_rejects_of(const Import& import, const fs::path& folder) {
  std::error_code fault;
  fs::create_directories(folder, fault);
  CsvWriter writer(folder / "rejects.csv");
  writer.row(std::vector<std::string_view>{"file", "line", "where", "reason"});
  for (const ImportReject& reject : import.rejects()) {
    writer.field(reject.file);
    writer.field(reject.line);
    writer.field(reject.where);
    writer.field(reject.reason);
    writer.end_row();
  }
  writer.commit();
}

// What an import has beside persons: `16 families, 10 claims`; empty if nothing.
std::string others_than_people(const Import& import) {
  struct Counted {
    CanonicalTable table;
    std::string_view one;
    std::string_view many;
  };
  constexpr Counted kOthers[] = {
      {CanonicalTable::kFamily, "family", "families"}, {CanonicalTable::kCoverage, "coverage", {}},
      {CanonicalTable::kClaim, "claim", {}},           {CanonicalTable::kReferral, "referral", {}},
      {CanonicalTable::kEvent, "event", {}},           {CanonicalTable::kRelation, "relation", {}},
      {CanonicalTable::kIdentifier, "identifier", {}}};
  std::string text;
  for (const Counted& of : kOthers) {
    const std::uint64_t count = row_count(import, of.table);
    if (count > 0) text += (text.empty() ? "" : ", ") + counted(count, of.one, of.many);
  }
  return text;
}

// Throws if the source has nothing that the command could use.
void check_people(const Import& import, const std::string& typed, SourceNeed need) {
  if (row_count(import, CanonicalTable::kPerson) > 0) return;
  const bool families = row_count(import, CanonicalTable::kFamily) > 0;
  const bool peopled = row_count(import, CanonicalTable::kMembership) > 0;
  if (peopled && need == SourceNeed::kPeopleOrFamilies) return;
  const std::string others = others_than_people(import);
  std::string what = others.empty() ? "holds no person" : "holds no person (" + others + ")";
  if (peopled) {
    what +=
        "; give the files that say who they are too, in one folder; in a registry families join "
        "the persons of an earlier `tessera registry load`";
  } else if (families) {
    what +=
        ", and its families name nobody; give the file that says who is in them too, in one folder";
  } else {
    what +=
        "; people are what is linked and loaded; coverages, claims, referrals and events are read "
        "by `tessera exchange`";
  }
  throw Error(ErrorCode::kUsage, typed, what);
}

}  // namespace

std::optional<TypedFormat> typed_format(const std::string& typed) {
  const std::size_t equals = typed.find('=');
  const bool named = equals != std::string::npos && equals > 0 &&
                     typed.substr(0, equals).find_first_of("/:") == std::string::npos;
  const std::string rest = named ? typed.substr(equals + 1) : typed;
  const std::size_t colon = rest.find(':');
  if (colon == std::string::npos || !is_format_word(rest.substr(0, colon))) return std::nullopt;
  const std::string format = rest.substr(0, colon);
  std::error_code ignored;
  if (find_format(format) == nullptr && fs::exists(rest, ignored)) return std::nullopt;
  if (find_format(format) == nullptr) import_files(format, {});  // says which there are
  const std::string file = rest.substr(colon + 1);
  if (file.empty()) throw Error(ErrorCode::kUsage, typed, "names no file; write FORMAT:FILE");
  return TypedFormat{named ? typed.substr(0, equals) : source_name(file), format, file};
}

void check_rejects(const Import& import, std::optional<double> max_share, const fs::path& folder) {
  const std::uint64_t rejected = import.rejects().size();
  if (rejected == 0) return;
  std::uint64_t records = rejected;
  for (const CanonicalTable table :
       {CanonicalTable::kPerson, CanonicalTable::kFamily, CanonicalTable::kCoverage,
        CanonicalTable::kClaim, CanonicalTable::kReferral, CanonicalTable::kEvent}) {
    records += row_count(import, table);
  }
  constexpr double kDefaultShare = 0.001;  // as of the rows of an extract
  const double limit = max_share.value_or(kDefaultShare) * static_cast<double>(records);
  if (static_cast<double>(rejected) <= limit) return;
  write_rejects_of(import, folder);
  const ImportReject& first = import.rejects().front();
  throw Error(ErrorCode::kRefused,
              first.file + ":" + std::to_string(first.line) +
                  (first.where.empty() ? "" : ": " + first.where),
              fmt::format("{}; {} of {} rejected, all in {}; take the others with "
                          "--max-rejected SHARE",
                          first.reason, rejected, counted(records, "record"),
                          (folder / "rejects.csv").string()));
}

std::string import_line(const Import& import, std::string_view format) {
  std::string line = counted(row_count(import, CanonicalTable::kPerson), "person");
  if (const std::string others = others_than_people(import); !others.empty()) {
    line += ", " + others;
  }
  line += fmt::format(" from {} ({}); {} put right", counted(import.files().size(), "file"), format,
                      counted(import.raw_lines().size(), "value"));
  if (!import.rejects().empty()) {
    line += fmt::format(", {} rejected", counted(import.rejects().size(), "record"));
  }
  return line;
}

ImportedFiles::~ImportedFiles() {
  std::error_code ignored;
  if (temporary_) fs::remove_all(folder_, ignored);
}

std::vector<std::string> ImportedFiles::resolve(const std::vector<std::string>& typed,
                                                std::optional<double> max_rejected_share,
                                                Console& console, SourceNeed need) {
  std::vector<std::string> resolved;
  for (const std::string& one : typed) {
    const std::optional<TypedFormat> named = typed_format(one);
    if (!named) {
      resolved.push_back(one);
      continue;
    }
    if (folder_.empty()) {
      folder_ = make_temporary_folder();
      temporary_ = true;
    }
    const fs::path folder = folder_ / named->name;
    if (typed_.contains((folder / "person.csv").string())) {
      throw Error(ErrorCode::kUsage, one,
                  "a second source named '" + named->name +
                      "'; name it with NAME=FORMAT:FILE, or put all files of one source into a "
                      "folder and name that");
    }
    const Import import = console.watching([&](const StageWatcher& watcher) {
      StageClock clock(2, watcher);
      clock.expect(kImportShares);
      const std::string stage = "read " + named->name;
      Import read = clock.stage(stage.c_str(), [&] {
        return import_files(named->format, {named->file}, DateOrder::kDayMonthYear,
                            [&](double share) { clock.progress(share); });
      });
      // What is refused is listed where it can be read after a temporary folder is gone.
      check_rejects(read, max_rejected_share, temporary_ ? fs::path(".") : folder);
      check_people(read, one, need);
      fs::create_directories(folder_);
      clock.stage("write tables", [&] { write_canonical(folder, read, named->format); });
      return read;
    });
    console.note("  " + named->name + ": " + import_line(import, named->format));
    const std::string person = (folder / "person.csv").string();
    typed_.emplace(person, named->format + ":" + named->file);
    resolved.push_back(named->name + "=" + person);
  }
  return resolved;
}

std::string ImportedFiles::typed_as(const std::string& path) const {
  const auto found = typed_.find(path);
  return found == typed_.end() ? path : found->second;
}

}  // namespace tessera
