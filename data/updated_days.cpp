#include "data/updated_days.hpp"

#include <algorithm>
#include <string>

#include "data/date.hpp"
#include "data/sort_unique.hpp"

namespace tessera {
namespace {

// The ISO texts of a block's update dates, by raw code; empty where the block has not the code.
std::vector<std::string> updated_texts(const RawTable& raw, const SourceRows& block,
                                       DateOrder order) {
  std::vector<bool> held(raw.updated_values.size(), false);
  for (Row row = block.begin; row < block.end; ++row) held[raw.updated[row]] = true;
  std::vector<std::string> texts(held.size());
  for (Code code = 1; code < held.size(); ++code) {
    if (!held[code]) continue;
    const Date date = parse_date(raw.updated_values[code], order).date;
    if (date.year != 0) texts[code] = edtf(date);
  }
  return texts;
}

}  // namespace

UpdatedDays clean_updated_days(const RawTable& raw, std::span<const SourceSpec> sources,
                               std::span<const SourceRows> blocks) {
  UpdatedDays updated;
  if (raw.updated.empty()) return updated;
  std::vector<std::vector<std::string>> texts;
  std::vector<std::string> days{std::string()};  // distinct, ascending: a day's place is its code
  for (const SourceRows& block : blocks) {
    texts.push_back(updated_texts(raw, block, sources[block.source].date_order));
    days.insert(days.end(), texts.back().begin(), texts.back().end());
  }
  sort_unique(days);
  for (std::size_t code = 1; code < days.size(); ++code) updated.days.append(days[code]);
  updated.codes.resize(raw.updated.size());
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    std::vector<Code> code_of(texts[b].size());
    for (std::size_t code = 0; code < code_of.size(); ++code) {
      const auto day = std::lower_bound(days.begin(), days.end(), texts[b][code]);
      code_of[code] = static_cast<Code>(day - days.begin());
    }
    for (Row row = blocks[b].begin; row < blocks[b].end; ++row) {
      updated.codes[row] = code_of[raw.updated[row]];
    }
  }
  return updated;
}

}  // namespace tessera
