// What the flows write, parsed as FHIR R4B by fhir.resources and validated as R4 by HAPI FHIR:
// software that is not ours.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/jobs/flow_job.hpp"
#include "tests/jobs/judges.hpp"

namespace tessera::test {
namespace {

using testing::HasSubstr;

class FhirJudge : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(judge_python())) {
      GTEST_SKIP() << "needs fhir.resources in build/judges/venv; ./run setup fetches it";
    }
  }
};

TEST_F(FhirJudge, RefusesWhatIsNoR4) {
  const TemporaryFolder folder;
  folder.write("good.json", R"({"resourceType":"Patient","gender":"male","birthDate":"1990-04"})");
  folder.write("bad.json", R"({"resourceType":"Patient","gender":"male","birthDate":"Secret"})");
  folder.write("unknown.json", R"({"resourceType":"Pet"})");
  folder.write("inside.ndjson", R"({"resourceType":"Bundle","type":"batch","entry":[{"resource":)"
                                R"({"resourceType":"Group","type":"person","actual":"maybe"}}]})"
                                "\n");
  const CommandResult good = judge(folder.path(), {"good.json"});
  EXPECT_EQ(good.exit_code, 0) << good.err;
  EXPECT_THAT(good.out, HasSubstr("Patient=1"));
  for (const char* file : {"bad.json", "unknown.json", "inside.ndjson"}) {
    const CommandResult bad = judge(folder.path(), {file});
    EXPECT_EQ(bad.exit_code, 1) << file;
    EXPECT_THAT(bad.err, testing::Not(HasSubstr("Secret")));
  }
}

