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
    for (const Json& entry : Json::parse(line)["entry"]) {
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
