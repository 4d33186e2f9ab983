#include "exchange/formats.hpp"

#include <algorithm>
#include <fstream>

#include "data/error.hpp"
#include "engine/propose_names.hpp"
#include "exchange/canonical_reader.hpp"
#include "exchange/dci_reader.hpp"
#include "exchange/fhir_reader.hpp"
#include "exchange/input_files.hpp"
#include "exchange/mosip.hpp"
#include "exchange/opencrvs_bundle.hpp"
#include "exchange/opencrvs_events.hpp"
#include "exchange/openimis_tables.hpp"
#include "exchange/person_list.hpp"

namespace tessera {
namespace {

using Files = std::vector<std::filesystem::path>;

void for_each(const Files& files, Import& import, void (*read)(Node& document, Import& import)) {
  for (const std::filesystem::path& file : files) {
    for_each_document(file, import, [&](Node& document) { read(document, import); });
  }
}

void import_fhir(const Files& files, Import& import) {
  for_each(files, import, read_fhir);
}

void import_dci(const Files& files, Import& import) {
  for_each(files, import, read_dci);
}

void read_opencrvs(Node& document, Import& import) {
  if (document.kind == Node::Kind::kArray) {
    for (Node& inner : document.children) read_opencrvs(inner, import);
  } else if (is_event_log(document)) {
    read_event_log(document, import);
  } else if (is_opencrvs_bundle(document)) {
    read_opencrvs_bundle(document, import);
  } else {
    import.reject("", "is neither a document bundle (1.x) nor a log of actions (2.x)");
  }
}

void import_opencrvs(const Files& files, Import& import) {
  for_each(files, import, read_opencrvs);
}

// A table of places or facilities has names too; people have something more.
void check_people(const std::filesystem::path& file) {
  bool named = false;
  for (const std::string& name : column_names(file)) {
    const std::string_view column = list_column(name);
    if (column == "full_name") {
      named = true;
    } else if (!column.empty() || list_identifier(name)) {
      return;
    }
  }
  if (!named) return;
  throw Error(ErrorCode::kUsage, file.string(),
              "has names and nothing else that people have (birth date, sex, phone, a number): it "
              "is no list of people, or its columns are called otherwise; rename them");
}

void import_list(const Files& files, Import& import) {
  for (const std::filesystem::path& file : files) {
    if (is_document(file)) {
      for_each_document(file, import,
                        [&](Node& document) { read_list_document(document, import); });
    } else {
      check_people(file);
      for_each_row(file, import, [&](Node& row) {
        read_list_row(row, import);
        import.end_document(row, "row");
      });
    }
  }
}

void import_social_protection(const Files& files, Import& import) {
  for (const std::filesystem::path& file : files) {
    const std::vector<std::string> columns = column_names(file);
    for (const char* wanted : {"firstname", "lastname", "dob"}) {
      const bool there = std::any_of(columns.begin(), columns.end(), [&](const std::string& name) {
        return compact_name(name) == wanted;
      });
      if (there) continue;
      throw Error(ErrorCode::kUsage, file.string(),
                  "has not the columns first_name, last_name and dob of a social protection "
                  "upload; a list with other columns is read as list:FILE");
    }
  }
  import_list(files, import);
}

constexpr ExchangeFormat kFormats[] = {
    {"fhir", "FHIR R4 (openIMIS, OpenCR, IHE PIXm and PMIR): bundles, pages, NDJSON, XML",
     import_fhir},
    {"openimis-tables", "openIMIS tables as CSV: tblInsuree, tblFamilies, tblPolicy, tblClaim, …",
     import_openimis_tables},
    {"social-protection", "openIMIS individual and group uploads (CSV)", import_social_protection},
    {"opencrvs", "OpenCRVS events: 1.x document bundles, 2.x logs of actions", import_opencrvs},
    {"dci", "SPDCI 1.0.0 messages: persons, members, groups, beneficiaries", import_dci},
    {"mosip", "MOSIP identities, with identity-mapping.json and location.csv", import_mosip},
    {"list", "people in CSV, Parquet or JSON (OpenG2P, OpenSPP, SoSYS, GovStack)", import_list},
    {"canonical", "the canonical tables that `tessera import` wrote, read again",
     import_canonical}};

// Of an import's time, what reading takes; the rest sorts and merges rows.
constexpr double kReadShare = 0.8;

// About how many documents a file holds: one a line. 0 where the lines cannot be counted for
// little: of a packed file and of a pipe. A pass over the file, a hundredth of what reading costs.
std::uint64_t count_lines(const std::filesystem::path& file) {
  std::error_code unseen;
  if (file.extension() == ".gz" || !std::filesystem::is_regular_file(file, unseen)) return 0;
  std::ifstream input(file, std::ios::binary);
  std::vector<char> part(std::size_t{1} << 18);
  std::uint64_t lines = 0;
  while (input.read(part.data(), static_cast<std::streamsize>(part.size())) || input.gcount() > 0) {
    const auto end = part.begin() + input.gcount();
    lines += static_cast<std::uint64_t>(std::count(part.begin(), end, '\n'));
  }
  return lines;
}

/// Tells how much of the files was read, by their documents.
class ReadingWatch {
 public:
  ReadingWatch(const Files& files, const ImportProgress& progress) : progress_(progress) {
    for (const std::filesystem::path& file : files) lines_ += count_lines(file);
  }

  void document_read() {
    // A format that goes through its files twice is told of once.
    if (++documents_ % kTellEvery != 0 || documents_ > lines_) return;
    progress_(kReadShare * static_cast<double>(documents_) / static_cast<double>(lines_));
  }

 private:
  static constexpr std::uint64_t kTellEvery = 1024;

  const ImportProgress& progress_;
  std::uint64_t lines_ = 0;
  std::uint64_t documents_ = 0;
};

}  // namespace

std::span<const ExchangeFormat> exchange_formats() {
  return kFormats;
}

const ExchangeFormat* find_format(std::string_view name) {
  for (const ExchangeFormat& format : kFormats) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

Import import_files(std::string_view format, const std::vector<std::filesystem::path>& files,
                    DateOrder dates, const ImportProgress& progress) {
  const ExchangeFormat* found = find_format(format);
  if (found == nullptr) {
    std::string known;
    for (const ExchangeFormat& one : kFormats) {
      known += known.empty() ? "" : ", ";
      known += one.name;
    }
    throw Error(ErrorCode::kUsage, std::string(format), "is no format; known are " + known);
  }
  Import import(dates);
  const Files listed = list_files(files);
  std::optional<ReadingWatch> watch;
  if (progress) {
    watch.emplace(listed, progress);
    const auto look = [&watch](const Node&) { watch->document_read(); };
    import.on_document(look);
  }
  found->import(listed, import);
  import.on_document({});
  if (progress) progress(kReadShare);
  import.finish();
  if (progress) progress(1.0);
  return import;
}

}  // namespace tessera
