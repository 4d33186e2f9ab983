// The records that hang together with given ones: through links or through decisions.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "registry/store.hpp"

namespace tessera {

/// Gathers the live records of whole components, as last applied: from any record on, all that its
/// identity, the identities of its component and its matches bring in. A match withdrawn since the
/// last apply counts: until then it held its records together.
class ComponentRows {
 public:
  /// Reads the matches; the store must outlive the object.
  explicit ComponentRows(Store& store);

  /// Adds a record, live or gone, and what hangs together with it. Cost: some look-ups for each.
  void add(std::int64_t row);

  bool has(std::int64_t row) const { return live_.contains(row); }

  /// All, ascending.
  std::vector<std::int64_t> rows() const;

 private:
  void take(std::int64_t row);
  void take_identity(std::int64_t entity);

  Statement of_record_;
  Statement of_entity_;
  Statement component_;
  Statement kin_;
  std::unordered_map<std::int64_t, std::vector<std::int64_t>> matched_;
  std::vector<std::int64_t> waiting_;
  std::unordered_set<std::int64_t> seen_;
  std::unordered_set<std::int64_t> live_;
  std::unordered_set<std::int64_t> entities_;
};

}  // namespace tessera
