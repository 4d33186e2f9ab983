#include "cli/verdict_file.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <span>

#include "data/error.hpp"
#include "data/source_reader.hpp"
#include "registry/decisions.hpp"
#include "registry/records.hpp"

namespace tessera {
namespace {

/// The columns of a file of verdicts.
struct VerdictColumns {
  std::size_t record = 0;
  std::size_t other = 0;
  std::size_t verdict = 0;
  std::size_t reason = 0;
  bool has_reason = false;
};

VerdictColumns find_columns(std::span<const std::string> names, const std::string& path) {
  const auto find = [&](std::string_view name) {
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
  };
  VerdictColumns columns{find("record"), find("other_record"), find("verdict"), find("reason"),
                         false};
  columns.has_reason = columns.reason < names.size();
  if (std::max({columns.record, columns.other, columns.verdict}) >= names.size()) {
    throw Error(ErrorCode::kUsage, path,
                "needs the columns record, other_record and verdict (and may have reason)");
  }
  return columns;
}

}  // namespace

bool is_match_word(const std::string& word, const std::string& where) {
  if (word == "match") return true;
  if (word == "non-match") return false;
  throw Error(ErrorCode::kUsage, where, "the verdict is 'match' or 'non-match'");
}

std::vector<PairVerdict> read_verdict_file(const std::filesystem::path& path) {
  SourceSpec file;
  file.path = path;
  const auto reader = open_source(file);
  const VerdictColumns at = find_columns(reader->columns(), path.string());
  std::vector<std::size_t> wanted = {at.record, at.other, at.verdict};
  if (at.has_reason) wanted.push_back(at.reason);
  reader->select(wanted);
  std::vector<PairVerdict> verdicts;
  for (auto batch = reader->next({}); batch; batch = reader->next(std::move(*batch))) {
    if (!batch->faults.empty()) {
      throw Error(ErrorCode::kUsage,
                  path.string() + ":" + std::to_string(batch->faults.front().line),
                  "is not a well-formed row; nothing was taken from the file");
    }
    for (std::size_t row = 0; row < batch->row_count(); ++row) {
      const auto text = [&](std::size_t c) {
        return std::string(batch->text_of(batch->fields[c][row]));
      };
      const std::string where = path.string() + ", decision " + std::to_string(verdicts.size() + 1);
      verdicts.push_back({text(0), text(1), is_match_word(text(2), where),
                          at.has_reason ? text(3) : std::string()});
    }
  }
  return verdicts;
}

StoredVerdicts read_stored_verdicts(Store& store) {
  StoredVerdicts out;
  for (const Decision& decision : decisions_in_force(store)) {
    if (decision.stale) {
      ++out.stale;
      continue;
    }
    out.verdicts.push_back({record_name(store, decision.row),
                            record_name(store, decision.other_row),
                            decision.match,
                            {}});
  }
  return out;
}

bool is_registry_file(const std::filesystem::path& path) {
  constexpr std::string_view kMagic = "SQLite format 3";
  std::array<char, kMagic.size()> head{};
  std::ifstream file(path, std::ios::binary);
  file.read(head.data(), head.size());
  return file && std::string_view(head.data(), head.size()) == kMagic;
}

}  // namespace tessera
