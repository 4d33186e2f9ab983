// Every file has an order of its own, and no household is ever kept: an item is a household's
// first, second or third records in one registry, a keyed permutation says which item comes when,
// and a batch of items is made, its rows shuffled, and written in turn. Households are thus made
// anew for each file, which costs less than keeping them.
#include "generate/population.hpp"

#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_pipeline.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include "data/error.hpp"
#include "generate/block_file.hpp"
#include "generate/registry_rows.hpp"
#include "generate/streams.hpp"

namespace tessera {
namespace {

constexpr std::uint64_t kMaxRecords = 1'000'000'000;
constexpr std::uint64_t kItemsPerBatch = 8192;
constexpr std::uint64_t kTellEvery = 4096;  // households counted
constexpr std::size_t kBlockBytes = std::size_t{1} << 20;
constexpr std::array<Registry, kRegistries> kAllRegistries = {Registry::kClient, Registry::kSocial,
                                                              Registry::kCrvs};

/// How many households it takes, and what they add up to.
struct Census {
  std::uint64_t households = 0;  ///< Planned, those without a record included.
  std::uint64_t last_records =
      0;                         ///< That the last household may have, so that the total is exact.
  std::uint64_t population = 0;  ///< Persons planned, those without a record included.
  GenerateSummary summary;
};

/// Adds the household to the summary, and its twins to the rows of their file.
void count(const HouseholdPlan& plan, const IdBook& ids, GenerateSummary& summary,
           std::string& twins) {
  bool seen = false;
  std::array<bool, kMaxMembers> known{};
  for (std::size_t i = 0; i < plan.size; ++i) {
    const Member& member = plan.members[i];
    for (std::size_t r = 0; r < kRegistries; ++r) {
      summary.sources[r].records += member.copies[r];
      if (member.copies[r] > 0) {
        known[i] = true;
        summary.sources[r].duplicates += member.copies[r] - 1U;
      }
    }
    summary.persons += known[i] ? 1 : 0;
    seen = seen || known[i];
    if (known[i] && member.twin_of != kNoTwin && known[member.twin_of]) {
      summary.twins += 2;
      twins += ids.entity_id(person_number(plan.number, member.twin_of)) + "," +
               ids.entity_id(person_number(plan.number, i)) + "\n";
    }
  }
  summary.households += seen ? 1 : 0;
}

Census take_census(const GenerateOptions& options, BlockFile& twins) {
  Census census;
  const IdBook ids(options.seed);
  std::string twin_rows;
  std::uint64_t records = 0;
  while (records < options.records) {
    if (options.progress && census.households % kTellEvery == 0) {
      options.progress({0, static_cast<double>(records) / static_cast<double>(options.records)});
    }
    HouseholdPlan plan = plan_household(options.seed, census.households++, options.twin_births);
    census.last_records = std::min(plan.records(), options.records - records);
    plan = cut_to_records(plan, census.last_records);
    records += census.last_records;
    census.population += plan.size;
    count(plan, ids, census.summary, twin_rows);
    if (twin_rows.size() > kBlockBytes || records == options.records) {
      twins.append(twin_rows);
      twin_rows.clear();
    }
  }
  census.summary.records = records;
  return census;
}

/// What every batch needs.
struct Job {
  explicit Job(const GenerateOptions& options, const Census& taken)
      : census(taken),
        twin_births(options.twin_births),
        world(options.seed, taken.population),
        ids(options.seed) {}

  const Census& census;
  double twin_births;
  World world;
  IdBook ids;

  HouseholdPlan plan(std::uint64_t household) const {
    HouseholdPlan made = plan_household(world.seed, household, twin_births);
    if (household + 1 == census.households) made = cut_to_records(made, census.last_records);
    return made;
  }
};

struct Batch {
  std::string rows;
  std::string truth;
};

/// Rows of one batch, end to end in the order made, to be read out in another.
class RowHeap {
 public:
  std::string& rows() { return rows_; }
  std::string& truth() { return truth_; }
  void end_row() { ends_.push_back({rows_.size(), truth_.size()}); }

  /// All rows, shuffled (Fisher–Yates).
  Batch shuffled(Random& random) const {
    std::vector<std::uint32_t> order(ends_.size());
    for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
    for (std::size_t i = order.size(); i > 1; --i) {
      std::swap(order[i - 1], order[random.index(i)]);
    }
    Batch batch;
    batch.rows.reserve(rows_.size());
    batch.truth.reserve(truth_.size());
    for (const std::uint32_t row : order) {
      const Ends begin = row == 0 ? Ends{0, 0} : ends_[row - 1];
      batch.rows.append(rows_, begin.row, ends_[row].row - begin.row);
      batch.truth.append(truth_, begin.truth, ends_[row].truth - begin.truth);
    }
    return batch;
  }

