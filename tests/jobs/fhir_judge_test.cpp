// What the flows write, parsed as FHIR R4B by fhir.resources: software that is not ours.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/jobs/flow_job.hpp"

namespace tessera::test {
namespace {

using testing::HasSubstr;

std::filesystem::path judge_python() {
  return std::filesystem::path(TESSERA_SOURCE_DIR) / "build/judges/venv/bin/python";
}

CommandResult judge(const std::filesystem::path& where, std::vector<std::string> files) {
  files.insert(files.begin(), TESSERA_SOURCE_DIR "/tests/judges/check_fhir.py");
  return run_command(judge_python(), files, where);
}

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
}

}  // namespace
}  // namespace tessera::test
