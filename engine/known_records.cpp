#include "engine/known_records.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "data/sort_unique.hpp"
#include "engine/job_aids.hpp"
#include "engine/merge.hpp"
#include "engine/thread_limit.hpp"

namespace tessera {
namespace {

// Golden records of persons with several records become rows of the table: their values are values
// of its columns.
void append_golden_records(const JobSpec& job, const Dictionary& entities, Table& table,
                           std::vector<Code>& entity) {
  const Row records = table.size();
  Clusters clusters;
  std::vector<Row> first(entities.size(), records);
  clusters.label.resize(records);
  for (Row row = 0; row < records; ++row) {
    Row& label = first[entity[row]];
    if (entity[row] == kMissing) {
      clusters.label[row] = row;
      continue;
    }
    if (label == records) label = row;
    clusters.label[row] = label;
  }
  const GoldenTable golden = merge_clusters(table, clusters, job.attributes);
  const auto source = static_cast<SourceId>(table.sources.size());
  table.sources.emplace_back().name = "golden";
  const std::size_t attributes = job.attributes.size();
  const auto added = static_cast<std::size_t>(
      std::count_if(golden.entities.begin(), golden.entities.end(),
                    [](const GoldenRecord& record) { return record.records > 1; }));
  for (Column& column : table.columns) {
    column.codes.reserve(records + added);
    if (!column.raw_codes.empty()) column.raw_codes.reserve(records + added);
  }
  for (std::size_t e = 0; e < golden.entities.size(); ++e) {
    const GoldenRecord& record = golden.entities[e];
    if (record.records < 2) continue;
    table.row_source.push_back(source);
    table.record_ids.append(entities[entity[record.label]]);
    entity.push_back(entity[record.label]);
    for (std::size_t a = 0; a < attributes; ++a) {
      const GoldenValue& value = golden.values[e * attributes + a];
      Column& column = table.columns[a];
      column.codes.push_back(value.present ? column.codes[value.row] : kMissing);
      column.raw_codes.push_back(value.present ? column.raw_codes[value.row] : kMissing);
    }
    for (std::size_t c = attributes; c < table.columns.size(); ++c) {
      table.columns[c].codes.push_back(kMissing);
    }
  }
}

// All attributes and all that is compared, ascending.
std::vector<std::uint32_t> looked_up_columns(const JobSpec& job) {
  std::vector<std::uint32_t> columns = compared_columns(job);
  for (std::uint32_t a = 0; a < job.attributes.size(); ++a) columns.push_back(a);
  sort_unique(columns);
  return columns;
}

}  // namespace

KnownRecords know_records(JobSpec job, Model model, References references, Table table,
                          std::vector<Code> entity, Dictionary entities, const RunLimits& limits) {
  check_model_fits(model, job);
  const ThreadLimit threads(limits);
  KnownRecords known;
  known.records = table.size();
  append_golden_records(job, entities, table, entity);
  known.index = ValueIndex(table, looked_up_columns(job));
  known.job = std::move(job);
  known.model = std::move(model);
  known.references = std::move(references);
  for (const SourceFacts& source : table.sources) known.sources.push_back(source.name);
  known.row_source = Frozen(std::move(table.row_source));
  known.record_ids = FrozenTexts(std::move(table.record_ids));
  for (Column& column : table.columns) {
    known.columns.push_back({std::move(column.name), column.kind, Frozen(std::move(column.codes)),
                             FrozenTexts(std::move(column.values)),
                             Frozen(std::move(column.raw_codes)),
                             FrozenTexts(std::move(column.raw_values))});
  }
  known.entity = Frozen(std::move(entity));
  known.entities = FrozenTexts(std::move(entities));
  return known;
}

void put_records(const KnownRecords& known, SectionWriter& into) {
  into.put(known.records);
  into.put(known.sources.size());
  for (const std::string& source : known.sources) into.put(std::string_view(source));
  into.put(known.row_source);
  into.put(known.record_ids);
  into.put(known.columns.size());
  for (const KnownColumn& column : known.columns) {
    into.put(std::string_view(column.name));
    into.put(static_cast<std::uint64_t>(column.kind));
    into.put(column.codes);
    into.put(column.values);
    into.put(column.raw_codes);
    into.put(column.raw_values);
  }
  into.put(known.entity);
  into.put(known.entities);
  known.index.put(into);
}

void take_records(SectionReader& from, KnownRecords& known) {
  known.records = static_cast<Row>(from.take_number());
  known.sources.resize(from.take_number());
  for (std::string& source : known.sources) source = from.take_text();
  known.row_source = from.take<SourceId>();
  known.record_ids = from.take_texts();
  known.columns.resize(from.take_number());
  for (KnownColumn& column : known.columns) {
    column.name = from.take_text();
    column.kind = static_cast<Kind>(from.take_number());
    column.codes = from.take<Code>();
    column.values = from.take_texts();
    column.raw_codes = from.take<Code>();
    column.raw_values = from.take_texts();
  }
  known.entity = from.take<Code>();
  known.entities = from.take_texts();
  known.index = ValueIndex(from);
}

}  // namespace tessera
