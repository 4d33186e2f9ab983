// Other systems' messages through the command line: imported, linked, loaded; and what is wrong
// with them in one line.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "tests/jobs/small_job.hpp"

namespace tessera::test {
namespace {

using testing::HasSubstr;
using testing::Not;

namespace fs = std::filesystem;

std::string sample(const std::string& name) {
  return (fs::current_path() / "tests/exchange/samples" / name).string();
}

std::string example(const std::string& name) {
  return (fs::current_path() / "docs/examples" / name).string();
}

std::size_t lines_of_file(const fs::path& path) {
  std::ifstream file(path);
  std::size_t lines = 0;
  for (std::string line; std::getline(file, line);) ++lines;
  return lines;
}

TEST(ImportCommand, WritesTheTablesAndTellsWhatItDid) {
  const TemporaryFolder folder;
  const CommandResult result = run_tessera(
      folder, {"import", "openimis-tables", sample("openimis-tables"), "--out", "tables"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("rows in person.csv"));
  EXPECT_THAT(result.out, HasSubstr("row of an earlier version (tblInsuree)"));
  EXPECT_EQ(lines_of_file(folder.path() / "tables/person.csv"), 4U);
  const CommandResult json =
      run_tessera(folder, {"import", "openimis-tables", sample("openimis-tables"), "--format",
                           "json", "--out", "again"});
  EXPECT_EQ(nlohmann::json::parse(json.out)["rows"]["family"], 1);
  EXPECT_EQ(read_folder(folder.path() / "tables"), read_folder(folder.path() / "again"));
}

TEST(ImportCommand, TooManyRejectsAreRefusedAndListed) {
  const TemporaryFolder folder;
  const CommandResult refused =
      run_tessera(folder, {"import", "fhir", sample("fhir/lines.ndjson"), "--out", "t"});
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_THAT(refused.err, HasSubstr("lines.ndjson:2"));
  EXPECT_THAT(refused.err, HasSubstr("--max-rejected"));
  EXPECT_EQ(lines_of_file(folder.path() / "t/rejects.csv"), 2U);
  EXPECT_FALSE(fs::exists(folder.path() / "t/person.csv"));
  const CommandResult taken = run_tessera(folder, {"import", "fhir", sample("fhir/lines.ndjson"),
                                                   "--out", "t", "--max-rejected", "0.5"});
  EXPECT_EQ(taken.exit_code, 0) << taken.err;
  EXPECT_THAT(taken.err, HasSubstr("1 record rejected"));
}

TEST(ImportCommand, WhatCannotBeReadIsOneLineWithItsPlaceAndNoValue) {
  const TemporaryFolder folder;
  folder.write("bad.json", "{\"resourceType\": \"Patient\",\n \"name\": Secret}");
  folder.write("deep.json", std::string(500000, '['));
  folder.write("cut.json", "{\"resourceType\": \"Patient\", \"name\": [{\"family\": \"Sec");
  folder.write("empty.json", "");
  for (const auto& [file, said] :
       {std::pair<const char*, const char*>{"bad.json", "bad.json:2:10: is not valid JSON"},
        {"deep.json", "nests deeper than 64"},
        {"cut.json", "cut.json:1:"},
        {"empty.json", "is empty"},
        {"nowhere.json", "nowhere.json"}}) {
    const CommandResult result = run_tessera(folder, {"import", "fhir", file, "--out", "t"});
    EXPECT_EQ(result.exit_code, 2) << file;
    EXPECT_THAT(result.err, HasSubstr(said));
    EXPECT_THAT(result.err, Not(HasSubstr("Sec")));
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
  }
  EXPECT_EQ(run_tessera(folder, {"import", "hl7", "x"}).exit_code, 2);
  EXPECT_EQ(run_tessera(folder, {"link", "a=hl7:x"}).exit_code, 2);
  EXPECT_EQ(run_tessera(folder, {"link", "a=fhir:"}).exit_code, 2);
}

// Two extracts of the same people: as openIMIS's FHIR and as a list.
void write_two_systems(const TemporaryFolder& folder) {
  std::string patients;
  std::string list = "record_id,first name,surname,dob,gender\n";
  const char* const given[] = {"Amina", "Ravi", "Lucia", "Tesfaye", "Sokha", "Ibrahim", "Mei"};
  const char* const family[] = {"Okafor", "Thapa", "Romero", "Bekele", "Chan", "Diallo"};
  for (int i = 0; i < 120; ++i) {
    const std::string date = std::to_string(1940 + i % 61) + "-0" + std::to_string(1 + i % 9) +
                             "-1" + std::to_string(i % 10);
    const std::string sex = i % 2 == 0 ? "female" : "male";
    patients += R"({"resourceType":"Patient","id":"f)" + std::to_string(i) +
                R"(","name":[{"family":")" + family[i % 6] + R"(","given":[")" + given[i % 7] +
                R"("]}],"gender":")" + sex + R"(","birthDate":")" + date + "\"}\n";
    list += "l" + std::to_string(i) + "," + given[i % 7] + "," + family[i % 6] + "," + date + "," +
            sex + "\n";
  }
  folder.write("patients.ndjson", patients);
  folder.write("people.csv", list);
}

TEST(ImportedFiles, FormatsAreLinkedAsTheyAre) {
  const TemporaryFolder folder;
  write_two_systems(folder);
  const CommandResult linked =
      run_tessera(folder, {"link", "client=fhir:patients.ndjson", "list:people.csv", "--out", "o"});
  ASSERT_EQ(linked.exit_code, 0) << linked.err;
  EXPECT_THAT(linked.err, HasSubstr("client: 120 persons"));
  EXPECT_EQ(lines_of_file(folder.path() / "o/crosswalk.csv"), 241U);
  EXPECT_GT(lines_of_file(folder.path() / "o/links.csv"), 100U);
  EXPECT_TRUE(fs::exists(folder.path() / "o/canonical/client/raw.csv"));
  // The job that was written reads the canonical tables, and links to the same.
  const auto first = read_folder(folder.path() / "o");
  const CommandResult again =
      run_tessera(folder, {"link", "--config", "o/job.toml", "--out", "o2"});
  ASSERT_EQ(again.exit_code, 0) << again.err;
  EXPECT_EQ(read_folder(folder.path() / "o2").at("crosswalk.csv"), first.at("crosswalk.csv"));
}

// The config of `tessera init` links to what linking the messages themselves links to.
TEST(ImportedFiles, InitKeepsTheTablesThatItsJobReads) {
  const TemporaryFolder folder;
  write_two_systems(folder);
  const std::vector<std::string> files = {"client=fhir:patients.ndjson", "list:people.csv"};
  const auto with_files = [&](std::vector<std::string> words) {
    words.insert(words.begin() + 1, files.begin(), files.end());
    return run_tessera(folder, words);
  };
  const CommandResult made = with_files({"init", "--out", "jobs/job.toml"});
  EXPECT_EQ(made.exit_code, 5);  // a mistyped folder is not made
  fs::create_directory(folder.path() / "jobs");
  const CommandResult again = with_files({"init", "--out", "jobs/job.toml"});
  ASSERT_EQ(again.exit_code, 0) << again.err;
  EXPECT_THAT(again.err, HasSubstr("client: 120 persons"));
  EXPECT_THAT(read_folder(folder.path() / "jobs").at("job.toml"),
              HasSubstr("path = \"canonical/client/person.csv\""));
  EXPECT_EQ(run_tessera(folder, {"link", "--config", "jobs/job.toml", "--out", "a"}).exit_code, 0);
  EXPECT_EQ(with_files({"link", "--out", "b"}).exit_code, 0);
  const auto by_config = read_folder(folder.path() / "a");
  const auto by_files = read_folder(folder.path() / "b");
  for (const char* name : {"links.csv", "crosswalk.csv", "golden.csv"}) {
    EXPECT_EQ(by_config.at(name), by_files.at(name)) << name;
  }
  fs::remove(folder.path() / "jobs/job.toml");
  const CommandResult twice = with_files({"init", "--out", "jobs/job.toml"});
  EXPECT_EQ(twice.exit_code, 2);
  EXPECT_THAT(twice.err, HasSubstr("--force"));
  EXPECT_EQ(with_files({"init", "--out", "jobs/job.toml", "--force"}).exit_code, 0);
}

// Where a source lies now may be told by its format: the same weights, and nothing has changed.
TEST(ImportedFiles, WhyReadsASourceByItsFormat) {
  const TemporaryFolder folder;
  write_two_systems(folder);
  ASSERT_EQ(
      run_tessera(folder, {"link", "client=fhir:patients.ndjson", "list:people.csv", "--out", "o"})
          .exit_code,
      0);
  const auto links = read_test_csv(folder.path() / "o/links.csv");
  ASSERT_GT(links.size(), 1U);
  const std::string left = links[1].at(0) + ":" + links[1].at(1);
  const std::string right = links[1].at(2) + ":" + links[1].at(3);
  const CommandResult here = run_tessera(folder, {"why", left, right, "o", "--format", "json"});
  ASSERT_EQ(here.exit_code, 0) << here.err;
  fs::rename(folder.path() / "o/canonical", folder.path() / "elsewhere");
  EXPECT_NE(run_tessera(folder, {"why", left, right, "o"}).exit_code, 0);
  const CommandResult there =
      run_tessera(folder, {"why", left, right, "o", "--format", "json", "--source",
                           "client=fhir:patients.ndjson", "--source", "people=list:people.csv"});
  ASSERT_EQ(there.exit_code, 0) << there.err;
  EXPECT_EQ(there.out, here.out);
}

TEST(ImportedFiles, ARegistryTakesFormatsToo) {
  const TemporaryFolder folder;
  write_two_systems(folder);
  CommandResult result = run_tessera(
      folder,
      {"registry", "init", "r.tessera", "client=fhir:patients.ndjson", "social=list:people.csv"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("client=fhir:patients.ndjson"));
  result = run_tessera(folder, {"registry", "load", "--store", "r.tessera",
                                "client=fhir:patients.ndjson", "social=list:people.csv"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("120"));
  result = run_tessera(folder, {"registry", "load", "--store", "r.tessera",
                                "client=fhir:patients.ndjson", "--format", "json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(nlohmann::json::parse(result.out)[0]["unchanged"], "120");
}

TEST(ImportedFiles, ProfileBlockingAndTrainTakeThemAndTwoOfOneNameAreRefused) {
  const TemporaryFolder folder;
  write_two_systems(folder);
  for (const char* command : {"profile", "blocking"}) {
    const CommandResult result = run_tessera(folder, {command, "list:people.csv"});
    EXPECT_EQ(result.exit_code, 0) << command << result.err;
  }
  EXPECT_EQ(run_tessera(folder, {"train", "list:people.csv", "--out", "m.json"}).exit_code, 0);
  const CommandResult twice = run_tessera(folder, {"link", "list:people.csv", "list:people.csv"});
  EXPECT_EQ(twice.exit_code, 2);
  EXPECT_THAT(twice.err, HasSubstr("second source named 'people'"));
}

TEST(Families, OfTwoSystemsAreLinkedWithTheirHeads) {
  const TemporaryFolder folder;
  // 40 families of three, the same people in both systems; every tenth is split in the second.
  std::string fhir;
  std::string upload = "ID,first_name,last_name,dob,group_code,individual_role,recipient_info\n";
  const char* const family[] = {"Okafor", "Thapa",  "Romero", "Bekele",
                                "Chan",   "Diallo", "Rai",    "Mensah"};
  const char* const given[] = {"Amina",   "Ravi",  "Lucia", "Tesfaye", "Sokha",
                               "Ibrahim", "Meili", "Grace", "Kojo",    "Fatou"};
  for (int f = 0; f < 40; ++f) {
    for (int m = 0; m < 3; ++m) {
      const std::string id = std::to_string(f) + "-" + std::to_string(m);
      const std::string date = std::to_string(1945 + (f * 7 + m * 29) % 71) + "-0" +
                               std::to_string(1 + (f + m) % 9) + "-1" + std::to_string(f % 10);
      const std::string name = given[(f * 3 + m * 7) % 10];
      fhir +=
          R"({"resourceType":"Patient","id":"p)" + id + R"(","name":[{"family":")" + family[f % 8] +
          R"(","given":[")" + name + R"("]}],"birthDate":")" + date +
          R"(","extension":[{"url":"x/patient-group-reference","valueReference":{"reference":)" +
          R"("Group/g)" + std::to_string(f) + R"("}},{"url":"x/patient-is-head","valueBoolean":)" +
          (m == 0 ? "true" : "false") + "}]}\n";
      const bool apart = f % 10 == 0 && m == 2;
      upload += "s" + id + "," + name + "," + family[f % 8] + "," + date + ",s" +
                std::to_string(f) + (apart ? "b" : "") + "," + (m == 0 ? "HEAD" : "SON") + ",0\n";
    }
    fhir += R"({"resourceType":"Group","id":"g)" + std::to_string(f) + R"(","quantity":3})" + "\n";
  }
  folder.write("patients.ndjson", fhir);
  folder.write("upload.csv", upload);
  const CommandResult linked = run_tessera(
      folder,
      {"link", "client=fhir:patients.ndjson", "social=social-protection:upload.csv", "--out", "o"});
  ASSERT_EQ(linked.exit_code, 0) << linked.err;
  // The four who are apart in the second system keep a family of their own: two families of one
  // source stay two. Each of them stands in both.
  EXPECT_THAT(
      linked.err,
      HasSubstr("The sources have 84 families; together they are 44 families, with 124 members"));
  std::map<std::string, std::string> entity;
  for (const auto& row : read_test_csv(folder.path() / "o/crosswalk.csv")) {
    entity[row.at(1) + ":" + row.at(2)] = row.at(0);
  }
  std::map<std::string, std::string> golden_of;
  for (const auto& row : read_test_csv(folder.path() / "o/family_crosswalk.csv")) {
    golden_of[row.at(1) + ":" + row.at(2)] = row.at(0);
  }
  std::map<std::string, std::string> head_of;
  for (const auto& row : read_test_csv(folder.path() / "o/families.csv")) {
    head_of[row.at(0)] = row.at(1);
  }
  for (int f = 0; f < 40; ++f) {
    const std::string number = std::to_string(f);
    EXPECT_EQ(golden_of["client:g" + number], golden_of["social:s" + number]) << f;
    EXPECT_EQ(head_of[golden_of["client:g" + number]], entity["client:p" + number + "-0"]) << f;
  }
}

// A birth of OpenCRVS 2.x as its log of actions.
std::string birth_log(const std::string& id, const nlohmann::json& declaration) {
  const nlohmann::json log = {{"id", id},
                              {"type", "birth"},
                              {"trackingId", "T" + id},
                              {"createdAt", "2025-01-01T00:00:00.000Z"},
                              {"actions",
                               {{{"id", "1"},
                                 {"type", "CREATE"},
                                 {"status", "Accepted"},
                                 {"createdAt", "2025-01-01T00:00:00.000Z"},
                                 {"declaration", nlohmann::json::object()}},
                                {{"id", "2"},
                                 {"type", "DECLARE"},
                                 {"status", "Accepted"},
                                 {"createdAt", "2025-01-01T00:01:00.000Z"},
                                 {"declaration", declaration}}}}};
  return log.dump() + "\n";
}

// Pairs of children among the links and the doubtful pairs.
std::size_t pairs_of_children(const fs::path& folder, const char* file) {
  std::size_t pairs = 0;
  for (const auto& row : read_test_csv(folder / file)) {
    pairs += row.at(1).ends_with("-child") && row.at(3).ends_with("-child") ? 1 : 0;
  }
  return pairs;
}

TEST(Births, TheNineVectorsOfOpencrvsGiveTheirDuplicates) {
  const auto shared = shared_data();
  if (!shared) GTEST_SKIP() << "needs ../shared/data/interop/opencrvs/birth-dedup-vectors.json";
  std::ifstream file(*shared / "interop/opencrvs/birth-dedup-vectors.json");
  const nlohmann::json vectors = nlohmann::json::parse(file);
  ASSERT_EQ(vectors.size(), 9U);
  for (const nlohmann::json& vector : vectors) {
    const TemporaryFolder folder;
    folder.write("births.ndjson",
                 birth_log("existing", vector["existing"]) + birth_log("fresh", vector["new"]));
    const CommandResult result =
        run_tessera(folder, {"link", "births=opencrvs:births.ndjson", "--config",
                             example("opencrvs_births/job.toml"), "--model",
                             example("opencrvs_births/model.json"), "--out", "o", "--quiet"});
    ASSERT_EQ(result.exit_code, 0) << vector["case"] << result.err;
    const std::size_t doubtful = pairs_of_children(folder.path() / "o", "review.csv");
    const std::size_t linked = pairs_of_children(folder.path() / "o", "links.csv");
    EXPECT_EQ(doubtful + linked, vector["expected_duplicates"]) << vector["case"];
    EXPECT_EQ(linked, 0U) << vector["case"] << ": a registrar judges these";
  }
}

// The same through a registry: each event lists the other, as OpenCRVS has it, or there is none.
TEST(Births, TheNineVectorsAreListedForTheirRegistrars) {
  const auto shared = shared_data();
  if (!shared) GTEST_SKIP() << "needs ../shared/data/interop/opencrvs/birth-dedup-vectors.json";
  std::ifstream file(*shared / "interop/opencrvs/birth-dedup-vectors.json");
  const std::string births = "births=opencrvs:births.ndjson";
  for (const nlohmann::json& vector : nlohmann::json::parse(file)) {
    const TemporaryFolder folder;
    folder.write("births.ndjson",
                 birth_log("existing", vector["existing"]) + birth_log("fresh", vector["new"]));
    for (const std::vector<std::string>& step :
         std::vector<std::vector<std::string>>{{"registry", "init", "r.tessera", births, "--config",
                                                example("opencrvs_births/job.toml"), "--model",
                                                example("opencrvs_births/model.json")},
                                               {"registry", "load", births, "--store", "r.tessera"},
                                               {"apply", "--store", "r.tessera"},
                                               {"exchange", "crvs-duplicates", births, "--from",
                                                "births", "--out", "o", "--store", "r.tessera"}}) {
      const CommandResult result = run_tessera(folder, step);
      ASSERT_EQ(result.exit_code, 0) << vector["case"] << step[0] << result.err;
    }
    const std::string pair =
        R"({"id":"existing","potentialDuplicates":[{"id":"fresh","trackingId":"Tfresh","reason":)"
        R"("waits for review"}]})"
        "\n"
        R"({"id":"fresh","potentialDuplicates":[{"id":"existing","trackingId":"Texisting",)"
        R"("reason":"waits for review"}]})"
        "\n";
    EXPECT_EQ(read_folder(folder.path() / "o").at("duplicates.ndjson"),
              vector["expected_duplicates"] == 0 ? std::string() : pair)
        << vector["case"];
  }
}

TEST(Births, ADeclarationSentTwiceIsLinkedWithoutALook) {
  const TemporaryFolder folder;
  const nlohmann::json declaration = {
      {"child.name", {{"firstname", "Esi"}, {"surname", "Mensah"}}},
      {"child.dob", "2024-10-28"},
      {"mother.name", {{"firstname", "Ama"}, {"surname", "Mensah"}}},
      {"mother.dob", "1996-03-03"},
      {"mother.nid", "1110009998"}};
  folder.write("births.ndjson", birth_log("a", declaration) + birth_log("b", declaration));
  const CommandResult result =
      run_tessera(folder, {"link", "births=opencrvs:births.ndjson", "--config",
                           example("opencrvs_births/job.toml"), "--model",
                           example("opencrvs_births/model.json"), "--out", "o", "--quiet"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(pairs_of_children(folder.path() / "o", "links.csv"), 1U);
}

TEST(Uganda, WithoutNumbersRecallIsAboveOpencrsAtPrecisionOne) {
  const auto shared = shared_data();
  if (!shared) GTEST_SKIP() << "needs ../shared/data/interop/openhie";
  const TemporaryFolder folder;
  const fs::path openhie = *shared / "interop/openhie";
  // The list's NIN and ART number are details: they stand in no column that is compared.
  const CommandResult linked =
      run_tessera(folder, {"link", "uganda=list:" + (openhie / "uganda_v21_part.csv").string(),
                           "--out", "o", "--quiet"});
  ASSERT_EQ(linked.exit_code, 0) << linked.err;
  for (const auto& row : read_test_csv(folder.path() / "o/canonical/uganda/person.csv")) {
    if (row.front() == "record_id") continue;
    for (const std::string& field : row) EXPECT_FALSE(field.starts_with("CF")) << "a NIN";
  }
  const CommandResult judged = run_tessera(
      folder, {"evaluate", "--truth", (openhie / "uganda_v21_part_true_links.csv").string(), "o",
               "--format", "json"});
  ASSERT_EQ(judged.exit_code, 0) << judged.err;
  const nlohmann::json report = nlohmann::json::parse(judged.out);
  EXPECT_EQ(report["clusters"]["precision"], 1.0);
  EXPECT_GT(report["clusters"]["recall"], 0.837);
}

}  // namespace
}  // namespace tessera::test
