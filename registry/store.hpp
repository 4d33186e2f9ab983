// The registry's store: one SQLite file with records, identities, decisions, models and the ledger.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/job.hpp"
#include "engine/references.hpp"
#include "registry/database.hpp"
#include "registry/ledger.hpp"
#include "registry/store_lock.hpp"
#include "scoring/model.hpp"

namespace tessera {

/// A model in force with all that scoring takes beside it.
struct PinnedModel {
  std::int64_t event = 0;  ///< The event that brought it.
  Model model;
  References references;
};

/// An open store. For writing it holds the store's lock as long as it lives.
class Store {
 public:
  enum class Access : std::uint8_t { kRead, kWrite };

  /// Makes a store at `path` for `job`, whose `today` is left out; with a model, that is what the
  /// first `apply` scores by. The file appears under its name only when complete. Throws Error:
  /// kUsage if there is something at `path`, or a source of the job has no id column (line numbers
  /// do not last); kBusy; kResource.
  static void create(const std::filesystem::path& path, const JobSpec& job,
                     const std::optional<Model>& model);

  /// Throws Error: kUsage if there is no store; kDamaged if it is broken, no store, or of a newer
  /// Tessera; kBusy if another process writes (kWrite only).
  Store(const std::filesystem::path& path, Access access);

  Database& database() { return *database_; }
  const std::filesystem::path& path() const { return path_; }

  /// The job in force.
  const JobSpec& job() const { return job_; }

  /// The model in force; none before the first was learned.
  std::optional<PinnedModel> pinned_model();
  /// The model that `create` or `put_job` was given and no learning has taken up yet.
  std::optional<Model> given_model();

  /// Replaces the job, its `today` left out, and the given model, within the transaction at hand.
  /// Sources may be added behind those that are there; attributes stay as they are, for the records
  /// were read by them. Throws Error(kUsage) otherwise.
  void put_job(const JobSpec& job, const std::optional<Model>& model);

  /// Brings a model into force, as event `event`, within the transaction at hand.
  void put_model(std::int64_t event, const Model& model, const References& references);

  /// A number that the store keeps under a name; 0 if there is none. Written within the transaction
  /// at hand.
  std::int64_t number(std::string_view name);
  void put_number(std::string_view name, std::int64_t value);

  /// Notes where the ledger ends and commits. What a writer ends with.
  void commit(Transaction& transaction);

 private:
  std::filesystem::path path_;
  std::optional<StoreLock> lock_;
  std::unique_ptr<Database> database_;
  JobSpec job_;
};

/// The version of the store's layout that this program writes.
inline constexpr std::int64_t kStoreVersion = 4;
/// The first version with postings and kin. A store that is opened for reading may be older.
inline constexpr std::int64_t kIndexedVersion = 2;
/// The first version that notes which load changed a record.
inline constexpr std::int64_t kChangedVersion = 3;
/// The first version with groups.
inline constexpr std::int64_t kGroupsVersion = 4;

/// References as bytes and back. decode throws Error(kDamaged) if they are not such bytes.
std::string encode_references(const References& references);
References decode_references(std::string_view bytes, const std::string& where);

}  // namespace tessera
