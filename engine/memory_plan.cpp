#include "engine/memory_plan.hpp"

#include "data/error.hpp"

namespace tessera {
namespace {

constexpr std::uint64_t kMebibyte = std::uint64_t{1} << 20;
constexpr std::uint64_t kProgramBytes =
    96 * kMebibyte;  // code, libraries, buffers of readers and writers
constexpr std::uint64_t kLinkBytes = 40;
constexpr std::uint64_t kLinksPerRecord = 3;
constexpr std::uint64_t kRowKeyBytes = 16;

}  // namespace

MemoryPlan plan_memory(const Table& table, const JobSpec& job) {
  const std::uint64_t rows = table.size();
  MemoryPlan plan;
  plan.table_bytes = kProgramBytes;
  std::uint64_t values = 0;
  for (const Column& column : table.columns) {
    plan.table_bytes += column.values.size_bytes() + column.raw_values.size_bytes();
    plan.table_bytes += 2 * sizeof(Code) * rows + sizeof(std::uint32_t) * column.counts.size();
    values += column.values.size();
  }
  plan.table_bytes += rows * 24;  // record ids, sources
  // Every rule keeps one number a row; while a rule is grouped there are its keys and its blocks'
  // rows, for words more than one a row.
  plan.blocking_bytes = rows * sizeof(std::uint32_t) * job.rules.size() + 2 * kRowKeyBytes * rows;
  plan.comparing_bytes = values * 24 + 2 * rows * kLinksPerRecord * kLinkBytes + rows * 16;
  return plan;
}

void refuse_if_too_small(const MemoryPlan& plan, const RunLimits& limits) {
  if (limits.memory_bytes == 0 || plan.total_bytes() <= limits.memory_bytes) return;
  throw Error(ErrorCode::kResource, "--memory",
              "this job needs about " + std::to_string(plan.total_bytes() / kMebibyte + 1) +
                  " MiB and the ceiling is " + std::to_string(limits.memory_bytes / kMebibyte) +
                  " MiB; raise the ceiling or link fewer sources at once");
}

}  // namespace tessera
