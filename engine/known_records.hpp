// The records that can be looked up: cleaned, with the golden records of persons who have several,
// an index over all of them, and what weighs a record against them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "data/frozen.hpp"
#include "data/section_file.hpp"
#include "data/table.hpp"
#include "engine/job.hpp"
#include "engine/references.hpp"
#include "index/value_index.hpp"
#include "scoring/model.hpp"

namespace tessera {

/// One attribute of records that no longer change (data/table.hpp: Column).
struct KnownColumn {
  std::string name;
  Kind kind = Kind::kText;
  Frozen<Code> codes;
  FrozenTexts values;
  Frozen<Code> raw_codes;  ///< Derived attributes have none.
  FrozenTexts raw_values;

  /// As written in the source; empty for derived attributes.
  std::string_view raw_text(Row row) const {
    return raw_codes.empty() ? std::string_view() : raw_values[raw_codes[row]];
  }
};

/// The file beside records that holds what look-ups need of them: in the folder of a result, and
/// after a registry's name.
inline constexpr std::string_view kLookUpFile = "lookup.index";
inline constexpr std::string_view kLookUpSuffix = ".index";

struct KnownRecords {
  JobSpec job;
  Model model;
  References references;  ///< Cleaning, and the frequencies of these records or of a store's model.

  std::vector<std::string> sources;  ///< The job's, then `golden`.
  Row records = 0;                   ///< Rows from here on are golden records.
  Frozen<SourceId> row_source;
  FrozenTexts record_ids;  ///< Of a golden record: its entity's identifier.
  std::vector<KnownColumn> columns;
  Frozen<Code> entity;   ///< size rows: into `entities`; 0: in no entity (yet)
  FrozenTexts entities;  ///< Identifiers.
  ValueIndex index;      ///< Over all attributes and all that is compared.

  Row size() const { return static_cast<Row>(row_source.size()); }
  bool is_golden(Row row) const { return row >= records; }
  std::string_view entity_of(Row row) const { return entities[entity[row]]; }
  const std::string& source_name(Row row) const {
    return sources[static_cast<std::size_t>(row_source[row])];
  }
  /// `source:record_id`, the name of a record in messages and files.
  std::string record_name(Row row) const {
    return source_name(row) + ":" + std::string(record_ids[row]);
  }
};

/// Records decided and cleaned, as read_job_records or clean_records give them. entity: size of the
/// table, into `entities`. Throws Error(kUsage) if the model is not the job's. Cost: merging golden
/// records, some 2 µs a record, and building the index.
KnownRecords know_records(JobSpec job, Model model, References references, Table table,
                          std::vector<Code> entity, Dictionary entities, const RunLimits& limits);

/// Writes all but job, model and references; take_records sets it, of the same job and model.
void put_records(const KnownRecords& known, SectionWriter& into);
void take_records(SectionReader& from, KnownRecords& known);

}  // namespace tessera
