// What the columns of an extract hold, before anything is linked: how full, how varied, and what in
// them will mislead.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "data/spec.hpp"
#include "engine/pipeline.hpp"

namespace tessera {

/// A value or a name, and the records that have it.
struct CountedText {
  std::string text;
  std::uint64_t records = 0;

  friend bool operator==(const CountedText&, const CountedText&) = default;
};

/// Values of a column that are no evidence or were damaged.
struct SuspiciousValues {
  std::string what;                        ///< In the user's words: `says that there is no value`.
  std::uint64_t records = 0;               ///< That hold one of them.
  std::uint64_t values = 0;                ///< Distinct.
  std::vector<CountedText> most_frequent;  ///< At most three.
};

struct ColumnReport {
  std::string name;
  std::string kind;  ///< Guessed: a kind's name; `record id`.
  /// What zero config makes of it: `attribute given_name`, `not used: …`.
  std::string use;
  std::uint64_t filled = 0;                ///< Rows with any text.
  std::uint64_t distinct = 0;              ///< Distinct texts.
  std::vector<CountedText> most_frequent;  ///< Of the texts that occur twice or more, at most five.
  std::vector<SuspiciousValues> suspicious;
  std::vector<CountedText> scripts;       ///< Of columns in letters, by name; most frequent first.
  std::vector<CountedText> date_formats;  ///< Of dates: `yyyy-mm-dd`, `dd/mm/yyyy`, …; likewise.
};

struct FileReport {
  std::string name;
  std::string path;
  std::string format;
  std::uint64_t rows = 0;             ///< Well formed.
  std::uint64_t bad_rows = 0;         ///< That linking would reject for their form.
  std::vector<ColumnReport> columns;  ///< In file order.
};

struct ProfileOptions {
  /// Values that fewer records hold are not told; 0: all are. For profiles that leave the house.
  std::uint64_t least_holders = 0;
};

/// Fewest holders of a value that a shared profile tells: a common floor of statistical offices
/// ("ten or fewer" is withheld, as by the US Centers for Medicare & Medicaid Services).
inline constexpr std::uint64_t kSharedHolders = 11;

/// Profiles whole files; `watcher` is told of each, which should take as long as it is large. Kinds
/// are guessed as zero config does, from all files together. The same report in any order of the
/// rows beyond the first 10,000. Throws Error as read_sources does but for rejects. Cost: one pass
/// over each file; every distinct value is cleaned once. Memory: the distinct values of all columns
/// of one file.
std::vector<FileReport> profile_files(std::span<const SourceSpec> files,
                                      const ProfileOptions& options,
                                      const StageWatcher& watcher = {});

}  // namespace tessera
