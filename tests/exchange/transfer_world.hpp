// Two insurers as their FHIR servers would stand, for the tests of transfers.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace tessera::test {

/// Resources as a test needs them; dates as YYYY-MM-DD, no `end`: open.
nlohmann::json patient(const std::string& id, bool is_head = false);
nlohmann::json family(const std::string& id, const std::vector<std::string>& members);
nlohmann::json coverage(const std::string& id, const std::string& person, const std::string& begin,
                        const std::string& end, const std::string& product = "P");
nlohmann::json claim(const std::string& id, const std::string& person, double total);

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
