// Bytes a record, as the structures are declared: a code or block number 4, a link 32. What cannot
// be counted yet — links, keys of words — is taken from above: generated registries of a million
// records stay a tenth under the plan, small ones further.
#include "engine/memory_plan.hpp"

#include <algorithm>
#include <filesystem>

#include "data/error.hpp"
#include "engine/cold_columns.hpp"

namespace tessera {
namespace {

constexpr std::uint64_t kMebibyte = std::uint64_t{1} << 20;
constexpr std::uint64_t kProgramBytes =
    64 * kMebibyte;  // code, libraries, buffers of readers and writers
constexpr std::uint64_t kTrainingRules = 2;

std::uint64_t in_vectors(std::uint64_t numbers) {
  return (numbers + 3) / 4 * 16;
}

bool gives_several(const BlockingRule& rule) {
  return std::any_of(rule.parts.begin(), rule.parts.end(), [](const KeyPart& part) {
    return part.function == KeyFunction::kTokens || part.with.has_value();
  });
}

// Of one rule after another: a number a row; where a row has several keys, places and three
// numbers.
std::uint64_t block_number_bytes(const JobSpec& job) {
  std::uint64_t bytes = kTrainingRules * 4;
  for (const BlockingRule& rule : job.rules) bytes += gives_several(rule) ? 16 : 4;
  return bytes;
}

std::uint64_t bytes_of(const Table& table) {
  const std::uint64_t rows = table.size();
  std::uint64_t bytes = kProgramBytes + cold_bytes(table);
  for (const Column& column : table.columns) {
    bytes += column.values.size_bytes() + sizeof(Code) * column.codes.size();
    bytes += sizeof(std::uint32_t) * column.counts.size();
  }
  return bytes + sizeof(SourceId) * rows + sizeof(Code) * table.updated.size();
}

// What comparing keeps of a value: signature, date, rarity; of numbers hardly anything.
std::uint64_t prepared_bytes_of(Kind kind) {
  return kind == Kind::kIdentifier || kind == Kind::kPhone ? 12 : 60;
}

// The index of the index rule (index/value_index.hpp) with a search on each of two threads: words
// of rows both ways; of a value its words, some ten forms of each, and what searches note of it.
std::uint64_t index_bytes(const Table& table, const JobSpec& job) {
  if (!job.index_rule) return 0;
  constexpr std::uint64_t kWordBytes = 8;
  constexpr std::uint64_t kSearchBytes = 16;
  constexpr std::uint64_t kValueBytes = 150;
  constexpr std::uint64_t kPairBytes = 40;  // the pair, its block and its members
  std::uint64_t bytes = 0;
  for (const ComparisonSpec& comparison : job.comparisons) {
    bytes += table.columns[comparison.attribute].values.size() * kValueBytes;
  }
  const std::uint64_t words = job.comparisons.size() + 2;
  // Of records with few candidates there are mostly far fewer than one in four.
  const bool all = job.index_rule->few == IndexRule::kAll;
  const std::uint64_t pairs_of_four = job.index_rule->top * (all ? 4U : 1U);
  return bytes +
         table.size() * (words * kWordBytes + kSearchBytes + pairs_of_four * kPairBytes / 4);
}

std::string mebibytes(std::uint64_t bytes) {
  return std::to_string(bytes / kMebibyte) + " MiB";
}

bool fits(std::uint64_t bytes, const RunLimits& limits) {
  return limits.memory_bytes == 0 || bytes <= limits.memory_bytes;
}

[[noreturn]] void refuse(std::uint64_t bytes, const RunLimits& limits) {
  throw Error(ErrorCode::kResource, "--memory",
              "this job needs about " + mebibytes(bytes + kMebibyte) + " and the ceiling is " +
                  mebibytes(limits.memory_bytes) +
                  "; raise the ceiling, use fewer blocking rules or link fewer sources at once");
}

}  // namespace

std::uint64_t MemoryPlan::total_bytes() const {
  return table_bytes + std::max({blocking_bytes, scoring_bytes, merging_bytes});
}

std::uint64_t MemoryPlan::spilled_bytes() const {
  const std::uint64_t before = std::max(blocking_bytes, scoring_spilled_bytes);
  return table_bytes + std::max(before - std::min(before, cold_bytes), merging_bytes);
}

MemoryPlan plan_memory(const Table& table, const JobSpec& job) {
  constexpr std::uint64_t kKeyBytes = 64;      // a row's keys in the making, dealt and sorted
  constexpr std::uint64_t kMembersBytes = 24;  // two rules': rows, and where blocks start
  constexpr std::uint64_t kLinkBytes = 32;
  constexpr std::uint64_t kClusterBytes = 24;
  const std::uint64_t rows = table.size();
  const std::uint64_t numbers = block_number_bytes(job);
  std::uint64_t prepared_bytes = 0;
  for (const ComparisonSpec& comparison : job.comparisons) {
    const Column& column = table.columns[comparison.attribute];
    prepared_bytes += column.values.size() * prepared_bytes_of(column.kind);
  }
  MemoryPlan plan;
  plan.table_bytes = bytes_of(table);
  plan.cold_bytes = cold_bytes(table);
  plan.blocking_bytes = rows * (numbers + kKeyBytes);
  const std::uint64_t walked =
      16 + in_vectors(job.comparisons.size()) + in_vectors(job.rules.size() + kTrainingRules);
  const std::uint64_t besides = prepared_bytes + index_bytes(table, job);
  plan.scoring_bytes = rows * (numbers + walked + kMembersBytes + kLinkBytes) + besides;
  // While rows are laid out the numbers are there too; then the rows alone have them.
  const std::uint64_t kept = job.index_rule ? numbers : 0;  // for what the index rule adds to
  plan.scoring_spilled_bytes =
      rows * (kept + walked + std::max(numbers, kMembersBytes + kLinkBytes)) + besides;
  plan.merging_bytes = rows * (2 * kLinkBytes + kClusterBytes + 8 * job.attributes.size());
  return plan;
}

std::uint64_t least_memory_bytes(std::span<const SourceSpec> sources) {
  std::uint64_t bytes = 0;
  for (const SourceSpec& source : sources) {
    std::error_code fault;
    const auto size = std::filesystem::file_size(source.path, fault);
    if (!fault) bytes += size;
  }
  return kProgramBytes + bytes / 2;  // texts once, as distinct values, and a code for each
}

void refuse_if_too_small(const MemoryPlan& plan, const RunLimits& limits) {
  if (fits(plan.total_bytes(), limits)) return;
  refuse(plan.total_bytes(), limits);
}

bool must_spill(const MemoryPlan& plan, const RunLimits& limits) {
  if (fits(plan.total_bytes(), limits)) return false;
  if (!fits(plan.spilled_bytes(), limits)) refuse(plan.spilled_bytes(), limits);
  return true;
}

void refuse_if_too_small(std::span<const SourceSpec> sources, const RunLimits& limits) {
  const std::uint64_t least = least_memory_bytes(sources);
  if (limits.memory_bytes == 0 || least <= limits.memory_bytes) return;
  throw Error(ErrorCode::kResource, "--memory",
              "to hold these files alone takes at least " + mebibytes(least + kMebibyte) +
                  " and the ceiling is " + mebibytes(limits.memory_bytes) +
                  "; raise the ceiling or link fewer sources at once");
}

}  // namespace tessera
