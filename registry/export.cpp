#include "registry/export.hpp"

#include <algorithm>
#include <numeric>
#include <system_error>
#include <unordered_map>

#include "data/csv_writer.hpp"
#include "data/error.hpp"
#include "engine/merge.hpp"
#include "engine/resolve.hpp"
#include "registry/records.hpp"

namespace tessera {
namespace {

class Exporter {
 public:
  Exporter(Store& store, std::filesystem::path folder, const ExportOptions& options)
      : store_(store), folder_(std::move(folder)), options_(options) {
    Statement read = store.database().prepare("SELECT n, id, living, successor FROM entity");
    while (read.step()) {
      entities_[read.number(0)] = {std::string(read.text(1)), read.number(2) != 0, read.number(3)};
    }
  }

  ExportFacts run() {
    const std::optional<PinnedModel> pinned = store_.pinned_model();
    if (!pinned) {
      throw Error(ErrorCode::kRefused, store_.path().string(),
                  "has no identities yet; run `tessera apply` first");
    }
    StoredRecords records = read_records(store_);
    const Table table = clean_records(std::move(records.table), store_.job(), pinned->references);
    write_crosswalk(records, table);
    write_golden(records, table);
    write_retired();
    return facts_;
  }

 private:
  struct Entity {
    std::string id;
    bool living = false;
    std::int64_t successor = 0;
  };

  void put(CsvWriter& file, std::string_view text) const {
    file.field(options_.spreadsheet_safe ? spreadsheet_safe(text) : std::string(text));
  }

  void write_crosswalk(const StoredRecords& records, const Table& table) {
    CsvWriter file(folder_ / "crosswalk.csv");
    const std::string_view header[] = {"identifier", "source", "record_id"};
    file.row(header);
    for (Row row = 0; row < table.size(); ++row) {
      if (records.entity[row] == 0) continue;
      file.field(entities_.at(records.entity[row]).id);
      put(file, table.sources[static_cast<std::size_t>(table.row_source[row])].name);
      put(file, table.record_ids[row]);
      file.end_row();
      ++facts_.records;
    }
    file.commit();
  }

  void write_golden(const StoredRecords& records, const Table& table) {
    Clusters clusters;
    clusters.label.resize(table.size());
    std::unordered_map<std::int64_t, Row> first;
    for (Row row = 0; row < table.size(); ++row) {
      const std::int64_t entity = records.entity[row];
      clusters.label[row] = entity == 0 ? row : first.emplace(entity, row).first->second;
      if (clusters.label[row] == row) ++clusters.clusters;
    }
    const auto& attributes = store_.job().attributes;
    const GoldenTable golden = merge_clusters(table, clusters, attributes);
    CsvWriter file(folder_ / "golden.csv");
    file.field("identifier");
    file.field("records");
    file.field("sources");
    for (const AttributeSpec& attribute : attributes) put(file, attribute.name);
    file.end_row();
    for (std::size_t e = 0; e < golden.entities.size(); ++e) {
      const GoldenRecord& record = golden.entities[e];
      if (records.entity[record.label] == 0) continue;
      file.field(entities_.at(records.entity[record.label]).id);
      file.field(std::uint64_t{record.records});
      file.field(std::uint64_t{record.sources});
      for (std::size_t a = 0; a < attributes.size(); ++a) {
        const GoldenValue& value = golden.values[e * attributes.size() + a];
        const Column& column = table.columns[a];
        put(file,
            value.present ? column.raw_values[column.raw_codes[value.row]] : std::string_view());
      }
      file.end_row();
      ++facts_.identities;
    }
    file.commit();
  }

  void write_retired() {
    CsvWriter file(folder_ / "retired.csv");
    const std::string_view header[] = {"identifier", "leads_to"};
    file.row(header);
    std::vector<std::int64_t> numbers;
    for (const auto& [n, entity] : entities_) {
      if (!entity.living) numbers.push_back(n);
    }
    std::sort(numbers.begin(), numbers.end());
    for (const std::int64_t n : numbers) {
      const Entity* at = &entities_.at(n);
      while (!at->living && at->successor != 0) at = &entities_.at(at->successor);
      file.field(entities_.at(n).id);
      file.field(at->living ? at->id : std::string());
      file.end_row();
      ++facts_.retired;
    }
    file.commit();
  }

  Store& store_;
  std::filesystem::path folder_;
  ExportOptions options_;
  std::unordered_map<std::int64_t, Entity> entities_;
  ExportFacts facts_;
};

}  // namespace

std::string spreadsheet_safe(std::string_view text) {
  std::string safe(text);
  if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) {
    safe.insert(safe.begin(), '\'');
  }
  return safe;
}

ExportFacts export_store(Store& store, const std::filesystem::path& folder,
                         const ExportOptions& options) {
  std::error_code fault;
  std::filesystem::create_directories(folder, fault);
  if (fault) {
    throw Error(ErrorCode::kResource, folder.string(), "cannot be made: " + fault.message());
  }
  return Exporter(store, folder, options).run();
}

}  // namespace tessera
