#include "tests/registry/small_registry.hpp"

#include <array>
#include <map>

#include "engine/read_job.hpp"
#include "registry/check.hpp"
#include "registry/decisions.hpp"
#include "registry/records.hpp"

namespace tessera::test {
namespace {

constexpr std::string_view kConfig = R"(
[[source]]
name = "client"
path = "client.csv"
id = "record_id"
[[source]]
name = "social"
path = "social.csv"
id = "record_id"
[[attribute]]
name = "given_name"
kind = "name"
[[attribute]]
name = "family_name"
kind = "name"
[[attribute]]
name = "birth_date"
kind = "date"
[[attribute]]
name = "phone"
kind = "phone"
[blocking]
rules = [["birth_date"], ["family_name", "given_name"], ["phone"]]
[[comparison]]
attributes = ["given_name"]
term_frequency = true
[[comparison]]
attributes = ["family_name"]
term_frequency = true
[[comparison]]
attributes = ["birth_date"]
[[comparison]]
attributes = ["phone"]
)";

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t below(std::uint64_t n) { return mix64(++state_ * 0x2545f4914f6cdd1dULL) % n; }

 private:
  std::uint64_t state_;
};

std::string invented_name(std::uint64_t number) {
  constexpr std::array<const char*, 10> kSyllables = {"ba", "de", "ki", "lo", "mu",
                                                      "na", "re", "si", "to", "wu"};
  std::string name;
  for (int i = 0; i < 3; ++i, number /= 10) name += kSyllables[number % 10];
  return name;
}

std::string two_digits(std::uint64_t number) {
  return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
}

InventedRecord copy_with_errors(InventedRecord record, Random& random) {
  if (random.below(4) == 0) record.given_name[random.below(4)] = 'x';
  if (random.below(5) == 0) record.phone.clear();
  if (random.below(8) == 0) record.family_name[random.below(4)] = 'y';
  if (random.below(10) == 0) record.birth_date.clear();
  return record;
}

std::string csv_of(const std::vector<InventedRecord>& records) {
  std::string text = "record_id,given_name,family_name,birth_date,phone\n";
  for (const InventedRecord& record : records) {
    text += record.id + "," + record.given_name + "," + record.family_name + "," +
            record.birth_date + "," + record.phone + "\n";
  }
  return text;
}

}  // namespace

std::vector<InventedRecord> invented_records(std::uint32_t persons, std::uint64_t seed) {
  Random random(seed);
  std::vector<InventedRecord> records;
  for (std::uint32_t person = 0; person < persons; ++person) {
    InventedRecord record;
    record.given_name = invented_name(random.below(60));
    record.family_name = invented_name(random.below(300));
    record.birth_date = "19" + two_digits(40 + random.below(60)) + "-" +
                        two_digits(1 + random.below(12)) + "-" + two_digits(1 + random.below(28));
    record.phone = "07" + std::to_string(10'000'000 + random.below(80'000'000));
    const std::string number = std::to_string(1000 + person);
    record.source = "client";
    record.id = "C" + number;
    records.push_back(record);
    if (person % 3 == 0) {
      InventedRecord twice = copy_with_errors(record, random);
      twice.id = "D" + number;
      records.push_back(twice);
    }
    InventedRecord other = copy_with_errors(record, random);
    other.source = "social";
    other.id = "S" + number;
    records.push_back(other);
  }
  return records;
}

SmallRegistry::SmallRegistry(const JobSpec& job) {
  Store::create(path(), job, std::nullopt);
}

JobSpec SmallRegistry::job() {
  return read_job_text(kConfig, "test");
}

std::uint64_t SmallRegistry::load(const std::vector<InventedRecord>& records, bool full) const {
  std::map<std::string, std::vector<InventedRecord>> by_source;
  for (const InventedRecord& record : records) by_source[record.source].push_back(record);
  std::vector<SourceSpec> files;
  for (const auto& [source, of_source] : by_source) {
    SourceSpec& file = files.emplace_back();
    file.name = source;
    file.path = folder_.write(source + ".csv", csv_of(of_source));
  }
  Store store = open();
  LoadOptions options;
  options.full = full;
  std::uint64_t changes = 0;
  for (const LoadFacts& facts : load_files(store, files, options, test_run("load"))) {
    changes += facts.changes();
  }
  return changes;
}

Applied SmallRegistry::apply(const PlanOptions& options) const {
  Store store = open();
  return apply_store(store, options, nullptr, test_run("apply"));
}

Applied SmallRegistry::learn() const {
  Store store = open();
  PlanOptions options;
  options.learn = true;
  return apply_store(store, options, nullptr, test_run("learn"));
}

std::vector<std::string> SmallRegistry::check() const {
  Store store = open(Store::Access::kRead);
  return check_store(store);
}

std::string SmallRegistry::meaning() const {
  Store store = open(Store::Access::kRead);
  return meaning_digest(store);
}

std::string SmallRegistry::identifier(const std::string& record) const {
  Store store = open(Store::Access::kRead);
  Statement find = store.database().prepare(
      "SELECT e.id FROM record r JOIN entity e ON e.n = r.entity WHERE r.row = ?");
  find.bind(0, row_of_name(store, record));
  return find.step() ? std::string(find.text(0)) : std::string();
}

void SmallRegistry::decide(const std::string& a, const std::string& b, bool match) const {
  Store store = open();
  const NewDecision decision{row_of_name(store, a), row_of_name(store, b), match, "test"};
  take_decisions(store, std::span(&decision, 1), test_run("decide"));
}

RunInfo test_run(std::string_view what) {
  return {"tester", 1'700'000'000, hex_text(sha256(what))};
}

}  // namespace tessera::test
