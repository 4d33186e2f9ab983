// `tessera exchange` through the command line, on the real samples where they are there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "tests/jobs/flow_job.hpp"

namespace tessera::test {
namespace {

using testing::HasSubstr;
using testing::Not;
using Json = nlohmann::json;

TEST(ExchangeCommand, TheDemoFamiliesAreKnownAndNewcomersJoinThem) {
  const std::optional<FlowJob> job = demo_job();
  if (!job) GTEST_SKIP() << "needs ../shared/data/interop/openimis/demo_tables";
  const CommandResult result =
      job->exchange({"client-to-openimis", job->client(), job->openimis(), "--out", "enrol"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const Json facts = Json::parse(job->text("enrol/exchange.json"));
  EXPECT_EQ(facts["counts"]["persons to enrol"], 3);
  EXPECT_EQ(facts["counts"]["families that grow"], 1);
  EXPECT_EQ(facts["counts"]["new families"], 1);
  EXPECT_EQ(facts["counts"]["insured already"], job->insured());
  EXPECT_EQ(facts["exceptions"], Json::object());
  EXPECT_THAT(result.out, HasSubstr("Next time: --since " + facts["next"].dump()));
  const std::vector<std::string> bundles = job->lines("enrol/enrolment.ndjson");
  ASSERT_EQ(bundles.size(), 2U);
  std::set<std::string> groups;
  for (const std::string& line : bundles) {
    const Json bundle = Json::parse(line);
    groups.insert(bundle["entry"][0]["resource"]["extension"][0]["valueReference"]["reference"]);
  }
  EXPECT_TRUE(groups.contains("Group/" + job->first_family())) << "the mother's family of openIMIS";
  const CommandResult again = job->exchange({"client-to-openimis", job->client(), job->openimis(),
                                             "--since", facts["next"].dump(), "--out", "later"});
  ASSERT_EQ(again.exit_code, 0) << again.err;
  EXPECT_TRUE(job->lines("later/enrolment.ndjson").empty()) << "each change once";
}

TEST(ExchangeCommand, TheSameFilesGiveTheSameBytes) {
  const std::optional<FlowJob> job = demo_job();
  if (!job) GTEST_SKIP() << "needs ../shared/data/interop/openimis/demo_tables";
  for (const char* out : {"one", "two"}) {
    ASSERT_EQ(job->exchange({"client-to-openimis", job->client(), job->openimis(), "--out", out})
                  .exit_code,
              0);
  }
  EXPECT_EQ(read_folder(job->path() / "one"), read_folder(job->path() / "two"));
}

TEST(ExchangeCommand, ClientsGetTheInsurersNumberAndStayAsTheyAreOtherwise) {
  const std::optional<FlowJob> job = demo_job();
  if (!job) GTEST_SKIP() << "needs ../shared/data/interop/openimis/demo_tables";
  const CommandResult result =
      job->exchange({"openimis-to-client", job->client(), job->openimis(), "--system",
                     "http://insurer.example/number", "--out", "feed"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  std::map<std::string, Json> clients;
  for (const std::string& line : job->lines("client.ndjson")) {
    const Json json = Json::parse(line);
    if (json["resourceType"] == "Patient") clients[json["id"]] = json;
  }
  std::size_t numbered = 0;
  for (const std::string& line : job->lines("feed/insurer_ids.ndjson")) {
    const Json bundle = Json::parse(line);
    for (const Json& entry : bundle["entry"]) {
      Json patient = entry["resource"];
      Json& identifiers = patient["identifier"];
      EXPECT_EQ("c-" + identifiers.back()["value"].get<std::string>(), patient["id"]);
      EXPECT_EQ(identifiers.back()["system"], "http://insurer.example/number");
      identifiers.erase(identifiers.size() - 1);
      EXPECT_EQ(patient, clients.at(patient["id"]));
      ++numbered;
    }
  }
  EXPECT_EQ(numbered, job->insured());
}

// OpenCRVS's own bundle of a birth, registered: the mother is found by her national number.
TEST(ExchangeCommand, ABirthOfOpenCrvsPutsTheChildIntoTheMothersFamily) {
  const std::optional<std::filesystem::path> shared = shared_data();
  const std::filesystem::path bundle =
      shared.value_or("") / "interop/opencrvs/v1_fhir_bundles/incoming-birth-bundle.json";
  if (!shared || !std::filesystem::exists(bundle)) {
    GTEST_SKIP() << "needs ../shared/data/interop/opencrvs/v1_fhir_bundles";
  }
  const TemporaryFolder folder;
  std::ostringstream text;
  text << std::ifstream(bundle).rdbuf();
  std::string birth = text.str();
  folder.write("declared.json", birth);
  const std::string status = "WAITING_VALIDATION";
  for (std::size_t at; (at = birth.find(status)) != std::string::npos;) {
    birth.replace(at, status.size(), "REGISTERED");
  }
  Json registered = Json::parse(birth);
  for (Json& entry : registered["entry"]) {
    if (entry["resource"]["resourceType"] != "Task") continue;
    entry["resource"]["identifier"].push_back(
        {{"system", "http://opencrvs.org/specs/id/birth-registration-number"}, {"value", "B77"}});
  }
  folder.write("registered.json", registered.dump());
  std::string insured =
      R"({"resourceType":"Patient","id":"mom","birthDate":"1990-01-01",)"
      R"("name":[{"family":"Sami","given":["Mom"]}],)"
      R"("identifier":[{"type":{"coding":[{"code":"NI"}]},"value":"1234567893"}]})"
      "\n"
      R"({"resourceType":"Group","id":"family-of-mom",)"
      R"("member":[{"entity":{"reference":"Patient/mom"}}]})"
      "\n";
  for (int i = 0; i < 30; ++i) {
    const std::string n = std::to_string(10 + i);
    insured += R"({"resourceType":"Patient","id":"p)" + n + R"(","birthDate":"19)" + n +
               R"(-03-1)" + std::to_string(i % 10) + R"(","name":[{"family":"Fam)" + n +
               R"(","given":["Giv)" + std::to_string(i * 7 % 30) + "\"]}]}\n";
  }
  folder.write("insured.ndjson", insured);
  const std::string openimis = "openimis=fhir:insured.ndjson";
  const auto run = [&](const std::vector<std::string>& arguments) {
    const CommandResult result = run_tessera(folder, arguments);
    EXPECT_EQ(result.exit_code, 0) << arguments[0] << ": " << result.err;
  };
  const auto exchange = [&](const std::string& crvs, std::vector<std::string> more) {
    more.insert(more.begin(), {"exchange", "crvs-to-openimis", crvs, openimis, "--store", "s"});
    run(more);
  };
  run({"registry", "init", "s", "crvs=opencrvs:declared.json", openimis, "--quiet"});
  run({"registry", "load", "crvs=opencrvs:declared.json", openimis, "--store", "s"});
  run({"apply", "--store", "s"});
  exchange("crvs=opencrvs:declared.json", {"--out", "monday"});
  EXPECT_EQ(read_folder(folder.path() / "monday").at("changes.ndjson"), "");
  EXPECT_THAT(read_folder(folder.path() / "monday").at("exceptions.csv"),
              HasSubstr("not registered yet"));
  run({"registry", "load", "crvs=opencrvs:registered.json", "--store", "s"});
  run({"apply", "--store", "s"});
  exchange("crvs=opencrvs:registered.json",
           {"--again", "monday/exceptions.csv", "--out", "tuesday"});
  const Json entry =
      Json::parse(read_folder(folder.path() / "tuesday").at("changes.ndjson"))["entry"][0];
  EXPECT_EQ(entry["resource"]["name"][0]["given"][0], "Toni");
  EXPECT_EQ(entry["resource"]["extension"][0]["valueReference"]["reference"],
            "Group/family-of-mom");
  EXPECT_THAT(entry["request"]["ifNoneExist"].get<std::string>(), HasSubstr("|B77"));
}

// The demo's claims of 2019 fall into its policies' year; a client registry asks by its own ids.
TEST(ExchangeCommand, TheDemosInsuredAreCoveredInTheirPeriodAlone) {
  const std::optional<FlowJob> job = demo_job();
  if (!job) GTEST_SKIP() << "needs ../shared/data/interop/openimis/demo_tables";
  const auto covered = [&](const std::string& day) {
    const CommandResult result =
        job->exchange({"eligibility", job->client(), job->openimis(), "--on", day, "--out", day});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    const Json counts = Json::parse(job->text(day + "/exchange.json"))["counts"];
    EXPECT_EQ(counts["not insured"], 3);
    return counts.value("covered on the day", 0);
  };
  EXPECT_GT(covered("2018-06-01"), 0);
  EXPECT_EQ(covered("2031-01-01"), 0);
}

TEST(ExchangeCommand, ClaimsOfClientsGoToTheirInsuredPersons) {
  const std::optional<FlowJob> job = demo_job();
  if (!job) GTEST_SKIP() << "needs ../shared/data/interop/openimis/demo_tables";
  const std::filesystem::path sample = *shared_data() / "interop/openimis/fhir_r4/test_claim.json";
  std::ostringstream text;
  text << std::ifstream(sample).rdbuf();
  const std::string claim = text.str();
  const Json original = Json::parse(claim);
  const std::string foreign = original["patient"]["reference"];
  std::string first;  // the sample, of the first client; then of a client who is not insured
  for (const std::string& line : job->lines("client.ndjson")) {
    if (first.empty()) first = Json::parse(line)["id"];
  }
  const auto of = [&](const std::string& client) {
    std::string changed = claim;
    const std::string id = foreign.substr(8);
    for (std::size_t at; (at = changed.find(id)) != std::string::npos;) {
      changed.replace(at, id.size(), client);
    }
    return changed;
  };
  std::filesystem::create_directory(job->path() / "claims");
  std::ofstream(job->path() / "claims/insured.json") << of(first);
  std::ofstream(job->path() / "claims/stranger.json") << of("c-wife");
  const CommandResult result = job->exchange(
      {"claims", job->client(), "client=fhir:claims", job->openimis(), "--out", "rewritten"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const std::vector<std::string> lines = job->lines("rewritten/claims.ndjson");
  ASSERT_EQ(lines.size(), 1U);
  Json rewritten = Json::parse(lines[0]);
  const std::string uuid = rewritten["patient"]["identifier"]["value"];
  EXPECT_EQ(rewritten["patient"]["reference"], "Patient/" + uuid);
  EXPECT_NE("Patient/" + uuid, foreign);
  rewritten["patient"] = original["patient"];
  EXPECT_EQ(rewritten, original);
  EXPECT_THAT(job->text("rewritten/exceptions.csv"), HasSubstr("Claim,the patient is not known"));
}

TEST(ExchangeCommand, ReferralsOfTheDemoAreOneChainAPerson) {
  const std::optional<FlowJob> job = demo_job();
  if (!job) GTEST_SKIP() << "needs ../shared/data/interop/openimis/demo_tables";
  const CommandResult result =
      job->exchange({"referrals", job->client(), job->openimis(), "--out", "chains"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const Json counts = Json::parse(job->text("chains/exchange.json"))["counts"];
  EXPECT_EQ(counts["referrals in a chain"], 3);
  EXPECT_EQ(counts["persons with a chain"], 2);
}

class ExchangeMistakes : public testing::Test {
 protected:
  ExchangeMistakes() {
    folder.write("people.csv", std::string(kGoodPeople));
    folder.write("a.json", R"({"resourceType":"Patient","id":"1","name":[{"family":"Secret"}]})");
    folder.write("bad.json", R"({"resourceType":"Patient","id":"1","name":[{"family":"Secret)");
    EXPECT_EQ(run({"registry", "init", "r.tessera", "client=people.csv", "--quiet"}).exit_code, 0);
    EXPECT_EQ(run({"registry", "load", "client=people.csv", "--store", "r.tessera"}).exit_code, 0);
  }
  CommandResult run(std::vector<std::string> arguments) { return run_tessera(folder, arguments); }
  CommandResult exchange(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"exchange", "client-to-openimis"});
    arguments.insert(arguments.end(), {"--store", "r.tessera"});
    return run(arguments);
  }
  TemporaryFolder folder;
};

TEST_F(ExchangeMistakes, AreOneLineEachThatSaysWhatToDo) {
  EXPECT_THAT(exchange({"client=fhir:a.json"}).err, HasSubstr("run `tessera apply` first"));
  ASSERT_EQ(run({"apply", "--store", "r.tessera"}).exit_code, 0);
  const std::pair<std::vector<std::string>, const char*> mistakes[] = {
      {{"client=fhir:a.json"}, "openimis: the registry has no source of this name; it has client"},
      {{"client=fhir:bad.json", "--to", "client"}, "bad.json:1:"},
      {{"client=fhir:nowhere.json", "--to", "client"}, "nowhere.json"},
      {{"client=people.csv", "--to", "client"}, "NAME=FORMAT:FILE"},
      {{"client=fire:a.json", "--to", "client"}, "fhir"},
      {{"client=fhir:a.json", "--to", "client", "--since", "99999"}, "--since 99999"},
      {{"client=fhir:a.json", "client=list:people.csv", "--to", "client"}, "of one format"},
      {{"other=fhir:a.json", "--to", "client"}, "no source of this name"},
      {{"client=fhir:a.json", "--to", "client", "--again", "people.csv"}, "no column 'source'"}};
  for (const auto& [arguments, said] : mistakes) {
    const CommandResult result = exchange(arguments);
    EXPECT_EQ(result.exit_code, 2) << said;
    EXPECT_THAT(result.err, HasSubstr(said));
    EXPECT_THAT(result.err, Not(HasSubstr("Secret")));
    EXPECT_FALSE(std::filesystem::exists(folder.path() / "tessera-exchange")) << said;
  }
}

TEST_F(ExchangeMistakes, EveryFlowHasHelpWithExamples) {
  const CommandResult help = run({"exchange", "--help"});
  EXPECT_THAT(help.out, HasSubstr("client-to-openimis"));
  const CommandResult flow = run({"exchange", "client-to-openimis", "--help"});
  EXPECT_THAT(flow.out, HasSubstr("Examples:"));
  EXPECT_THAT(flow.out, HasSubstr("--since"));
}

}  // namespace
}  // namespace tessera::test
