#include "tests/jobs/flow_job.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

namespace tessera::test {
namespace {

using Json = nlohmann::ordered_json;
using Row = std::map<std::string, std::string>;

std::vector<Row> rows_of_table(const std::filesystem::path& path) {
  const std::vector<std::vector<std::string>> lines = read_test_csv(path);
  std::vector<Row> rows;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    Row& row = rows.emplace_back();
    for (std::size_t c = 0; c < lines[0].size() && c < lines[i].size(); ++c) {
      row[lines[0][c]] = lines[i][c];
    }
  }
  return rows;
}

Json patient(const std::string& id, const std::string& given, const std::string& family,
             const std::string& born, const std::string& sex) {
  Json json;
  json["resourceType"] = "Patient";
  json["id"] = id;
  json["identifier"] = Json::array({Json{{"system", "http://client.example/id"}, {"value", id}}});
  json["active"] = true;
  json["name"] = Json::array({Json{{"use", "official"}, {"family", family}, {"given", {given}}}});
  json["gender"] = sex;
  json["birthDate"] = born;
  return json;
}

Json mother_of(const std::string& child, const std::string& mother) {
  Json json;
  json["resourceType"] = "RelatedPerson";
  json["patient"]["reference"] = "Patient/" + child;
  json["identifier"] =
      Json::array({Json{{"system", "http://client.example/id"}, {"value", mother}}});
  json["relationship"] = Json::array({Json{{"coding", Json::array({Json{{"code", "MTH"}}})}}});
  return json;
}

}  // namespace

FlowJob::FlowJob(const std::filesystem::path& demo_tables)
    : demo_(demo_tables), folder_(std::make_unique<TemporaryFolder>()) {
  std::map<std::string, std::string> families;
  for (const Row& row : rows_of_table(demo_ / "tblFamilies.csv")) {
    if (row.at("ValidityTo").empty()) families[row.at("FamilyID")] = row.at("FamilyUUID");
  }
  std::string text;
  std::string mother;
  Json couple = Json{{"resourceType", "Group"}, {"id", "couple"}, {"name", "Zimba"}};
  for (const Row& row : rows_of_table(demo_ / "tblInsuree.csv")) {
    if (!row.at("ValidityTo").empty() || insured_ >= 30) continue;
    const std::string id = "c-" + row.at("CHFID");
    text += patient(id, row.at("OtherNames"), row.at("LastName"), row.at("DOB").substr(0, 10),
                    row.at("Gender") == "F" ? "female" : "male")
                .dump() +
            "\n";
    ++insured_;
    if (mother.empty() && row.at("Gender") == "F" && families.contains(row.at("FamilyID"))) {
      mother = id;
      first_family_ = families.at(row.at("FamilyID"));
    }
  }
  text += patient("c-baby", "Ozias", "Quarcoo", "2026-02-01", "male").dump() + "\n";
  text += mother_of("c-baby", mother).dump() + "\n";
  for (const auto& [id, given, born, sex] :
       {std::array<std::string, 4>{"c-wife", "Thandeka", "1981-06-07", "female"},
        {"c-man", "Wezi", "1979-03-02", "male"}}) {
    text += patient(id, given, "Zimba", born, sex).dump() + "\n";
    couple["member"].push_back(Json{{"entity", {{"reference", "Patient/" + id}}}});
  }
  text += couple.dump() + "\n";
  folder_->write("client.ndjson", text);
  for (const std::vector<std::string>& step : std::vector<std::vector<std::string>>{
           {"registry", "init", "people.tessera", client(), openimis(), "--quiet"},
           {"registry", "load", client(), openimis(), "--store", "people.tessera"},
           {"apply", "--store", "people.tessera"}}) {
    const CommandResult result = run(step);
    EXPECT_EQ(result.exit_code, 0) << step[0] << ": " << result.err;
  }
}

CommandResult FlowJob::exchange(std::vector<std::string> arguments) const {
  arguments.insert(arguments.begin(), "exchange");
  arguments.insert(arguments.end(), {"--store", "people.tessera"});
  return run(std::move(arguments));
}

CommandResult FlowJob::run(std::vector<std::string> arguments) const {
  return run_tessera(*folder_, arguments);
}

std::vector<std::string> FlowJob::lines(const std::string& file) const {
  std::istringstream stream(text(file));
  std::vector<std::string> all;
  for (std::string line; std::getline(stream, line);) all.push_back(line);
  return all;
}

std::string FlowJob::text(const std::string& file) const {
  std::ostringstream text;
  text << std::ifstream(path() / file, std::ios::binary).rdbuf();
  return text.str();
}

std::optional<FlowJob> demo_job() {
  const std::optional<std::filesystem::path> shared = shared_data();
  if (!shared) return std::nullopt;
  const std::filesystem::path demo = *shared / "interop/openimis/demo_tables";
  if (!std::filesystem::exists(demo)) return std::nullopt;
  return std::optional<FlowJob>(std::in_place, demo);
}

}  // namespace tessera::test
