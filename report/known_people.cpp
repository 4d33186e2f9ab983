#include "report/known_people.hpp"

#include <map>

#include "data/error.hpp"
#include "engine/job_aids.hpp"
#include "engine/resolve.hpp"
#include "registry/records.hpp"
#include "registry/store.hpp"
#include "report/job_folder.hpp"

namespace tessera {
namespace {

KnownPeople people_of_folder(const std::filesystem::path& folder, std::span<const SourceSpec> files,
                             const RunLimits& limits) {
  JobFolder read = read_job_folder(folder, files, limits, ResultParts::kWithoutPairs);
  KnownPeople people;
  people.changes = std::move(read.changes);
  people.entities = std::move(read.result.entity_ids);
  people.entity.assign(read.clean.table.size(), kMissing);
  for (Row row = 0; row < read.result.size(); ++row) {
    if (read.row_of[row] != JobFolder::kNoRow) {
      people.entity[read.row_of[row]] = read.result.entity[row] + 1;
    }
  }
  KnownRecords& records = people.records;
  records.references.frequencies =
      learn_frequencies(read.clean.table, read.model, compared_columns(read.job));
  records.references.cleaning = std::move(read.clean.knowledge);
  records.job = std::move(read.job);
  records.table = std::move(read.clean.table);
  records.model = std::move(read.model);
  return people;
}

KnownPeople people_of_store(const std::filesystem::path& path) {
  Store store(path, Store::Access::kRead);
  Transaction transaction(store.database(), Transaction::Kind::kRead);
  std::optional<PinnedModel> pinned = store.pinned_model();
  if (!pinned) {
    throw Error(ErrorCode::kUsage, path.string(),
                "has no model yet, so nothing can be weighed; run `tessera apply` first");
  }
  KnownPeople people;
  DictionaryBuilder entities;
  std::map<std::int64_t, Code> code_of;
  Statement read = store.database().prepare("SELECT n, id FROM entity WHERE living = 1");
  while (read.step()) code_of[read.number(0)] = entities.intern(read.text(1));
  people.entities = std::move(entities).finish();
  StoredRecords stored = read_records(store);
  for (const std::int64_t entity : stored.entity) {
    const auto found = code_of.find(entity);
    people.entity.push_back(found == code_of.end() ? kMissing : found->second);
  }
  KnownRecords& records = people.records;
  records.job = store.job();
  records.model = std::move(pinned->model);
  records.references = std::move(pinned->references);
  records.table = clean_records(std::move(stored.table), records.job, records.references);
  return people;
}

}  // namespace

KnownPeople read_known_people(const std::filesystem::path& path, std::span<const SourceSpec> files,
                              const RunLimits& limits) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return people_of_folder(path, files, limits);
  if (std::filesystem::is_regular_file(path, ignored)) return people_of_store(path);
  throw Error(ErrorCode::kUsage, path.string(),
              "is neither the --out folder of a finished `tessera link` nor a registry");
}

}  // namespace tessera