 private:
  struct Ends {
    std::size_t row;
    std::size_t truth;
  };
  std::string rows_;
  std::string truth_;
  std::vector<Ends> ends_;
};

/// Adds the household's records number `copy` in the registry, if it has any.
void add_records(RowHeap& heap, const Job& job, const HouseholdPlan& plan, Registry registry,
                 std::size_t copy) {
  std::optional<Household> household;  // made only for those that have a record
  const auto place = static_cast<std::size_t>(registry);
  for (std::size_t member = 0; member < plan.size; ++member) {
    if (plan.members[member].copies[place] <= copy) continue;
    if (!household) household = make_household(plan, job.world);
    const std::uint64_t person = person_number(plan.number, member);
    const std::string id = job.ids.record_id(registry, person, copy);
    append_row(heap.rows(), registry, write_entry(job.world, *household, {registry, member, copy}),
               id, job.ids);
    heap.truth().append(registry_name(registry)).append(1, ',').append(id).append(1, ',');
    heap.truth().append(job.ids.entity_id(person)).append(1, '\n');
    heap.end_row();
  }
}

Batch make_batch(const Job& job, Registry registry, const KeyedPermutation& order,
                 std::uint64_t number) {
  RowHeap heap;
  const std::uint64_t begin = number * kItemsPerBatch;
  const std::uint64_t end = std::min(begin + kItemsPerBatch, order.size());
  for (std::uint64_t i = begin; i < end; ++i) {
    const std::uint64_t item = order(i);
    const HouseholdPlan plan = job.plan(item / kMaxCopies);
    add_records(heap, job, plan, registry, item % kMaxCopies);
  }
  const auto purpose = static_cast<std::uint64_t>(registry);
  Random random(stream_seed(job.world.seed, kRowOrderStream, number * kRegistries + purpose));
  return heap.shuffled(random);
}

/// Writes one registry's file and its part of the truth; tells `report` the share that is done.
void write_registry(const Job& job, Registry registry, BlockFile& file, BlockFile& truth,
                    std::size_t threads, const std::function<void(double)>& report) {
  const auto place = static_cast<std::uint64_t>(registry);
  const KeyedPermutation order(job.census.households * kMaxCopies,
                               stream_seed(job.world.seed, kHouseholdOrder, place));
  const std::uint64_t batches = (order.size() + kItemsPerBatch - 1) / kItemsPerBatch;
  std::uint64_t next = 0;
  std::uint64_t appended = 0;  // batches
  report(0.0);
  file.append(header_line(registry));
  // Batches are made in parallel and written in their order; the number of tokens bounds those in
  // memory.
  tbb::parallel_pipeline(
      2 * threads,
      tbb::make_filter<void, std::uint64_t>(tbb::filter_mode::serial_in_order,
                                            [&](tbb::flow_control& control) -> std::uint64_t {
                                              if (next == batches) control.stop();
                                              return next++;
                                            }) &
          tbb::make_filter<std::uint64_t, std::shared_ptr<Batch>>(
              tbb::filter_mode::parallel,
              [&](std::uint64_t number) {
                return std::make_shared<Batch>(make_batch(job, registry, order, number));
              }) &
          tbb::make_filter<std::shared_ptr<Batch>, void>(
              tbb::filter_mode::serial_in_order, [&](const std::shared_ptr<Batch>& batch) {
                file.append(batch->rows);
                truth.append(batch->truth);
                report(static_cast<double>(++appended) / static_cast<double>(batches));
              }));
}

void check(const GenerateOptions& options) {
  if (options.folder.empty()) {
    throw Error(ErrorCode::kUsage, "folder", "no folder is given; name one to write the files to");
  }
  if (options.records == 0 || options.records > kMaxRecords) {
    throw Error(ErrorCode::kUsage, "records",
                "must be from 1 to 1000000000, so that ids stay unique; choose another size");
  }
  if (!(options.twin_births >= 0 && options.twin_births <= 0.5)) {
    throw Error(ErrorCode::kUsage, "twins",
                "must be from 0 to 0.5, the share of births that are of twins; 0.015 is usual");
  }
  std::error_code failed;
  std::filesystem::create_directories(options.folder, failed);
  if (failed) {
    throw Error(ErrorCode::kResource, options.folder.string(),
                "cannot make the folder (" + failed.message() + "); choose another");
  }
}

}  // namespace

GenerateSummary generate_registries(const GenerateOptions& options) {
  check(options);
  BlockFile twins(options.folder / "twins.csv");
  twins.append(kTwinsHeader);
  const Census census = take_census(options, twins);
  const Job job(options, census);
  GenerateSummary summary = census.summary;
  summary.villages = job.world.places.villages();
  summary.truth = options.folder / "truth.csv";
  summary.twin_pairs = options.folder / "twins.csv";

  BlockFile truth(summary.truth);
  truth.append(kTruthHeader);
  std::vector<std::unique_ptr<BlockFile>> files;
  GenerateProgress progress;
  for (std::size_t r = 0; r < kRegistries; ++r) {
    progress.records[r] = summary.sources[r].records;
  }
  const int threads =
      options.threads == 0 ? tbb::info::default_concurrency() : static_cast<int>(options.threads);
  // An arena alone may not have more threads than there are cores.
  const tbb::global_control allowed(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(threads));
  tbb::task_arena arena(threads);
  for (const Registry registry : kAllRegistries) {
    GenerateSummary::Source& source = summary.sources[static_cast<std::size_t>(registry)];
    source.name = registry_name(registry);
    source.path = options.folder / (source.name + ".csv");
    files.push_back(std::make_unique<BlockFile>(source.path));
    ++progress.step;
    const auto report = [&](double share_done) {
      progress.share_done = share_done;
      if (options.progress) options.progress(progress);
    };
    arena.execute([&] {
      write_registry(job, registry, *files.back(), truth, static_cast<std::size_t>(threads),
                     report);
    });
  }
  for (const auto& file : files) file->commit();
  truth.commit();
  twins.commit();
  return summary;
}

}  // namespace tessera
