// A registry through the command line, as its keepers use it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/jobs/small_job.hpp"

namespace tessera::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

/// A folder with a registry of the source `people`, loaded; commands run in it.
struct Keeper {
  Keeper() {
    folder.write("job.toml",
                 "[job]\nthresholds = { link = 0.7, review = 0.5 }\n" + small_config("people.csv"));
    folder.write("people.csv", many_people());
    ok({"registry", "init", "registry.tessera", "--config", "job.toml"});
    ok({"registry", "load", "people=people.csv"});
  }

  /// 240 persons, a third of them twice.
  static std::string many_people() {
    const char* const given[] = {"Amina", "Ravi", "Lucia", "Tesfaye", "Sokha", "Ibrahim", "Mei"};
    const char* const family[] = {"Okafor", "Thapa", "Romero", "Bekele", "Chan", "Diallo"};
    std::string text = "record_id,given_name,family_name,birth_date\n";
    for (int i = 0; i < 240; ++i) {
      const std::string row = std::string(given[i % 7]) + "," + family[i / 7 % 6] + "," +
                              std::to_string(1950 + i % 50) + "-0" + std::to_string(1 + i % 9) +
                              "-1" + std::to_string(i / 9 % 10) + "\n";
      text += "A" + std::to_string(1000 + i) + "," + row;
      if (i % 3 == 0) text += "B" + std::to_string(1000 + i) + "," + row;
    }
    return text;
  }

  CommandResult run(const std::vector<std::string>& arguments) const {
    return run_tessera(folder, arguments);
  }
  std::string ok(const std::vector<std::string>& arguments) const {
    const CommandResult result = run(arguments);
    EXPECT_EQ(result.exit_code, 0) << arguments[0] << ": " << result.err;
    return result.out;
  }
  void fails(const std::vector<std::string>& arguments, int code, const std::string& why) const {
    const CommandResult result = run(arguments);
    EXPECT_EQ(result.exit_code, code) << arguments[0];
    EXPECT_THAT(result.err, HasSubstr(why));
  }
  std::string identifier(const std::string& record) const {
    return nlohmann::json::parse(ok({"show", record, "--format", "json"}))["identifier"];
  }

  TemporaryFolder folder;
};

TEST(Registry, PlansAppliesAndIsWhole) {
  const Keeper keeper;
  EXPECT_THAT(keeper.ok({"plan", "-o", "a.plan"}), HasSubstr("320 came, changed or went"));
  EXPECT_THAT(keeper.ok({"apply", "a.plan"}), HasSubstr("events written"));
  EXPECT_THAT(keeper.ok({"check"}), StartsWith("whole; "));
  EXPECT_THAT(keeper.ok({"audit", "verify"}), HasSubstr("all as written"));
  EXPECT_THAT(keeper.ok({"registry", "load", "people=people.csv"}), HasSubstr("320"));
  EXPECT_THAT(keeper.ok({"apply"}), HasSubstr("0 events written"));
  keeper.fails({"apply", "a.plan"}, 1, "plan again");
}

TEST(Registry, ShowsHowAndLogs) {
  const Keeper keeper;
  keeper.ok({"apply"});
  const std::string identifier = keeper.identifier("people:A1000");
  EXPECT_EQ(keeper.identifier("people:B1000"), identifier);
  EXPECT_THAT(keeper.ok({"show", identifier}), HasSubstr("people:A1000"));
  EXPECT_THAT(keeper.ok({"how", identifier}), HasSubstr("weakest link"));
  const auto how = nlohmann::json::parse(keeper.ok({"how", identifier, "--format", "json"}));
  EXPECT_EQ(how["records"].size(), 2U);
  EXPECT_EQ(how["links"].size(), 1U);
  EXPECT_THAT(keeper.ok({"log", "people:A1000"}), HasSubstr("people:A1000 joined " + identifier));
  EXPECT_THAT(keeper.ok({"log", "--format", "csv", "--last", "1"}), StartsWith("event,utc,actor"));
  keeper.ok({"id", "check", identifier});
  std::string wrong = identifier;
  wrong[0] = wrong[0] == '3' ? '4' : '3';
  keeper.fails({"id", "check", wrong}, 1, "check letter");
  keeper.fails({"show", wrong}, 2, "check letter");
}