TEST_F(FhirJudge, ParsesEveryResourceThatTheFlowsOfOpenimisAndClientsWrite) {
  const std::optional<FlowJob> job = demo_job();
  if (!job) GTEST_SKIP() << "needs ../shared/data/interop/openimis/demo_tables";
  for (const std::vector<std::string>& flow : std::vector<std::vector<std::string>>{
           {"client-to-openimis", job->client(), job->openimis(), "--out", "enrol"},
           {"openimis-to-client", job->client(), job->openimis(), "--out", "feed"}}) {
    const CommandResult result = job->exchange(flow);
    ASSERT_EQ(result.exit_code, 0) << result.err;
  }
  const CommandResult result = judge(
      job->path(), {"enrol/enrolment.ndjson", "feed/insurer_ids.ndjson", "feed/merges.ndjson"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out,
              HasSubstr("Bundle=3 Group=1 Patient=" + std::to_string(3 + job->insured())));
  if (!has_hapi()) GTEST_SKIP() << "needs HAPI FHIR in build/judges/hapi; ./run setup fetches it";
  const CommandResult valid = validate(
      job->path(), {"enrol/enrolment.ndjson", "feed/insurer_ids.ndjson", "feed/merges.ndjson"});
  EXPECT_EQ(valid.exit_code, 0) << valid.out << valid.err;
  EXPECT_THAT(valid.out, HasSubstr("errors=0"));
}

// OpenCR's own samples hold two records of each person: they are merged, and the number is added to
// the ones that stay.
TEST_F(FhirJudge, ParsesTheMergesOfOpenCrsSamples) {
  const std::optional<std::filesystem::path> shared = shared_data();
  if (!shared) GTEST_SKIP() << "needs ../shared/data/interop/openhie/opencr";
  const TemporaryFolder folder;
  const std::string clients =
      "client=fhir:" + (*shared / "interop/openhie/opencr/patientsBundle.json").string();
  const std::string insured =
      "openimis=openimis-tables:" + (*shared / "interop/openimis/demo_tables").string();
  const std::string store = "people.tessera";
  for (const std::vector<std::string>& step : std::vector<std::vector<std::string>>{
           {"registry", "init", store, clients, insured, "--quiet"},
           {"registry", "load", clients, insured, "--store", store},
           {"apply", "--store", store},
           {"exchange", "openimis-to-client", clients, insured, "--store", store, "--out", "feed"},
           {"exchange", "client-to-openimis", clients, insured, "--store", store, "--out",
            "enrol"}}) {
    const CommandResult result = run_tessera(folder, step);
    ASSERT_EQ(result.exit_code, 0) << step[0] << ": " << result.err;
  }
  const CommandResult result =
      judge(folder.path(), {"feed/merges.ndjson", "enrol/enrolment.ndjson"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("MessageHeader=1"));
  if (!has_hapi()) GTEST_SKIP() << "needs HAPI FHIR in build/judges/hapi; ./run setup fetches it";
  const CommandResult valid =
      validate(folder.path(), {"feed/merges.ndjson", "enrol/enrolment.ndjson"});
  EXPECT_EQ(valid.exit_code, 0) << valid.out << valid.err;
  EXPECT_THAT(valid.out, HasSubstr("errors=0"));
}

// A request of eligibility of each of some clients, below requests/.
void ask_for(const FlowJob& job, const std::vector<std::string>& clients) {
  std::filesystem::create_directory(job.path() / "requests");
  std::ofstream file(job.path() / "requests/all.ndjson");
  for (const std::string& client : clients) {
    const nlohmann::ordered_json request = {
        {"resourceType", "CoverageEligibilityRequest"},
        {"id", "ask-" + client},
        {"status", "active"},
        {"purpose", {"validation"}},
        {"patient", {{"reference", "Patient/" + client}}},
        {"servicedDate", "2018-06-01"},
        {"created", "2018-06-01"},
        {"insurer", {{"display", "openIMIS"}}}};
    file << request.dump() << "\n";
  }
}

// Claims written from openIMIS's tables, answers about eligibility, and a family of the demo that
// moves to another insurer with its claims.
TEST_F(FhirJudge, ParsesClaimsAnswersAndTransfersOfTheDemosTables) {
  const std::optional<FlowJob> job = demo_job();
  if (!job) GTEST_SKIP() << "needs ../shared/data/interop/openimis/demo_tables";
  std::vector<std::string> clients;
  for (const std::string& line : job->lines("client.ndjson")) {
    if (clients.size() < 3) clients.push_back(nlohmann::json::parse(line)["id"]);
  }
  clients.push_back("c-wife");
  ask_for(*job, clients);
  // Family 18 of the demo: a head and another, two claims each.
  std::ofstream(job->path() / "movers.csv") << "record_id\n"
                                               "08037c23-5958-4cb3-9dfd-7adafb4e16e4\n"
                                               "42584440-2c16-46b6-9092-b8d3f439d6ba\n";
  for (const std::vector<std::string>& flow : std::vector<std::vector<std::string>>{
           {"claims", "--from", "openimis", "--to", "client", job->openimis(), job->client(),
            "--out", "claims"},
           {"eligibility", job->client(), "client=fhir:requests", job->openimis(), "--on",
            "2018-06-01", "--out", "answers"},
           {"transfer", "--from", "openimis", "--to", "client", job->openimis(), job->client(),
            "--people", "movers.csv", "--on", "2018-06-01", "--out", "move"}}) {
    const CommandResult result = job->exchange(flow);
    ASSERT_EQ(result.exit_code, 0) << result.err;
  }
  EXPECT_GT(job->lines("claims/claims.ndjson").size(), 3U);
  EXPECT_EQ(job->lines("answers/eligibility.ndjson").size(), clients.size());
  ASSERT_EQ(job->lines("move/receiver.ndjson").size(), 1U) << job->text("move/exceptions.csv");
  EXPECT_THAT(job->text("move/totals.csv"), HasSubstr(",Claim,"));
  const std::vector<std::string> files = {"claims/claims.ndjson", "answers/eligibility.ndjson",
                                          "move/receiver.ndjson", "move/undo_receiver.ndjson"};
  const CommandResult result = judge(job->path(), files);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  if (!has_hapi()) GTEST_SKIP() << "needs HAPI FHIR in build/judges/hapi; ./run setup fetches it";
  const CommandResult valid = validate(job->path(), files);
  EXPECT_EQ(valid.exit_code, 0) << valid.out << valid.err;
  EXPECT_THAT(valid.out, HasSubstr("errors=0"));
}

// What fhir.resources takes and the standard's invariants do not; and no value in what it says.
TEST_F(FhirJudge, HapiRefusesWhatBreaksAnInvariant) {
  if (!has_hapi()) GTEST_SKIP() << "needs HAPI FHIR in build/judges/hapi; ./run setup fetches it";
  const TemporaryFolder folder;
  folder.write("bad.ndjson",
               R"({"resourceType":"Patient","gender":"male","contact":[{"gender":"male"}]})"
               "\n"
               R"({"resourceType":"Patient","gender":"Secret"})"
               "\n"
               R"({"resourceType":"Patient","gender":"male"})"
               "\n");
  const CommandResult bad = validate(folder.path(), {"bad.ndjson"}, folder.path() / "clean");
  EXPECT_EQ(bad.exit_code, 1);
  EXPECT_THAT(bad.out, HasSubstr("bad.ndjson:1"));
  EXPECT_THAT(bad.out, HasSubstr("bad.ndjson:2"));
  EXPECT_THAT(bad.out, HasSubstr("documents=3 judged=3"));
  EXPECT_THAT(bad.out, testing::Not(HasSubstr("Secret")));
  const CommandResult again = validate(folder.path(), {"bad.ndjson"}, folder.path() / "clean");
  EXPECT_EQ(again.exit_code, 1);
  EXPECT_THAT(again.out, HasSubstr("judged=2"));  // the clean one is known
}

}  // namespace
}  // namespace tessera::test
