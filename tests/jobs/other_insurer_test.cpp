// Changed details between two insurers through the command line: two exports of openIMIS's tables
// (the demo, and the same people as another installation has them), and a list.
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

std::string file_text(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

// Rows of tblInsuree: CHFID, LastName, OtherNames, DOB, Gender, Marital, Phone of those in force.
std::vector<std::map<std::string, std::string>> insured(const std::filesystem::path& table) {
  const std::vector<std::vector<std::string>> lines = read_test_csv(table);
  std::vector<std::map<std::string, std::string>> rows;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    std::map<std::string, std::string> row;
    for (std::size_t c = 0; c < lines[i].size(); ++c) row[lines[0][c]] = lines[i][c];
    if (row["ValidityTo"].empty()) rows.push_back(row);
  }
  return rows;
}

class OtherInsurer : public testing::Test {
 protected:
  void SetUp() override {
    const std::optional<std::filesystem::path> shared = shared_data();
    if (!shared || !std::filesystem::exists(*shared / "interop/openimis/demo_tables")) {
      GTEST_SKIP() << "needs ../shared/data/interop/openimis/demo_tables";
    }
    demo = *shared / "interop/openimis/demo_tables";
    people = insured(demo / "tblInsuree.csv");
  }

  // The other installation: its own numbers, phones, and nothing of what the demo says of marriages
  // and villages; the first person's phone is as given.
  void write_other_tables(const std::string& phone) const {
    std::string text =
        "InsureeID,FamilyID,CHFID,LastName,OtherNames,DOB,Gender,IsHead,Phone,ValidityTo,"
        "InsureeUUID\n";
    for (std::size_t i = 0; i < people.size(); ++i) {
      auto row = people[i];
      text += std::to_string(900 + i) + ",,9" + row["CHFID"] + "," + row["LastName"] + "," +
              row["OtherNames"] + "," + row["DOB"] + "," + row["Gender"] + ",0," +
              (i == 0 ? phone : "555-02" + std::to_string(10 + i)) + ",,other-" +
              std::to_string(i) + "\n";
    }
    std::filesystem::create_directories(folder.path() / "other");
    std::ofstream(folder.path() / "other/tblInsuree.csv") << text;
  }

  void write_list() const {
    std::string text = "record_id,first_name,last_name,dob,sex,phone\n";
    for (std::size_t i = 0; i < people.size(); ++i) {
      auto row = people[i];
      text += "p" + std::to_string(i) + "," + row["OtherNames"] + "," + row["LastName"] + "," +
              row["DOB"].substr(0, 10) + "," + row["Gender"] + "," + (i == 2 ? "555 01 02" : "") +
              "\n";
    }
    folder.write("other.csv", text);
  }

  CommandResult run(const std::vector<std::string>& arguments) const {
    CommandResult result = run_tessera(folder, arguments);
    EXPECT_EQ(result.exit_code, 0) << arguments[0] << ": " << result.err;
    return result;
  }

  void settle(const std::string& other) const {
    run({"registry", "init", "r.tessera", openimis(), other, "--quiet"});
    run({"registry", "load", openimis(), other, "--store", "r.tessera"});
    run({"apply", "--store", "r.tessera"});
  }

  nlohmann::json exchange(const std::string& other, const std::string& out,
                          std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments = {"exchange", "openimis-to-insurer", openimis(), other,
                                          "--store",  "r.tessera",           "--out",    out};
    arguments.insert(arguments.end(), more.begin(), more.end());
    run(arguments);
    return nlohmann::json::parse(file_text(folder.path() / out / "exchange.json"));
  }

  std::string openimis() const { return "openimis=openimis-tables:" + demo.string(); }

  std::filesystem::path demo;
  std::vector<std::map<std::string, std::string>> people;
  TemporaryFolder folder;
};

TEST_F(OtherInsurer, TwoExportsOfTablesUnderTheReceiversIdsAndEachChangeOnce) {
  const std::string other = "insurer=openimis-tables:other";
  write_other_tables("555-0102");
  settle(other);
  const nlohmann::json first = exchange(other, "first");
  const std::string changes = file_text(folder.path() / "first/changes.csv");
  EXPECT_GT(first["counts"].value("changed persons", 0), 0) << first;
  EXPECT_THAT(changes, HasSubstr("\nother-"));
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "first/new.csv"));
  const std::string next = first["next"].dump();
  EXPECT_EQ(exchange(other, "again", {"--since", next})["counts"].value("changed persons", 0), 0);
  // The other installation changes a phone: nobody moves. What openIMIS knows better is told again.
  write_other_tables("555-9999");
  run({"registry", "load", other, "--store", "r.tessera"});
  run({"apply", "--store", "r.tessera"});
  const nlohmann::json later = exchange(other, "later", {"--since", next});
  EXPECT_EQ(later["counts"].value("changed persons", 0), 1) << later;
  EXPECT_THAT(file_text(folder.path() / "later/changes.csv"), HasSubstr("\nother-0,"));
  const std::string last = later["next"].dump();
  EXPECT_EQ(exchange(other, "last", {"--since", last})["counts"].value("changed persons", 0), 0);
}

TEST_F(OtherInsurer, AListAndTablesDoAsWell) {
  write_list();
  const std::string other = "cash=list:other.csv";
  settle(other);
  const nlohmann::json facts = exchange(other, "out", {"--to", "cash"});
  EXPECT_GT(facts["counts"].value("changed persons", 0), 0) << facts;
  EXPECT_THAT(file_text(folder.path() / "out/changes.csv"), HasSubstr("\np"));
  EXPECT_THAT(file_text(folder.path() / "out/notify_update.json"), HasSubstr("notify_event"));
}

}  // namespace
}  // namespace tessera::test
