// Deaths and marriages of civil registration through the command line: OpenCRVS's own bundle of a
// death, and an event log of a couple.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/jobs/small_job.hpp"

namespace tessera::test {
namespace {

using testing::HasSubstr;
using testing::Not;
using Json = nlohmann::json;

std::string file_text(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

std::string insured(const std::string& id, const std::string& number, const std::string& given,
                    const std::string& family, const std::string& born) {
  return Json{{"resourceType", "Patient"},
              {"id", id},
              {"birthDate", born},
              {"name", {{{"family", family}, {"given", {given}}}}},
              {"identifier", {{{"type", {{"coding", {{{"code", "NI"}}}}}}, {"value", number}}}}}
             .dump() +
         "\n";
}

class CivilEvents : public testing::Test {
 protected:
  CivilEvents() {
    std::string people = insured("some", "0000000001", "Some", "One", "1990-01-01") +
                         insured("bride", "7001", "Adjoa", "Owusu", "1995-05-05") +
                         insured("groom", "7002", "Kojo", "Asante", "1993-03-03");
    people +=
        R"({"resourceType":"Coverage","id":"cover-some","status":"active",)"
        R"("beneficiary":{"reference":"Patient/some"},"payor":[{"reference":"Patient/some"}],)"
        R"("period":{"start":"2024-01-01","end":"2030-12-31"}})"
        "\n";
    for (int i = 0; i < 30; ++i) {  // strangers, so that a model is learned
      const std::string n = std::to_string(10 + i);
      people += insured("p" + n, "90" + n, "Giv" + std::to_string(i * 7 % 30), "Fam" + n,
                        "19" + n + "-03-1" + std::to_string(i % 10));
    }
    folder.write("insured.ndjson", people);
  }

  void run(std::vector<std::string> arguments) const {
    const CommandResult result = run_tessera(folder, arguments);
    EXPECT_EQ(result.exit_code, 0) << arguments[0] << ": " << result.err;
  }

  // The register's events are loaded and told; the files are in the folder `out`.
  void tell(const std::string& events, const std::string& out) const {
    const std::string crvs = "crvs=opencrvs:" + events;
    const std::string openimis = "openimis=fhir:insured.ndjson";
    if (!std::filesystem::exists(folder.path() / "s")) {
      run({"registry", "init", "s", crvs, openimis, "--quiet"});
    }
    run({"registry", "load", crvs, openimis, "--store", "s"});
    run({"apply", "--store", "s"});
    run({"exchange", "crvs-to-openimis", crvs, openimis, "--store", "s", "--out", out});
  }

  std::string told(const std::string& out, const char* file) const {
    return file_text(folder.path() / out / file);
  }

  TemporaryFolder folder;
};

TEST_F(CivilEvents, ADeathEndsTheInsuredPersonAndTheCoverageAndTwiceChangesNothing) {
  const auto shared = shared_data();
  if (!shared) GTEST_SKIP() << "needs ../shared/data/interop/opencrvs/v1_fhir_bundles";
  std::string death =
      file_text(*shared / "interop/opencrvs/v1_fhir_bundles/incoming-death-bundle.json");
  folder.write("declared.json", death);
  tell("declared.json", "declared");
  EXPECT_EQ(told("declared", "changes.ndjson"), "");
  EXPECT_THAT(told("declared", "exceptions.csv"), HasSubstr("not registered yet"));

  const std::string status = "WAITING_VALIDATION";
  death.replace(death.find(status), status.size(), "REGISTERED");
  Json registered = Json::parse(death);
  for (Json& entry : registered["entry"]) {
    if (entry["resource"]["resourceType"] != "Task") continue;
    entry["resource"]["identifier"].push_back(
        {{"system", "http://opencrvs.org/specs/id/death-registration-number"}, {"value", "D77"}});
  }
  folder.write("registered.json", registered.dump());
  tell("registered.json", "registered");
  const Json patient = Json::parse(told("registered", "changes.ndjson"))["entry"][0]["resource"];
  EXPECT_EQ(patient["id"], "some");
  EXPECT_EQ(patient["active"], false);
  EXPECT_EQ(patient["deceasedDateTime"], "2024-12-02");
  EXPECT_THAT(told("registered", "changes.csv"), HasSubstr("end coverage"));
  EXPECT_THAT(told("registered", "changes.csv"), HasSubstr("cover-some"));
  tell("registered.json", "again");
  EXPECT_EQ(told("again", "changes.ndjson"), told("registered", "changes.ndjson"));
}

TEST_F(CivilEvents, AMarriageLinksTheTwoInsured) {
  const auto action = [](int number, const char* type, const Json& declaration) {
    return Json{{"id", std::to_string(number)},
                {"type", type},
                {"status", "Accepted"},
                {"createdAt", "2026-02-01T00:0" + std::to_string(number) + ":00.000Z"},
                {"declaration", declaration}};
  };
  Json registered = action(3, "REGISTER", Json::object());
  registered["registrationNumber"] = "M-1";
  const Json marriage = {{"id", "m"},
                         {"type", "marriage"},
                         {"trackingId", "TM"},
                         {"createdAt", "2026-02-01T00:00:00.000Z"},
                         {"actions",
                          {action(1, "CREATE", Json::object()),
                           action(2, "DECLARE",
                                  {{"bride.name", {{"firstname", "Adjoa"}, {"surname", "Owusu"}}},
                                   {"bride.dob", "1995-05-05"},
                                   {"bride.nid", "7001"},
                                   {"groom.name", {{"firstname", "Kojo"}, {"surname", "Asante"}}},
                                   {"groom.dob", "1993-03-03"},
                                   {"groom.nid", "7002"},
                                   {"eventDetails.date", "2026-01-31"}}),
                           registered}}};
  folder.write("marriage.ndjson", marriage.dump() + "\n");
  tell("marriage.ndjson", "out");
  const std::string text = told("out", "changes.ndjson");
  EXPECT_THAT(text, HasSubstr("\"RelatedPerson\""));
  EXPECT_THAT(text, HasSubstr("Patient/bride"));
  EXPECT_THAT(text, HasSubstr("Patient/groom"));
  EXPECT_THAT(text, HasSubstr("SPS"));
  EXPECT_THAT(told("out", "changes.csv"), Not(HasSubstr("end coverage")));
}

}  // namespace
}  // namespace tessera::test