TEST(Registry, DecisionsHoldAndAreTakenBack) {
  const Keeper keeper;
  keeper.ok({"apply"});
  keeper.ok({"decide", "people:A1000", "people:B1000", "non-match", "--reason", "twins", "--actor",
             "clerk"});
  keeper.ok({"apply"});
  EXPECT_NE(keeper.identifier("people:A1000"), keeper.identifier("people:B1000"));
  const auto log = nlohmann::json::parse(keeper.ok({"log", "people:A1000", "--format", "json"}));
  std::string event;
  for (const auto& line : log) {
    if (line["kind"] == "decision") event = line["event"];
  }
  EXPECT_THAT(log.dump(), HasSubstr("twins"));
  EXPECT_THAT(keeper.ok({"review", "--format", "table"}), HasSubstr("conflict"));
  keeper.ok({"revert", event});
  keeper.ok({"apply"});
  EXPECT_EQ(keeper.identifier("people:A1000"), keeper.identifier("people:B1000"));
  EXPECT_THAT(keeper.ok({"check"}), StartsWith("whole; "));
}

TEST(Registry, AFileOfDecisionsIsTakenWholeOrNotAtAll) {
  const Keeper keeper;
  keeper.ok({"apply"});
  keeper.folder.write("good.csv",
                      "record,other_record,verdict,reason\n"
                      "people:A1001,people:A1002,match,seen\n"
                      "people:A1003,people:A1004,non-match,\n");
  keeper.folder.write("bad.csv",
                      "record,other_record,verdict\n"
                      "people:A1002,people:A1004,match\n"
                      "people:A1001,people:A1004,non-match\n");
  EXPECT_THAT(keeper.ok({"decide", "good.csv"}), StartsWith("2 decisions taken"));
  EXPECT_THAT(keeper.ok({"decide", "good.csv"}), HasSubstr("2 in force already"));
  keeper.fails({"decide", "bad.csv"}, 1, "nothing was decided");
  keeper.folder.write("typo.csv", "record,other_record,verdict\npeople:A1001,people:A1,match\n");
  keeper.fails({"decide", "typo.csv"}, 2, "no such record");
  keeper.fails({"decide", "people:A1001", "people:A1002", "perhaps"}, 2, "'match' or 'non-match'");
}

TEST(Registry, BackupRestoreExportErase) {
  const Keeper keeper;
  keeper.ok({"apply"});
  keeper.ok({"registry", "backup", "friday.tessera"});
  keeper.fails({"registry", "backup", "friday.tessera"}, 2, "is there already");
  keeper.ok({"registry", "restore", "friday.tessera", "--store", "again.tessera"});
  EXPECT_EQ(keeper.ok({"check"}), keeper.ok({"check", "--store", "again.tessera"}));
  keeper.ok({"registry", "export", "out", "--spreadsheet-safe"});
  EXPECT_EQ(read_folder(keeper.folder.path() / "out").size(), 3U);
  const std::string identifier = keeper.identifier("people:A1000");
  EXPECT_THAT(keeper.ok({"registry", "erase", "people:A1000"}), StartsWith("2 records"));
  EXPECT_THAT(keeper.ok({"show", identifier}), HasSubstr("retired"));
  keeper.fails({"show", "people:A1000"}, 2, "no such record");
  EXPECT_THAT(keeper.ok({"check"}), StartsWith("whole; "));
}

// Whoever looks up next after an apply does not wait for the index.
TEST(Registry, ApplyBringsTheIndexForLookUpsAlong) {
  const Keeper keeper;
  const auto looks_up = [&] { return keeper.run({"find", "registry.tessera", "okafor"}).err; };
  EXPECT_THAT(keeper.run({"apply"}).err, Not(HasSubstr("registry.tessera.index")));
  EXPECT_THAT(looks_up(), HasSubstr("registry.tessera.index made"));
  EXPECT_THAT(looks_up(), Not(HasSubstr("registry.tessera.index")));
  keeper.folder.write("more.csv",
                      "record_id,given_name,family_name,birth_date\nC1,Ada,Okafor,1990-01-02\n");
  keeper.ok({"registry", "load", "people=more.csv"});
  EXPECT_THAT(keeper.run({"apply"}).err, HasSubstr("registry.tessera.index brought up to date"));
  EXPECT_THAT(looks_up(), Not(HasSubstr("registry.tessera.index")));
  EXPECT_THAT(keeper.ok({"find", "registry.tessera", "ada okafor", "--format", "json"}),
              HasSubstr("C1"));
}

