// People's verdicts on pairs of records, as a file or a registry holds them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace tessera {

class Store;

/// One verdict; records as SOURCE:RECORD_ID.
struct PairVerdict {
  std::string record;
  std::string other_record;
  bool is_match = false;
  std::string reason;  ///< Empty where none is given.
};

/// Whether a word is the verdict `match` and not `non-match`. Throws Error(kUsage), naming `where`,
/// for any other.
bool is_match_word(const std::string& word, const std::string& where);

/// The verdicts of a file with the columns record, other_record, verdict and, maybe, reason. Throws
/// Error as reading does; kUsage for a missing column, a bad row or another word.
std::vector<PairVerdict> read_verdict_file(const std::filesystem::path& path);

/// The decisions in force of a registry, stale ones left out; `stale`: how many those were.
struct StoredVerdicts {
  std::vector<PairVerdict> verdicts;
  std::size_t stale = 0;
};
StoredVerdicts read_stored_verdicts(Store& store);

/// Whether a file is a registry's and no table of rows.
bool is_registry_file(const std::filesystem::path& path);

}  // namespace tessera
