#include "registry/component_rows.hpp"

#include <algorithm>

namespace tessera {

ComponentRows::ComponentRows(Store& store)
    : of_record_(store.database().prepare("SELECT live, entity FROM record WHERE row = ?")),
      of_entity_(store.database().prepare("SELECT row FROM record WHERE entity = ?")),
      component_(store.database().prepare("SELECT component FROM kin WHERE entity = ?")),
      kin_(store.database().prepare("SELECT entity FROM kin WHERE component = ?")) {
  Statement matches = store.database().prepare(
      "SELECT row, other_row FROM decision"
      " WHERE match = 1 AND (withdrawn IS NULL OR withdrawn > ?)");
  matches.bind(0, store.number("resolved_event"));
  while (matches.step()) {
    matched_[matches.number(0)].push_back(matches.number(1));
    matched_[matches.number(1)].push_back(matches.number(0));
  }
}

void ComponentRows::add(std::int64_t row) {
  waiting_.push_back(row);
  while (!waiting_.empty()) {
    const std::int64_t next = waiting_.back();
    waiting_.pop_back();
    if (seen_.insert(next).second) take(next);
  }
}

std::vector<std::int64_t> ComponentRows::rows() const {
  std::vector<std::int64_t> all(live_.begin(), live_.end());
  std::sort(all.begin(), all.end());
  return all;
}

void ComponentRows::take(std::int64_t row) {
  of_record_.bind(0, row);
  if (of_record_.step()) {
    if (of_record_.number(0) != 0) live_.insert(row);
    const std::int64_t entity = of_record_.number(1);
    of_record_.reset();
    if (entity != 0) take_identity(entity);
  }
  if (const auto found = matched_.find(row); found != matched_.end()) {
    waiting_.insert(waiting_.end(), found->second.begin(), found->second.end());
  }
}

void ComponentRows::take_identity(std::int64_t entity) {
  if (!entities_.insert(entity).second) return;
  of_entity_.bind(0, entity);
  while (of_entity_.step()) waiting_.push_back(of_entity_.number(0));
  component_.bind(0, entity);
  if (!component_.step()) return;
  const std::int64_t component = component_.number(0);
  component_.reset();
  std::vector<std::int64_t> others;
  kin_.bind(0, component);
  while (kin_.step()) others.push_back(kin_.number(0));
  for (const std::int64_t other : others) take_identity(other);
}

}  // namespace tessera
