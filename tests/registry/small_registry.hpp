// A small registry of invented people in a folder of its own, for tests of the store.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "registry/load.hpp"
#include "registry/plan_file.hpp"
#include "registry/store.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera::test {

/// One record as a source writes it.
struct InventedRecord {
  std::string source;  ///< client or social
  std::string id;
  std::string given_name;
  std::string family_name;
  std::string birth_date;
  std::string phone;
};

/// `persons` persons in both sources, a third of them twice in client, with errors here and there.
std::vector<InventedRecord> invented_records(std::uint32_t persons, std::uint64_t seed);

/// A store in a temporary folder.
class SmallRegistry {
 public:
  explicit SmallRegistry(const JobSpec& job = SmallRegistry::job());

  std::filesystem::path path() const { return folder_.path() / "people.tessera"; }
  const std::filesystem::path& folder() const { return folder_.path(); }
  static JobSpec job();

  Store open(Store::Access access = Store::Access::kWrite) const { return {path(), access}; }

  /// Loads records, each source's into its own file. Returns the changes.
  std::uint64_t load(const std::vector<InventedRecord>& records, bool full = false) const;
  Applied apply(const PlanOptions& options = {}) const;
  Applied learn() const;
  /// What check_store says; empty: whole.
  std::vector<std::string> check() const;
  std::string meaning() const;
  /// The identifier of `source:id`, as last applied; empty if it has none.
  std::string identifier(const std::string& record) const;
  /// Decides on two records, by name. Returns what take_decisions does, or throws.
  void decide(const std::string& a, const std::string& b, bool match) const;

 private:
  TemporaryFolder folder_;
};

/// A run by `tester` at a fixed time.
RunInfo test_run(std::string_view what = "test");

}  // namespace tessera::test
