#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "data/error.hpp"
#include "exchange/dci_reader.hpp"
#include "exchange/flows.hpp"
#include "exchange/person_list.hpp"
#include "tests/exchange/flow_world.hpp"
#include "tests/exchange/import_texts.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera::test {
namespace {

using Json = nlohmann::json;

std::string read_text(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

std::string search(const std::string& type, const std::string& value) {
  return R"({"header": {"sender_id": "asker"}, "message": {"transaction_id": "t",
      "search_request": [{"reference_id": "r-)" +
         value + R"(", "search_criteria": {"query_type": "idtype-value",
      "query": {"type": ")" +
         type + R"(", "value": ")" + value + R"("}}}]}})";
}

// The source `client` of the world stands for a registry that asks.
class DciAnswers : public testing::Test {
 protected:
  DciAnswers() {
    world.say("openimis",
              R"([{"record_id": "1", "first_name": "Ana", "last_name": "Rai", "UIN": "847951632"},
                  {"record_id": "2", "first_name": "Bo", "last_name": "Rai", "UIN": "22"},
                  {"record_id": "3", "first_name": "Chi", "last_name": "Rai"},
                  {"record_id": "4", "first_name": "Di", "last_name": "Rai", "UIN": "55"},
                  {"record_id": "5", "first_name": "Eve", "last_name": "Rai", "UIN": "55"}])",
              read_list_document);
    world.say("client",
              R"([{"record_id": "a", "first_name": "Ana", "last_name": "Rai"},
                  {"record_id": "c", "first_name": "Chi", "last_name": "Rai", "UIN": "33"}])",
              read_list_document);
    world.same("openimis:1", "client:a");
    world.same("openimis:3", "client:c");
    world.apply();
  }

  /// The answers to searches, one a message.
  std::vector<Json> answered(const std::vector<std::string>& messages) {
    FlowInput input = world.input("openimis", "client");
    std::vector<FlowSource> sources(input.sources.begin(), input.sources.end());
    for (FlowSource& source : sources) {
      if (source.name != "client") continue;
      source.format = "dci";
      for (std::size_t i = 0; i < messages.size(); ++i) {
        source.files.push_back(folder.write("ask-" + std::to_string(i) + ".json", messages[i]));
      }
    }
    input.sources = sources;
    result = dci_answers(input);
    std::vector<Json> answers;
    for (const std::string& line : lines_of_text(result.files.at("answers.ndjson"))) {
      answers.push_back(Json::parse(line)["message"]["search_response"][0]);
    }
    return answers;
  }

  FlowWorld world;
  TemporaryFolder folder;
  FlowResult result;
};

TEST_F(DciAnswers, APersonIsFoundByOpenimissNumberOrByTheLinkOfTheOneWhoAsks) {
  const std::vector<Json> answers =
      answered({search("UIN", "847951632"), search("UIN", "33"), search("UIN", "99")});
  ASSERT_EQ(answers.size(), 3U);
  const auto member = [](const Json& answer) {
    return answer["data"]["reg_records"].at(0)["member"];
  };
  EXPECT_EQ(member(answers[0])["demographic_info"]["name"]["given_name"], "Ana");
  EXPECT_EQ(member(answers[0])["member_identifier"].back()["identifier_value"], "a")
      << "the number of who asks";
  EXPECT_EQ(member(answers[1])["demographic_info"]["name"]["given_name"], "Chi");
  EXPECT_EQ(answers[2]["status"], "succ");
  EXPECT_TRUE(answers[2]["data"]["reg_records"].empty());
  EXPECT_EQ(counted(result, "searches answered"), 2U);
  EXPECT_EQ(counted(result, "searches that find nobody"), 1U);
}

TEST_F(DciAnswers, ADoubtIsPendingAndAnExceptionAndNamesNobody) {
  const std::vector<Json> answers = answered({search("UIN", "55")});
  EXPECT_EQ(answers.at(0)["status"], "pdng");
  EXPECT_FALSE(answers[0].contains("data"));
  ASSERT_EQ(result.exceptions.size(), 1U);
  EXPECT_EQ(result.exceptions[0].what, "search");
  EXPECT_EQ(result.exceptions[0].record, "r-55");
}

TEST_F(DciAnswers, WhatIsNoNumberIsRejectedWithAReason) {
  const std::vector<Json> answers = answered({search("poverty_score", "2")});
  EXPECT_EQ(answers.at(0)["status"], "rjct");
  EXPECT_EQ(answers[0]["status_reason_code"], "rjct.search_criteria.invalid");
  EXPECT_EQ(counted(result, "searches rejected"), 1U);
}

TEST_F(DciAnswers, WhoAsksOtherwiseThanBySpdciIsToldHow) {
  EXPECT_THROW(dci_answers(world.input("openimis", "client")), Error);
}

// SPDCI's own requests: two for the UIN 847951632, one by age, poverty and gender.
TEST_F(DciAnswers, TheStandardsOwnRequestsAreAnswered) {
  const auto shared = shared_data();
  if (!shared) GTEST_SKIP() << "needs ../shared/data/interop/spdci/samples";
  std::vector<std::string> messages;
  for (const char* name : {"crvs_processflow1req.json", "social_processflow2req.json",
                           "social_processflow3areq.json", "social_processflow1-1req.json"}) {
    messages.push_back(read_text(*shared / "interop/spdci/samples" / name));
  }
  const std::vector<Json> answers = answered(messages);
  ASSERT_EQ(answers.size(), 4U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(answers[i]["status"], "succ");
    EXPECT_EQ(answers[i]["data"]["reg_records"].size(), 1U);
  }
  EXPECT_EQ(answers[2]["status"], "rjct");
  EXPECT_EQ(answers[3]["status"], "rjct");
}

}  // namespace
}  // namespace tessera::test
