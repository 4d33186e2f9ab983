// `tessera exchange transfer` through the command line, and what it writes parsed by
// fhir.resources.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/jobs/judges.hpp"

namespace tessera::test {
namespace {

using testing::HasSubstr;
using Json = nlohmann::ordered_json;

std::string name_of(int person, int salt) {
  constexpr const char* kParts[] = {"ba", "de", "ki", "lo", "mu", "na",
                                    "pe", "ri", "so", "tu", "wa"};
  const int a = person * 7 + salt;
  return std::string(1, static_cast<char>('A' + (person + salt) % 26)) + kParts[a % 11] +
         kParts[(a / 11 + person) % 11] + kParts[(a + salt * 5) % 11];
}

// A Patient as one of the two writes it: `system` its own numbers.
Json patient(int person, const std::string& prefix, const std::string& system) {
  const std::string id = prefix + std::to_string(person);
  Json national = {{"type", {{"text", "national_id"}}},
                   {"system", "http://people.example/nid"},
                   {"value", "NID" + std::to_string(700000 + person * 37)}};
  return {{"resourceType", "Patient"},
          {"id", id},
          {"identifier", {{{"system", system}, {"value", id}}, national}},
          {"name", {{{"family", name_of(person, 3)}, {"given", {name_of(person, 11)}}}}},
          {"gender", person % 2 == 0 ? "female" : "male"},
          {"birthDate", std::to_string(1940 + person) + (person % 2 == 0 ? "-03-1" : "-11-2") +
                            std::to_string(person % 9)}};
}

Json coverage(int person) {
  const std::string who = "Patient/s" + std::to_string(person);
  return {{"resourceType", "Coverage"},
          {"id", "cover-" + std::to_string(person)},
          {"status", "active"},
          {"beneficiary", {{"reference", who}}},
          {"period", {{"start", "2026-01-01"}, {"end", "2026-12-31"}}},
          {"payor", {{{"reference", who}}}},
          {"class",
           {{{"type", {{"coding", {{{"code", "plan"}}}}}}, {"value", "BASIC"}, {"name", "B"}}}}};
}

Json claim(int number, int person) {
  const Json coding = {{"coding", {{{"code", "O"}}}}};
  return {{"resourceType", "Claim"},
          {"id", "claim-" + std::to_string(number)},
          {"identifier", {{{"value", "T000" + std::to_string(number)}}}},
          {"status", "active"},
          {"type", coding},
          {"use", "claim"},
          {"patient", {{"reference", "Patient/s" + std::to_string(person)}}},
          {"created", "2026-02-03"},
          {"provider", {{"reference", "Organization/h"}}},
          {"priority", {{"coding", {{{"code", "normal"}}}}}},
          {"insurance", {{{"sequence", 1}, {"focal", true}, {"coverage", {{"display", "BASIC"}}}}}},
          {"total", {{"value", 12.5 * number}, {"currency", "USD"}}}};
}

class TransferCommand : public testing::Test {
 protected:
  void SetUp() override {
    std::string sender;
    std::string receiver;
    Json family = {{"resourceType", "Group"}, {"id", "fam"},      {"type", "person"},
                   {"actual", true},          {"name", "Family"}, {"quantity", 3}};
    for (int person = 0; person < 60; ++person) {
      sender += patient(person, "s", "http://sender.example/id").dump() + "\n";
      if (person % 3 != 0) {
        receiver += patient(person, "r", "http://receiver.example/id").dump() + "\n";
      }
      if (person < 3) {
        family["member"].push_back(
            {{"entity", {{"reference", "Patient/s" + std::to_string(person)}}}});
        sender += coverage(person).dump() + "\n" + claim(person + 1, person).dump() + "\n";
      }
    }
    folder.write("sender.ndjson", sender + family.dump() + "\n" + claim(9, 40).dump() + "\n");
    folder.write("receiver.ndjson", receiver);
    folder.write("movers.csv", "record_id\ns0\ns1\ns2\ns77\n");
    for (const std::vector<std::string>& step : std::vector<std::vector<std::string>>{
             {"registry", "init", "r.tessera", kSender, kReceiver, "--quiet"},
             {"registry", "load", kSender, kReceiver, "--store", "r.tessera"},
             {"apply", "--store", "r.tessera"}}) {
      const CommandResult result = run_tessera(folder, step);
      ASSERT_EQ(result.exit_code, 0) << step[0] << ": " << result.err;
    }
  }

