#include "tests/exchange/flow_world.hpp"

#include <sstream>

#include "engine/read_job.hpp"
#include "exchange/families.hpp"
#include "exchange/opencrvs_events.hpp"
#include "exchange/table_view.hpp"
#include "exchange/write_canonical.hpp"
#include "registry/decisions.hpp"
#include "registry/records.hpp"
#include "tests/exchange/import_texts.hpp"

namespace tessera::test {
namespace {

JobSpec world_job() {
  JobSpec job = SmallRegistry::job();
  job.sources.resize(1);
  for (const char* name : {"openimis", "crvs"}) {
    SourceSpec source = job.sources.front();
    source.name = name;
    source.path = std::string(name) + ".csv";
    job.sources.push_back(source);
  }
  return job;
}

}  // namespace

FlowWorld::FlowWorld() : registry(world_job()) {
  std::vector<InventedRecord> strangers = invented_records(60, 7);
  for (InventedRecord& stranger : strangers) {
    if (stranger.source == "social") stranger.source = "openimis";
  }
  registry.load(strangers);
  registry.apply();
}

void FlowWorld::say(const std::string& source, std::string_view text,
                    void (*read)(Node&, Import&)) {
  FlowSource& said = sources_[source];
  said.name = source;
  said.format = "test";
  said.tables = imported(text, read);
  std::vector<InventedRecord> records;
  for (const TableRow& person : all_rows(said.tables, CanonicalTable::kPerson)) {
    InventedRecord& record = records.emplace_back();
    record.source = source;
    record.id = person.key();
    // Alike in nothing: the tests say who is who.
    record.given_name = "g" + hex_text(sha256(source + record.id)).substr(0, 12);
    record.family_name = "f" + hex_text(sha256(record.id + source)).substr(0, 12);
  }
  registry.load(records);
}

void FlowWorld::same(const std::string& a, const std::string& b) {
  pairs_.emplace_back(a, b);
}

bool FlowWorld::has(const std::string& record) const {
  Store store = registry.open(Store::Access::kRead);
  const std::size_t colon = record.find(':');
  return find_record(store, record.substr(0, colon), record.substr(colon + 1)) != 0;
}

void FlowWorld::doubt(const std::string& a, const std::string& b) {
  Store store = registry.open();
  std::int64_t left = row_of_name(store, a);
  std::int64_t right = row_of_name(store, b);
  if (left > right) std::swap(left, right);
  Transaction transaction(store.database(), Transaction::Kind::kWrite);
  store.database()
      .prepare("INSERT INTO queue(row, other_row, reason, weight) VALUES(?,?,1,5.0)")
      .bind(0, left)
      .bind(1, right)
      .run();
  store.commit(transaction);
}

void FlowWorld::apply() {
  for (const auto& [a, b] : pairs_) registry.decide(a, b, true);
  pairs_.clear();
  registry.apply();
}

void FlowWorld::keep_families() {
  LoadOptions options;
  options.full = true;
  for (const auto& [name, source] : sources_) {
    const auto folder = registry.folder() / name;
    write_canonical(folder, source.tables, "fhir");
    options.groups[name] = read_source_families(name, folder / "person.csv");
  }
  Store store = registry.open();
  load_files(store, {}, options, test_run("families"));
  apply_store(store, {}, nullptr, test_run("apply"), link_families);
}

const Feed& FlowWorld::feed(std::int64_t since) {
  Store store = registry.open(Store::Access::kRead);
  feed_.emplace(store, since);
  return *feed_;
}

FlowInput FlowWorld::input(const std::string& from, const std::string& to, std::int64_t since) {
  given_.clear();
  for (const auto& [name, source] : sources_) given_.push_back(source);
  FlowInput input{.feed = feed(since),
                  .sources = given_,
                  .from = from,
                  .to = to,
                  .on = {},
                  .system = {},
                  .again = {}};
  return input;
}

void read_event_logs(Node& list, Import& import) {
  for (Node& log : list.children) read_event_log(log, import);
}

std::vector<std::string> lines_of_text(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::uint64_t counted(const FlowResult& result, std::string_view what) {
  for (const auto& [name, count] : result.counts) {
    if (name == what) return count;
  }
  return 0;
}

}  // namespace tessera::test
