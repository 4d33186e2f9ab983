// The flows between openIMIS, social registries and MOSIP through the command line, on real
// samples: openIMIS's demo tables, OpenCRVS's list of identities, MOSIP's identity.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/jobs/flow_job.hpp"

namespace tessera::test {
namespace {

using testing::HasSubstr;
using Json = nlohmann::json;

std::string file_text(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

class SocialFlows : public testing::Test {
 protected:
  void SetUp() override {
    const std::optional<std::filesystem::path> shared = shared_data();
    if (!shared || !std::filesystem::exists(*shared / "interop/opencrvs/mock-identities.json")) {
      GTEST_SKIP() << "needs ../shared/data/interop (openimis, opencrvs, mosip)";
    }
    interop = *shared / "interop";
    openimis = "openimis=openimis-tables:" + (interop / "openimis/demo_tables").string();
    social = "social=list:" + (interop / "opencrvs/mock-identities.json").string();
  }

  CommandResult run(std::vector<std::string> arguments) const {
    CommandResult result = run_tessera(folder, arguments);
    EXPECT_EQ(result.exit_code, 0) << arguments[0] << ": " << result.err;
    return result;
  }

  void settle(const std::string& left, const std::string& right) const {
    run({"registry", "init", "r.tessera", left, right, "--quiet"});
    run({"registry", "load", left, right, "--store", "r.tessera"});
    run({"apply", "--store", "r.tessera"});
  }

  // What the flow counted; its files are in the folder of its name.
  Json exchange(const std::string& flow, const std::vector<std::string>& files) const {
    std::vector<std::string> arguments = {"exchange", flow};
    arguments.insert(arguments.end(), files.begin(), files.end());
    arguments.insert(arguments.end(), {"--store", "r.tessera", "--out", flow});
    run(arguments);
    return Json::parse(file_text(folder.path() / flow / "exchange.json"));
  }

  // The insured of the demo as a list, once for each prefix of the record ids.
  std::string demo_list(const std::vector<std::string>& prefixes) const {
    std::string list = "record_id,first_name,last_name,dob,sex\n";
    const auto table = read_test_csv(interop / "openimis/demo_tables/tblInsuree.csv");
    std::map<std::string, std::size_t> at;
    for (std::size_t c = 0; c < table[0].size(); ++c) at[table[0][c]] = c;
    for (std::size_t i = 1; i < table.size(); ++i) {
      const auto& row = table[i];
      if (!row[at["ValidityTo"]].empty()) continue;
      for (const std::string& prefix : prefixes) {
        list += prefix + std::to_string(i) + "," + row[at["OtherNames"]] + "," +
                row[at["LastName"]] + "," + row[at["DOB"]].substr(0, 10) + "," + row[at["Gender"]] +
                "\n";
      }
    }
    return list;
  }

  std::filesystem::path interop;
  std::string openimis;
  std::string social;
  TemporaryFolder folder;
};

TEST_F(SocialFlows, BeneficiariesAreEnrolledAndOpenimissPeopleAreNewToTheRegistry) {
  settle(social, openimis);
  const Json enrol = exchange("social-to-openimis", {social, openimis});
  std::uint64_t told = 0;
  for (const auto& [what, count] : enrol["counts"].items()) told += count.get<std::uint64_t>();
  EXPECT_EQ(told, 80U) << "everybody of the list: " << enrol["counts"];
  const auto rows = read_test_csv(folder.path() / "social-to-openimis/beneficiaries.csv");
  EXPECT_EQ(rows.size() - 1, enrol["counts"]["beneficiaries to enrol"]);
  EXPECT_GT(rows.size(), 60U);
  const CommandResult read =
      run({"import", "social-protection", "social-to-openimis/beneficiaries.csv", "--out", "read"});
  EXPECT_EQ(read_test_csv(folder.path() / "read/person.csv").size(), rows.size());

  const Json changes = exchange("openimis-to-social", {openimis, social});
  const auto fresh = read_test_csv(folder.path() / "openimis-to-social/new.csv");
  EXPECT_EQ(fresh.size() - 1, changes["counts"]["new beneficiaries"]);
  const Json notify =
      Json::parse(file_text(folder.path() / "openimis-to-social/notify_register.json"));
  EXPECT_EQ(notify["message"]["notify_event"].size(), fresh.size() - 1);
}

// The same people in both: the insured of the demo.
TEST_F(SocialFlows, ChangedDetailsGoUnderTheRegistrysIdsAndThoseKnownAreListed) {
  folder.write("list.csv", demo_list({"b"}));
  const std::string registry = "social=list:list.csv";
  settle(registry, openimis);
  const Json facts = exchange("openimis-to-social", {openimis, registry});
  const auto matched = read_test_csv(folder.path() / "openimis-to-social/matched.csv");
  const Json same = Json::parse(file_text(folder.path() / "openimis-to-social/matched.json"));
  EXPECT_EQ(same["records"].size(), matched.size() - 1);
  EXPECT_GT(matched.size(), 40U) << facts["counts"];
  EXPECT_EQ(matched[0][2], "receiver_id");
  EXPECT_TRUE(matched[1][2].starts_with("b"));
  EXPECT_EQ(facts["counts"].value("changed persons", 0) +
                facts["counts"].value("the same at the receiver", 0),
            matched.size() - 1);

  // The registry asks for one of them by the insurance number.
  const std::string asked = same["records"][0]["CHFID"];
  folder.write("ask.json",
               R"({"header": {"sender_id": "asker"}, "message": {"transaction_id": "t",
                   "search_request": [{"reference_id": "r", "timestamp": "2026-01-01T00:00:00Z",
                   "search_criteria": {"query_type": "idtype-value",
                   "query": {"type": "CHFID", "value": ")" +
                   asked + R"("}}}]}})");
  EXPECT_EQ(
      exchange("dci-answers", {openimis, "social=dci:ask.json"})["counts"]["searches answered"], 1);
  const Json answer = Json::parse(file_text(folder.path() / "dci-answers/answers.ndjson"));
  const Json& found = answer["message"]["search_response"][0]["data"]["reg_records"];
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0]["member"]["member_identifier"].back()["identifier_value"],
            same["records"][0]["receiver_id"]);
}

