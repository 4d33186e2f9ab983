#include "bench/people_job.hpp"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <string>
#include <utility>

#include "data/clean.hpp"
#include "data/read.hpp"
#include "engine/read_job.hpp"
#include "engine/train.hpp"
#include "generate/population.hpp"

namespace tessera::bench {
namespace {

constexpr std::string_view kJob = R"toml(
[[source]]
name = "client"
path = "client.csv"
id = "record_id"
[[source]]
name = "social"
path = "social.csv"
id = "beneficiary_no"
[[source]]
name = "crvs"
path = "crvs.csv"
id = "registration_no"

[[attribute]]
name = "given_name"
kind = "name"
columns = ["given_name", "first_name", "name_given"]
[[attribute]]
name = "family_name"
kind = "name"
columns = ["family_name", "last_name", "name_family"]
[[attribute]]
name = "birth_date"
kind = "date"
columns = ["birth_date", "dob", "date_of_birth"]
[[attribute]]
name = "sex"
kind = "sex"
columns = ["sex", "gender"]
[[attribute]]
name = "national_id"
kind = "identifier"
columns = ["national_id", "id_number"]
[[attribute]]
name = "phone"
kind = "phone"
columns = ["phone", "mobile"]
[[attribute]]
name = "village"
kind = "place"
[[attribute]]
name = "district"
kind = "place"

[blocking]
rules = [
  ["national_id"],
  ["phone"],
  ["birth_date"],
  ["soundex(given_name)", "soundex(family_name)"],
  ["soundex(family_name)", "year(birth_date)"],
  ["soundex(given_name)", "year(birth_date)"],
  ["tokens(given_name)", "tokens(family_name)"],
  ["year(birth_date)", "month(birth_date)", "prefix(given_name,1)"],
  ["village", "soundex(given_name)"],
  ["village", "year(birth_date)"],
  ["suffix(phone,6)"],
]

[[comparison]]
attributes = ["given_name", "family_name"]
kind = "person_name"
[[comparison]]
attributes = ["birth_date"]
[[comparison]]
attributes = ["sex"]
[[comparison]]
attributes = ["national_id"]
[[comparison]]
attributes = ["phone"]
[[comparison]]
attributes = ["village"]
[[comparison]]
attributes = ["district"]
)toml";

// A folder for this process and this object alone.
std::filesystem::path new_folder() {
  static int made = 0;
  return std::filesystem::temp_directory_path() /
         ("tessera_bench_" + std::to_string(getpid()) + "_" + std::to_string(made++));
}

struct NamedRecord {
  std::string name;  // source:record_id
  std::string entity;
};

// No field of truth.csv is quoted: ids are letters and digits.
std::vector<NamedRecord> read_truth(const Registries& registries) {
  std::ifstream file(registries.folder() / "truth.csv");
  std::vector<NamedRecord> records;
  std::string line;
  std::getline(file, line);
  while (std::getline(file, line)) {
    const std::size_t first = line.find(',');
    const std::size_t second = line.find(',', first + 1);
    line[first] = ':';
    records.push_back({line.substr(0, second), line.substr(second + 1)});
  }
  return records;
}

template <class Key>
std::uint64_t pairs_within(const std::map<Key, std::uint64_t>& sizes) {
  std::uint64_t pairs = 0;
  for (const auto& [key, size] : sizes) pairs += size * (size - 1) / 2;
  return pairs;
}

Table clean_records(const JobSpec& job) {
  RawTable raw = read_sources(job.sources, job.attributes, {job.max_rejected_share});
  return std::move(clean_table(std::move(raw), job.attributes, job.sources, {job.today}).table);
}

}  // namespace

Registries::Registries(std::uint64_t records) : folder_(new_folder()) {
  generate_registries({.folder = folder_, .records = records, .seed = 1});
}

Registries::~Registries() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

JobSpec Registries::job() const {
  return read_job_text(kJob, "bench", folder_);
}

double cluster_f1(const Registries& registries, const Table& table, std::span<const Row> label) {
  std::map<std::string, Row> label_of;
  for (Row row = 0; row < table.size(); ++row) label_of[table.record_name(row)] = label[row];
  std::map<std::string, std::uint64_t> entities;
  std::map<Row, std::uint64_t> clusters;
  std::map<std::pair<std::string, Row>, std::uint64_t> both;
  for (const NamedRecord& record : read_truth(registries)) {
    const Row found = label_of.at(record.name);
    ++entities[record.entity];
    ++clusters[found];
    ++both[{record.entity, found}];
  }
  return 2.0 * static_cast<double>(pairs_within(both)) /
         static_cast<double>(pairs_within(entities) + pairs_within(clusters));
}

std::uint64_t true_pairs(const Registries& registries) {
  std::map<std::string, std::uint64_t> entities;
  for (const NamedRecord& record : read_truth(registries)) ++entities[record.entity];
  return pairs_within(entities);
}

PeopleJob::PeopleJob(std::uint64_t records)
    : registries(records),
      job(registries.job()),
      table(clean_records(job)),
      blocking(block_rows(table, job.rules, {job.max_block_records})),
      space(job_space(table, job)),
      nicknames(NicknameTable::built_in()),
      comparer(table, job.comparisons, nicknames),
      model(train_model({table, blocking, space, compared_columns(comparer)}, job, comparer)),
      weigher(model, table, comparer) {}

const PeopleJob& people_job() {
  static const PeopleJob kJobOf100k(100'000);
  return kJobOf100k;
}

std::uint64_t distinct_pairs(std::span<const RuleBlocks> rules) {
  std::vector<std::uint64_t> pairs;
  for (const RuleBlocks& rule : rules) {
    const Members members = list_members(rule);
    for (std::size_t block = 1; block < members.starts.size(); ++block) {
      for (std::uint64_t i = members.starts[block - 1]; i < members.starts[block]; ++i) {
        for (std::uint64_t j = i + 1; j < members.starts[block]; ++j) {
          pairs.push_back(std::uint64_t{members.rows[i]} << 32 | members.rows[j]);
        }
      }
    }
  }
  std::sort(pairs.begin(), pairs.end());
  return static_cast<std::uint64_t>(std::unique(pairs.begin(), pairs.end()) - pairs.begin());
}

}  // namespace tessera::bench
