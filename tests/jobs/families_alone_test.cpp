// Files that tell of families and of nobody: what a registry makes of them, and what other commands
// say.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/jobs/flow_job.hpp"

namespace tessera::test {
namespace {

using testing::HasSubstr;
using testing::Not;
using Json = nlohmann::json;

/// The registry of the openIMIS demo and a client registry, both applied.
class FamiliesAlone : public testing::Test {
 protected:
  void SetUp() override {
    job_ = demo_job();
    if (!job_) GTEST_SKIP() << "needs ../shared/data/interop/openimis";
    openimis_ = *shared_data() / "interop/openimis";
  }

  CommandResult load(std::vector<std::string> files) const {
    files.insert(files.begin(), {"registry", "load", "--store", "people.tessera"});
    return job_->run(files);
  }
  Json applied_families() const {
    const CommandResult result =
        job_->run({"apply", "--store", "people.tessera", "--format", "json"});
    EXPECT_EQ(result.exit_code, 0) << result.err;
    return Json::parse(result.out)["families"];
  }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(job_->path() / name) << text;
  }
  void expect_refused(const CommandResult& result, const std::string& said) const {
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, HasSubstr("error[usage]"));
    EXPECT_THAT(result.err, HasSubstr(said));
  }

  std::optional<FlowJob> job_;
  std::filesystem::path openimis_;
};

// openIMIS's own samples: a Patient, then the Group that she and another person are in.
TEST_F(FamiliesAlone, AGroupJoinsThePersonsOfAnEarlierLoadAndOfALaterOne) {
  ASSERT_EQ(
      load({"client=fhir:" + (openimis_ / "fhir_r5/Patient-jane-doe.json").string()}).exit_code, 0);
  const Json first = applied_families();
  EXPECT_EQ(first["unknown_members"], 0);
  const std::string group = "client=fhir:" + (openimis_ / "fhir_r5/Group-doe-family.json").string();
  const CommandResult loaded = load({group});
  ASSERT_EQ(loaded.exit_code, 0) << loaded.err;
  EXPECT_THAT(loaded.err, HasSubstr("client: 0 persons, 1 family"));
  EXPECT_THAT(loaded.err, HasSubstr("families: 0 new, 1 changed"));
  const CommandResult planned = job_->run({"plan", "--store", "people.tessera"});
  EXPECT_THAT(planned.out, HasSubstr(" 1  members whom no record tells of"));
  const Json second = applied_families();
  EXPECT_EQ(second["living"], first["living"]);
  EXPECT_EQ(second["unknown_members"], 1);
  write("john.json", R"({"resourceType": "Patient", "id": "john-doe", "birthDate": "1960-02-03",
      "name": [{"family": "Doe", "given": ["John"]}], "gender": "male"})");
  ASSERT_EQ(load({"client=fhir:john.json"}).exit_code, 0);
  const Json third = applied_families();
  EXPECT_EQ(third["joined"], 1);
  EXPECT_EQ(third["unknown_members"], 0);
  EXPECT_THAT(load({group}).err, HasSubstr("families: 0 new, 0 changed, 0 deleted, 1 unchanged"));
}

// The tables of the demo, one after the other: openIMIS names heads and families by numbers that
// only both together explain.
TEST_F(FamiliesAlone, TblFamiliesAloneIsRefusedWithWhatIsMissing) {
  const std::string alone =
      "openimis=openimis-tables:" + (openimis_ / "demo_tables/tblFamilies.csv").string();
  expect_refused(load({alone}),
                 "tblFamilies.csv: holds no person (16 families, 16 identifiers), "
                 "and its families name nobody");
  EXPECT_EQ(applied_families()["changed"], 0);
}

TEST_F(FamiliesAlone, AWholeSourceWithoutAPersonIsRefused) {
  expect_refused(
      load({"client=fhir:" + (openimis_ / "fhir_r5/Group-doe-family.json").string(), "--full"}),
      "would be deleted; load it without --full");
  EXPECT_EQ(applied_families()["retired"], 0);
}

TEST_F(FamiliesAlone, OtherCommandsNeedPeopleAndSaySo) {
  const std::string group = "a=fhir:" + (openimis_ / "fhir_r5/Group-doe-family.json").string();
  for (const std::vector<std::string>& command : std::vector<std::vector<std::string>>{
           {"link"}, {"registry", "init", "x.tessera"}, {"profile"}, {"blocking"}}) {
    std::vector<std::string> words = command;
    words.push_back(group);
    expect_refused(job_->run(words),
                   "Group-doe-family.json: holds no person (1 family, 2 identifiers); give the");
  }
  const std::string claims =
      "openimis=openimis-tables:" + (openimis_ / "demo_tables/tblClaim.csv").string();
  expect_refused(load({claims}), "(10 claims, 3 referrals); people are what is linked and loaded");
}

// The tables that `import` writes of a page of families are such a file too.
TEST_F(FamiliesAlone, TheirCanonicalTablesDoAsWell) {
  const std::string group = (openimis_ / "fhir_r5/Group-doe-family.json").string();
  ASSERT_EQ(job_->run({"import", "fhir", group, "--out", "g"}).exit_code, 0);
  EXPECT_THAT(load({"client=canonical:g"}).err, HasSubstr("families: 1 new"));
  EXPECT_THAT(load({"client=g/person.csv"}).err, HasSubstr("0 deleted, 1 unchanged"));
}

// A DCI answer with a group whose members stand in it by their numbers alone.
TEST_F(FamiliesAlone, AGroupOfNumbersLeavesThePersonsAsTheyAre) {
  const auto person = [](const char* number, const char* given) {
    return std::string(R"({"identifier": [{"identifier_type": "UIN", "identifier_value": ")") +
           number + R"("}], "sex": "male", "birth_date": "1970-01-02", "name": {"surname": "Tembo",
           "given_name": ")" +
           given + "\"}}";
  };
  write("people.json", "[" + person("1", "Wezi") + "," + person("2", "Lungu") + "]");
  write("group.json", R"({"header": {}, "message": {"search_response": [{"data": {"reg_records": [
      {"group_identifier": [{"identifier_type": "HHID", "identifier_value": "H"}], "group_size": 2,
       "member_list": [
         {"member_identifier": [{"identifier_type": "UIN", "identifier_value": "1"}]},
         {"member_identifier": [{"identifier_type": "UIN", "identifier_value": "2"}]}]}]}}]}})");
  ASSERT_EQ(load({"client=dci:people.json"}).exit_code, 0);
  applied_families();
  const CommandResult loaded = load({"client=dci:group.json", "--format", "json"});
  ASSERT_EQ(loaded.exit_code, 0) << loaded.err;
  EXPECT_EQ(Json::parse(loaded.out)[0]["changed"], "0");
  EXPECT_THAT(loaded.err, HasSubstr("families: 1 new"));
  const Json families = applied_families();
  EXPECT_EQ(families["new"], 1);
  EXPECT_EQ(families["unknown_members"], 0);
}

}  // namespace
}  // namespace tessera::test