  CommandResult transfer(const std::string& out, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments = {"exchange", "transfer",   kSender,    kReceiver,
                                          "--on",     "2026-07-01", "--store",  "r.tessera",
                                          "--out",    out,          "--people", "movers.csv"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_tessera(folder, arguments);
  }

  std::string text(const std::string& file) const {
    std::ostringstream text;
    text << std::ifstream(folder.path() / file, std::ios::binary).rdbuf();
    return text.str();
  }

  static constexpr const char* kSender = "openimis=fhir:sender.ndjson";
  static constexpr const char* kReceiver = "insurer=fhir:receiver.ndjson";
  TemporaryFolder folder;
};

TEST_F(TransferCommand, MovesAFamilyWithItsClaimsAndSaysWhatItDid) {
  const CommandResult result = transfer("july", {"--product", "GOLD"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const Json facts = Json::parse(text("july/exchange.json"));
  EXPECT_EQ(facts["counts"]["persons who move"], 3);
  EXPECT_EQ(facts["counts"]["persons new to the receiver"], 1);
  EXPECT_EQ(facts["exceptions"]["is not among the sender's persons"], 1);
  EXPECT_THAT(text("july/totals.csv"), HasSubstr(",s0,,Claim,1,12.5,USD"));
  EXPECT_THAT(text("july/totals.csv"), HasSubstr(",s2,r2,Claim,1,37.5,USD"));
  EXPECT_THAT(text("july/totals.csv"), testing::Not(HasSubstr("s40")));
  EXPECT_THAT(text("july/transfer.csv"),
              HasSubstr(",s1,r1,receiver,begin coverage,GOLD,2026-07-01,2026-12-31\n"));
  EXPECT_THAT(text("july/transfer.csv"),
              HasSubstr(",s1,r1,sender,end coverage,cover-1,2026-12-31,2026-06-30\n"));
  ASSERT_EQ(transfer("again", {"--product", "GOLD"}).exit_code, 0);
  EXPECT_EQ(read_folder(folder.path() / "july"), read_folder(folder.path() / "again"));
}

TEST_F(TransferCommand, EveryResourceIsR4B) {
  if (!std::filesystem::exists(judge_python())) {
    GTEST_SKIP() << "needs fhir.resources in build/judges/venv; ./run setup fetches it";
  }
  ASSERT_EQ(transfer("july").exit_code, 0);
  const std::vector<std::string> files = {"july/receiver.ndjson", "july/sender.ndjson",
                                          "july/undo_receiver.ndjson", "july/undo_sender.ndjson"};
  const CommandResult judged = judge(folder.path(), files);
  EXPECT_EQ(judged.exit_code, 0) << judged.err;
  EXPECT_THAT(judged.out, HasSubstr("Bundle=4 Claim=3 Coverage=9 Group=1 Patient=1"));
  if (!has_hapi()) GTEST_SKIP() << "needs HAPI FHIR in build/judges/hapi; ./run setup fetches it";
  const CommandResult valid = validate(folder.path(), files);
  EXPECT_EQ(valid.exit_code, 0) << valid.out << valid.err;
  EXPECT_THAT(valid.out, HasSubstr("errors=0"));
}

TEST_F(TransferCommand, MistakesAreOneLineThatSaysWhatToDo) {
  folder.write("wrong.csv", "name\nSecret\n");
  CommandResult result = transfer("x", {"--people", "wrong.csv"});
  EXPECT_NE(result.exit_code, 0);
  result = run_tessera(folder, {"exchange", "transfer", kSender, kReceiver, "--on", "2026-07-01",
                                "--people", "wrong.csv", "--store", "r.tessera"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("no column 'record_id'"));
  EXPECT_THAT(result.err, testing::Not(HasSubstr("Secret")));
  result =
      run_tessera(folder, {"exchange", "transfer", kSender, kReceiver, "--store", "r.tessera"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("--people"));
}

}  // namespace
}  // namespace tessera::test
