// Two insurers as their FHIR servers would stand, for the tests of transfers.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>

namespace tessera::test {

/// Resources by `TYPE/ID`, and what transactions do to them as FHIR R4 has it: conditional creates
/// and deletes by identifier, updates, references to fullUrls.
class FhirServer {
 public:
  void put(const nlohmann::json& resource);
  /// Every line a transaction.
  void take(const std::string& transactions);
  /// The resources, one a line.
  std::string text() const;
  const std::map<std::string, nlohmann::json>& resources() const { return resources_; }

 private:
  std::string find(const std::string& type, const std::string& query) const;

  std::map<std::string, nlohmann::json> resources_;
  int made_ = 0;
};

}  // namespace tessera::test