TEST_F(SocialFlows, PeopleWithTwoRecordsAreTasks) {
  folder.write("twice.csv", demo_list({"a", "b"}));
  const std::string twice = "openimis=list:twice.csv";
  settle(social, twice);
  exchange("openimis-duplicates", {twice});
  const Json tasks =
      Json::parse(file_text(folder.path() / "openimis-duplicates/deduplication.json"))["summary"];
  ASSERT_GT(tasks.size(), 40U);
  std::size_t doubles = 0;
  for (const Json& task : tasks) {
    doubles += task["count"] == 2 && task["ids"][0].get<std::string>().substr(1) ==
                                         task["ids"][1].get<std::string>().substr(1);
  }
  EXPECT_GT(doubles, 40U);
}

TEST_F(SocialFlows, AUinOfMosipIsAskedAbout) {
  const std::string people = "openimis=mosip:" + (interop / "mosip/identity-data.json").string();
  const std::string mapping =
      "openimis=mosip:" + (interop / "mosip/identity-mapping.json").string();
  run({"registry", "init", "r.tessera", social, people, "--quiet"});
  run({"registry", "load", social, people, "--store", "r.tessera"});
  run({"apply", "--store", "r.tessera"});
  exchange("openimis-to-mosip", {people, mapping});
  const Json asked =
      Json::parse(file_text(folder.path() / "openimis-to-mosip/authentication.ndjson"));
  EXPECT_EQ(asked["individualId"], "2419762130");
  EXPECT_EQ(asked["individualIdType"], "UIN");
}

// OpenG2P's lists have full names alone. Nobody guesses which word is the family's; once it is said
// all are enrolled.
TEST(OpenG2p, PeopleWithFullNamesAreEnrolledOnceTheFamilysNameIsSaid) {
  const std::optional<std::filesystem::path> shared = shared_data();
  if (!shared) GTEST_SKIP() << "needs ../shared/data/interop (openg2p, openimis)";
  const std::string people = (*shared / "interop/openg2p/sample_data2.csv").string();
  const std::string openimis =
      "openimis=openimis-tables:" + (*shared / "interop/openimis/demo_tables").string();
  const auto enrolled = [&](const TemporaryFolder& folder, const std::string& social) {
    for (const std::vector<std::string>& step : std::vector<std::vector<std::string>>{
             {"registry", "init", "r.tessera", social, openimis, "--quiet"},
             {"registry", "load", social, openimis, "--store", "r.tessera"},
             {"apply", "--store", "r.tessera"},
             {"exchange", "social-to-openimis", social, "--out", "o", "--store", "r.tessera"}}) {
      const CommandResult result = run_tessera(folder, step);
      EXPECT_EQ(result.exit_code, 0) << step[0] << result.err;
    }
    return read_test_csv(folder.path() / "o/beneficiaries.csv");
  };
  const TemporaryFolder whole;
  EXPECT_EQ(enrolled(whole, "social=list:" + people).size(), 1U);
  EXPECT_THAT(file_text(whole.path() / "o/exceptions.csv"), HasSubstr("import --family-name"));
  const TemporaryFolder parted;
  EXPECT_EQ(
      run_tessera(parted, {"import", "list", people, "--family-name", "last", "--out", "social"})
          .exit_code,
      0);
  const auto rows = enrolled(parted, "social=canonical:social");
  EXPECT_EQ(rows.size(), 201U);
  for (const auto& row : rows) EXPECT_FALSE(row[0].empty() || row[1].empty());
}

// A Group of FHIR without `quantity` is the whole family: who is no longer listed has left it.
TEST(FhirFamilies, AMemberWhomTheGroupNoLongerListsHasLeft) {
  const std::optional<FlowJob> job = demo_job();
  if (!job) GTEST_SKIP() << "needs ../shared/data/interop/openimis/demo_tables";
  std::ofstream message(job->path() / "tuesday.ndjson");
  for (const std::string& line : job->lines("client.ndjson")) {
    if (line.find(R"("id":"c-wife")") != std::string::npos) message << line << "\n";
  }
  message << R"({"resourceType": "Group", "id": "couple", "name": "Zimba",)"
          << R"( "member": [{"entity": {"reference": "Patient/c-wife"}}]})" << std::endl;
  const auto store = [](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--store", "people.tessera"});
    return arguments;
  };
  EXPECT_THAT(job->run(store({"registry", "load", "client=fhir:tuesday.ndjson"})).err,
              HasSubstr("families: 0 new, 1 changed"));
  const Json families = Json::parse(job->run(store({"plan", "--format", "json"})).out)["families"];
  EXPECT_EQ(families["changed"], 1);
  EXPECT_EQ(families["left"], 1);
  const CommandResult applied = job->run(store({"apply", "--format", "json"}));
  EXPECT_EQ(Json::parse(applied.out)["families"], families) << applied.err;
  EXPECT_EQ(Json::parse(job->run(store({"plan", "--format", "json"})).out)["families"]["left"], 0);
}

}  // namespace
}  // namespace tessera::test
