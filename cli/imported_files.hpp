// Files typed as NAME=FORMAT:FILE: imported, so that what follows reads their person.csv.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/console.hpp"
#include "exchange/import.hpp"

namespace tessera {

/// `client=fhir:patients.ndjson` in its parts.
struct TypedFormat {
  std::string name;  ///< Of the source; from the file's name where none was typed.
  std::string format;
  std::string file;
};

/// nullopt where no format is named. Throws Error(kUsage) for a word before a colon that is no
/// format, unless a file has that name.
std::optional<TypedFormat> typed_format(const std::string& typed);

/// Throws Error(kRefused) if more than this share of the records was rejected (default 0.001), and
/// before that writes rejects.csv into `folder`. The message tells the first reason.
void check_rejects(const Import& import, std::optional<double> max_share,
                   const std::filesystem::path& folder);

/// One line: what an import found, for a console.
std::string import_line(const Import& import, std::string_view format);

/// What a command needs of a source.
enum class SourceNeed {
  kPeople,            ///< Persons.
  kPeopleOrFamilies,  ///< Persons, or families with somebody in them.
};

/// Imports what is typed with a format, each into a folder of its source's name.
class ImportedFiles {
 public:
  /// `folder`: where the tables stay; empty: a temporary folder that goes with this object.
  explicit ImportedFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}
  ~ImportedFiles();
  ImportedFiles(const ImportedFiles&) = delete;
  ImportedFiles& operator=(const ImportedFiles&) = delete;

  /// `typed`, with NAME=…/person.csv in place of NAME=FORMAT:FILE. Throws Error as import_files and
  /// check_rejects; kUsage where a source has not what is needed of it.
  std::vector<std::string> resolve(const std::vector<std::string>& typed,
                                   std::optional<double> max_rejected_share, Console& console,
                                   SourceNeed need = SourceNeed::kPeople);

  /// What was typed for a path that `resolve` gave; the path itself otherwise.
  std::string typed_as(const std::string& path) const;

 private:
  std::filesystem::path folder_;
  bool temporary_ = false;
  std::map<std::string, std::string> typed_;
};

}  // namespace tessera