TEST(Registry, ExplainsPairsWithTheirDecisions) {
  const Keeper keeper;
  keeper.ok({"apply"});
  keeper.ok({"decide", "people:A1000", "people:B1000", "non-match"});
  keeper.ok({"apply"});
  const std::string page =
      keeper.ok({"why", "people:A1000", "people:B1000", "--store", "registry.tessera"});
  EXPECT_THAT(page, HasSubstr("Decided: people:A1000 is not people:B1000"));
  EXPECT_THAT(page, HasSubstr("a decision says that"));
  EXPECT_THAT(page, Not(HasSubstr("Amina")));
  const auto json = nlohmann::json::parse(
      keeper.ok({"why", "people:A1000", "people:B1000", "registry.tessera", "--format", "json"}));
  EXPECT_EQ(json["decisions"].size(), 1U);
  keeper.fails({"why", "people:A1000", "people:A9", "registry.tessera"}, 2, "no such record");
}

// The keys themselves: tests/review/review_session_test.cpp. Here without any.
TEST(Registry, ReviewShowsAPageAndSavesNothingUnasked) {
  const Keeper keeper;
  keeper.ok({"apply"});
  keeper.ok({"decide", "people:A1000", "people:B1000", "non-match"});
  keeper.ok({"apply"});
  const std::string page = keeper.ok({"review", "--reason", "conflict"});
  EXPECT_THAT(page, HasSubstr("1 of 1 · conflict"));
  EXPECT_THAT(page, HasSubstr("Amina"));
  EXPECT_THAT(page, HasSubstr("0 decisions saved, 1 pair left"));
  EXPECT_THAT(keeper.ok({"review", "--blind", "--format", "csv"}),
              StartsWith("record,other_record\n"));
  EXPECT_THAT(keeper.ok({"review", "--reason", "stale decision"}), HasSubstr("Nothing waits"));
  keeper.fails({"review", "--reason", "boredom"}, 2, "boredom");
}

TEST(Registry, DecisionsTrainAModelThatItLearnsBy) {
  const Keeper keeper;
  keeper.ok({"apply"});
  keeper.ok({"decide", "people:A1000", "people:B1000", "match"});
  keeper.ok({"decide", "people:A1001", "people:A1002", "non-match"});
  EXPECT_THAT(keeper.ok({"train", "--labels", "registry.tessera", "--out", "labelled.json"}),
              HasSubstr("1 match and 1 non-match correct the model"));
  keeper.ok({"registry", "learn", "--model", "labelled.json"});
  keeper.folder.write("labels.csv",
                      "record,other_record,verdict\npeople:A1003,people:B1003,match\n"
                      "people:A1,people:A2,match\n");
  const CommandResult trained = keeper.run(
      {"train", "--config", "job.toml", "--labels", "labels.csv", "--out", "labelled.json"});
  EXPECT_EQ(trained.exit_code, 0) << trained.err;
  EXPECT_THAT(trained.err, HasSubstr("1 of 2 verdicts are on records that are not there"));
  keeper.ok({"link", "--config", "job.toml", "--model", "labelled.json", "--out", "out"});
}

TEST(Registry, LearnsAgainAndKeepsIdentifiers) {
  const Keeper keeper;
  keeper.ok({"apply"});
  const std::string identifier = keeper.identifier("people:A1000");
  EXPECT_THAT(keeper.ok({"registry", "learn"}), HasSubstr("A model is learned"));
  EXPECT_EQ(keeper.identifier("people:A1000"), identifier);
}

TEST(Registry, FaultsAreToldWithTheirCode) {
  const Keeper keeper;
  keeper.fails({"registry", "init", "registry.tessera", "--config", "job.toml"}, 2,
               "is there already");
  keeper.fails({"plan", "--store", "none.tessera"}, 2, "no such registry");
  keeper.fails({"check", "--store", "people.csv"}, 4, "");
  keeper.fails({"registry", "load", "other=people.csv"}, 2, "it has people");
  keeper.folder.write("bad.csv", "record_id,given_name,family_name,birth_date\n1,a\n2,b\n");
  keeper.fails({"registry", "load", "people=bad.csv"}, 1, "rejected");
  EXPECT_TRUE(std::filesystem::exists(keeper.folder.path() / "rejects.csv"));
}

}  // namespace
}  // namespace tessera::test
