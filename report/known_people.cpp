#include "report/known_people.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <utility>

#include "data/count_text.hpp"
#include "data/digest.hpp"
#include "data/error.hpp"
#include "data/section_file.hpp"
#include "engine/expected_times.hpp"
#include "engine/job_aids.hpp"
#include "engine/resolve.hpp"
#include "engine/stage_clock.hpp"
#include "registry/ledger.hpp"
#include "registry/maintain.hpp"
#include "registry/records.hpp"
#include "registry/sha256.hpp"
#include "registry/store.hpp"
#include "report/job_folder.hpp"

namespace tessera {
namespace {

// Raised with any change to what is kept or to how it is made.
constexpr int kFormat = 1;

// Seconds, from a million generated records.
constexpr double kReadRecord = 2.0e-6;
constexpr double kIndexRecord = 4.0e-6;
constexpr double kKeepRecord = 0.5e-6;

std::string stamp_start(const char* kind) {
  return std::string(kind) + " " + std::to_string(kFormat) + " " + TESSERA_VERSION;
}

std::string file_digest(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  Digest digest;
  std::array<char, 1 << 16> buffer;
  while (file.read(buffer.data(), buffer.size()) || file.gcount() > 0) {
    digest.update({buffer.data(), static_cast<std::size_t>(file.gcount())});
  }
  return digest.hex();
}

// What a folder's look-ups are made from, its sources aside.
std::string stamp_of_folder(const std::filesystem::path& folder) {
  std::string stamp = stamp_start("folder");
  for (const char* name : {"job.toml", "model.json", "run.json", "crosswalk.csv"}) {
    stamp += " " + file_digest(folder / name);
  }
  return stamp;
}

// The last event that told of records, identities or a model: decisions of reviewers aside, which
// change what is known of records only when they are applied.
std::string stamp_of_store(Store& store) {
  Statement last = store.database().prepare(
      "SELECT seq, hash FROM event WHERE kind NOT IN (?, ?) ORDER BY seq DESC LIMIT 1");
  last.bind(0, static_cast<std::int64_t>(EventKind::kDecision));
  last.bind(1, static_cast<std::int64_t>(EventKind::kWithdrawn));
  std::string stamp = stamp_start("store");
  if (!last.step()) return stamp;
  Sha256 hash{};
  std::ranges::copy(last.text(1).substr(0, hash.size()), hash.begin());
  return stamp + " " + std::to_string(last.number(0)) + " " + hex_text(hash);
}

// The state of a source's file; empty: it is not there.
std::string state_of_file(const std::filesystem::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return {};
  return std::to_string(status.st_size) + " " + std::to_string(status.st_mtim.tv_sec) + "." +
         std::to_string(status.st_mtim.tv_nsec);
}

// The kept file of one set of records.
struct KeptFile {
  std::filesystem::path path;
  std::string stamp;
  std::filesystem::path like;  // whose readers may read it
};

// Sets all but job and model; false, and why, where the file cannot serve. A source's file that is
// there must be the one that was read; one that is gone is not missed.
bool take_kept(const KeptFile& kept, KnownPeople& people, SectionFault& fault) {
  std::optional<SectionReader> from = SectionReader::open(kept.path, kept.stamp, fault);
  if (!from) return false;
  const std::uint64_t sources = from->take_number();
  for (std::uint64_t s = 0; s < sources; ++s) {
    const std::string then = from->take_text();
    const std::string now = s < people.records.job.sources.size()
                                ? state_of_file(people.records.job.sources[s].path)
                                : std::string();
    if (now.empty() || then == now) continue;
    fault = SectionFault::kOtherStamp;
    return false;
  }
  people.changes.resize(from->take_number());
  for (std::string& change : people.changes) change = from->take_text();
  people.records.references = decode_references(from->take_text(), kept.path.string());
  take_records(*from, people.records);
  return true;
}

// Keeps them for the next look-up, if the disk lets it.
void keep(const KeptFile& kept, std::span<const std::string> source_states, SectionFault fault,
          KnownPeople& people) {
  const std::string name = kept.path.string();
  try {
    SectionWriter into(kept.path, kept.like);
    into.put(source_states.size());
    for (const std::string& state : source_states) into.put(std::string_view(state));
    into.put(people.changes.size());
    for (const std::string& change : people.changes) into.put(std::string_view(change));
    into.put(std::string_view(encode_references(people.records.references)));
    put_records(people.records, into);
    const std::uint64_t bytes = into.finish(kept.stamp);
    const char* const why = fault == SectionFault::kAbsent       ? "made: "
                            : fault == SectionFault::kOtherStamp ? "brought up to date: "
                                                                 : "damaged, so made anew: ";
    people.note = name + " " + why + size_text(bytes) + "; the next look-up starts at once";
  } catch (const Error& error) {
    people.note =
        "the index is not kept, so the next look-up makes it again: " + std::string(error.what());
  }
}

// Reading and cleaning records, indexing them, keeping the file.
std::array<double, 3> expected_s(double records) {
  return {records * kReadRecord, records * kIndexRecord, records * kKeepRecord};
}

KnownPeople people_of_folder(const std::filesystem::path& folder, std::span<const SourceSpec> files,
                             const RunLimits& limits, const StageWatcher& watcher) {
  KnownPeople people;
  FolderJob of_folder = read_folder_job(folder, files);
  people.records.job = std::move(of_folder.job);
  people.records.model = std::move(of_folder.model);
  const KeptFile kept{folder / kLookUpFile, stamp_of_folder(folder), folder / "golden.csv"};
  SectionFault fault = SectionFault::kNone;
  if (take_kept(kept, people, fault)) return people;
  std::vector<std::string> states;
  for (const SourceSpec& source : people.records.job.sources) {
    states.push_back(state_of_file(source.path));
  }
  StageClock clock(3, watcher);
  clock.expect(expected_s(static_cast<double>(rows_by_size(people.records.job.sources))));
  JobFolder read = clock.stage("read records", [&] {
    return read_job_folder(folder, files, limits, ResultParts::kWithoutPairs);
  });
  people.changes = std::move(read.changes);
  std::vector<Code> entity(read.clean.table.size(), kMissing);
  for (Row row = 0; row < read.result.size(); ++row) {
    if (read.row_of[row] != JobFolder::kNoRow) {
      entity[read.row_of[row]] = read.result.entity[row] + 1;
    }
  }
  clock.expect(expected_s(static_cast<double>(read.clean.table.size())));
  people.records = clock.stage("index records", [&] {
    References references;
    references.frequencies =
        learn_frequencies(read.clean.table, read.model, compared_columns(read.job));
    references.cleaning = std::move(read.clean.knowledge);
    return know_records(std::move(read.job), std::move(read.model), std::move(references),
                        std::move(read.clean.table), std::move(entity),
                        std::move(read.result.entity_ids), limits);
  });
  clock.stage("keep the index", [&] { keep(kept, states, fault, people); });
  return people;
}

KnownPeople people_of_store(const std::filesystem::path& path, const RunLimits& limits,
                            const StageWatcher& watcher) {
  Store store(path, Store::Access::kRead);
  Transaction transaction(store.database(), Transaction::Kind::kRead);
  std::optional<PinnedModel> pinned = store.pinned_model();
  if (!pinned) {
    throw Error(ErrorCode::kUsage, path.string(),
                "has no model yet, so nothing can be weighed; run `tessera apply` first");
  }
  KnownPeople people;
  people.records.job = store.job();
  people.records.model = pinned->model;
  const KeptFile kept{look_up_file(path), stamp_of_store(store), path};
  SectionFault fault = SectionFault::kNone;
  if (take_kept(kept, people, fault)) return people;
  StageClock clock(3, watcher);
  clock.expect(expected_s(static_cast<double>(store.number("live"))));
  Dictionary entities;
  std::vector<Code> entity;
  Table table = clock.stage("read records", [&] {
    std::vector<Code> code_of;  // by the entity's number
    Statement read =
        store.database().prepare("SELECT n, id FROM entity WHERE living = 1 ORDER BY n");
    while (read.step()) {
      code_of.resize(static_cast<std::size_t>(read.number(0)) + 1);
      code_of.back() = entities.append(read.text(1));
    }
    StoredRecords stored = read_records(store);
    for (const std::int64_t number : stored.entity) {
      const auto n = static_cast<std::size_t>(number);
      entity.push_back(n < code_of.size() ? code_of[n] : kMissing);
    }
    return clean_records(std::move(stored.table), store.job(), pinned->references);
  });
  people.records = clock.stage("index records", [&] {
    return know_records(store.job(), std::move(pinned->model), std::move(pinned->references),
                        std::move(table), std::move(entity), std::move(entities), limits);
  });
  clock.stage("keep the index", [&] { keep(kept, {}, fault, people); });
  return people;
}

}  // namespace

std::string bring_up_look_ups(const std::filesystem::path& registry, const RunLimits& limits,
                              const StageWatcher& watcher) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(look_up_file(registry), ignored)) return {};
  try {
    return people_of_store(registry, limits, watcher).note;
  } catch (const Error& error) {
    return "the index for look-ups is not brought up to date, the next look-up does that: " +
           std::string(error.what());
  }
}

KnownPeople read_known_people(const std::filesystem::path& path, std::span<const SourceSpec> files,
                              const RunLimits& limits, const StageWatcher& watcher) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) {
    return people_of_folder(path, files, limits, watcher);
  }
  if (std::filesystem::is_regular_file(path, ignored))
    return people_of_store(path, limits, watcher);
  throw Error(ErrorCode::kUsage, path.string(),
              "is neither the --out folder of a finished `tessera link` nor a registry");
}

}  // namespace tessera
