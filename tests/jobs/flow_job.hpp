// A registry of the openIMIS demo and a client registry that knows the same people and three more,
// for the tests of flows.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/jobs/small_job.hpp"

namespace tessera::test {

/// The openIMIS demo tables, and client.ndjson made of them: the insured of its first families as
/// FHIR patients `c-CHFID` (names, birth date, sex, a national id of their own), a newborn whose
/// mother is the first insured woman, and a couple whom openIMIS does not have. Loaded and applied.
class FlowJob {
 public:
  explicit FlowJob(const std::filesystem::path& demo_tables);

  CommandResult exchange(std::vector<std::string> arguments) const;
  CommandResult run(std::vector<std::string> arguments) const;

  std::string client() const { return "client=fhir:client.ndjson"; }
  std::string openimis() const { return "openimis=openimis-tables:" + demo_.string(); }
  /// How many of the client registry's people are insured.
  std::size_t insured() const { return insured_; }
  /// The UUID of the family that the newborn's mother belongs to.
  const std::string& first_family() const { return first_family_; }

  const std::filesystem::path& path() const { return folder_->path(); }
  std::vector<std::string> lines(const std::string& file) const;
  std::string text(const std::string& file) const;

 private:
  std::filesystem::path demo_;
  std::unique_ptr<TemporaryFolder> folder_;
  std::size_t insured_ = 0;
  std::string first_family_;
};

/// The job, if the samples are there.
std::optional<FlowJob> demo_job();

}  // namespace tessera::test
