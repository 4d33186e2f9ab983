#include "report/wrong_pairs.hpp"

#include <fmt/format.h>

#include <string>

namespace tessera {
namespace {

struct Sort {
  const char* id;
  const char* title;
  const char* says;
};

constexpr Sort kFalseLink = {"false-link", "A false link",
                             "By the truth these are two persons, yet the pair is a link."};
constexpr Sort kMissedNearly = {
    "missed-nearly", "A link missed nearly",
    "By the truth this is one person; of the pairs missed it is among the heaviest."};
constexpr Sort kMissedByFar = {
    "missed-by-far", "A link missed by far",
    "By the truth this is one person; of the pairs missed it is among the lightest."};

}  // namespace

bool has_rows_of(const LinkedJob& linked, const JobResult& result) {
  const Table& table = linked.table();
  if (table.size() != result.size() || table.sources.size() != result.sources.size()) return false;
  for (std::size_t s = 0; s < result.sources.size(); ++s) {
    if (table.sources[s].name != result.sources[s]) return false;
  }
  for (Row row = 0; row < result.size(); ++row) {
    if (table.row_source[row] != result.row_source[row]) return false;
    if (table.record_ids[row] != result.record_ids[row]) return false;
  }
  return true;
}

std::vector<PairChart> explain_wrong_pairs(const LinkedJob& linked, const WrongPairs& wrong) {
  std::vector<PairChart> charts;
  const auto add = [&](const std::vector<WrongPair>& pairs, const Sort& sort) {
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      const WrongPair& pair = pairs[i];
      std::string says = sort.says;
      if (&sort == &kFalseLink) {
        says += pair.in_one_entity ? " Its records are in one entity."
                                   : " Clustering kept its records apart all the same.";
      }
      charts.push_back({fmt::format("{}-{}", sort.id, i + 1),
                        fmt::format("{} ({})", sort.title, i + 1), std::move(says),
                        linked.explain_weight(pair.left, pair.right)});
    }
  };
  add(wrong.false_links, kFalseLink);
  add(wrong.missed_nearly, kMissedNearly);
  add(wrong.missed_by_far, kMissedByFar);
  return charts;
}

}  // namespace tessera
