// Golden records: for each cluster one value per attribute, with the record that it came from.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "data/spec.hpp"
#include "data/table.hpp"
#include "engine/cluster.hpp"

namespace tessera {

/// One golden value: the raw text of `row` for the attribute.
struct GoldenValue {
  Row row = 0;
  Survivorship rule = Survivorship::kMostFrequent;  ///< The rule that decided.
  bool present = false;                             ///< False: no record of the entity has a value.
};

struct GoldenRecord {
  Row label = 0;  ///< The cluster's least row; names the entity.
  std::uint32_t records = 0;
  std::uint32_t sources = 0;  ///< Distinct sources.
};

struct GoldenTable {
  std::vector<GoldenRecord> entities;  ///< Ordered by label.
  std::vector<GoldenValue> values;     ///< size entities.size() * attributes, entity by entity
};

/// Survivorship by each attribute's rules, ties broken by the stated order: the rules in turn, then
/// source order, then least record id. Deterministic. Cost: linear in rows × attributes.
GoldenTable merge_clusters(const Table& table, const Clusters& clusters,
                           std::span<const AttributeSpec> attributes);

/// The default rules of a kind, in order, when the spec names none.
std::vector<Survivorship> default_survivorship(Kind kind);

std::string_view survivorship_name(Survivorship rule);

}  // namespace tessera
