#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "exchange/dci_reader.hpp"
#include "exchange/flows.hpp"
#include "exchange/person_list.hpp"
#include "tests/exchange/flow_world.hpp"
#include "tests/exchange/import_texts.hpp"
#include "tests/support/shared_data.hpp"

namespace tessera::test {
namespace {

// The source `client` of the world stands for a social registry.
class OpenimisToSocial : public testing::Test {
 protected:
  OpenimisToSocial() {
    world.say("openimis",
              R"([{"record_id": "1", "first_name": "ANA", "last_name": "Rai", "phone": "0771-234",
                   "village": "Gulu", "NIN": "77"},
                  {"record_id": "2", "first_name": "Bo", "last_name": "Rai", "village": "Lira"},
                  {"record_id": "3", "first_name": "Chi", "last_name": "Rai"},
                  {"record_id": "4", "first_name": "Di", "last_name": "Rai"}])",
              read_list_document);
    world.say("client",
              R"([{"record_id": "a", "first_name": "Ana", "last_name": "Rai", "phone": "0771 234",
                   "village": "Arua"},
                  {"record_id": "b", "first_name": "Bó", "last_name": "Rai", "village": "Lira"},
                  {"record_id": "d", "first_name": "Dinah", "last_name": "Rai"}])",
              read_list_document);
    world.same("openimis:1", "client:a");
    world.same("openimis:2", "client:b");
    world.apply();
    world.doubt("openimis:4", "client:d");
  }
  FlowResult run(std::int64_t since = 0) {
    return openimis_to_social(world.input("openimis", "client", since));
  }
  FlowWorld world;
};

TEST_F(OpenimisToSocial, TellsWhatChangedUnderTheReceiversId) {
  const FlowResult result = run();
  const std::vector<std::string> rows = lines_of_text(result.files.at("changes.csv"));
  ASSERT_EQ(rows.size(), 2U) << "the person without a change sends nothing";
  EXPECT_EQ(rows[0], "record_id,beneficiary_identifier,source_record_id,village");
  EXPECT_TRUE(rows[1].starts_with("a,")) << rows[1];
  EXPECT_TRUE(rows[1].ends_with(",1,Gulu")) << "case and the parting of a number are no change";
  EXPECT_EQ(counted(result, "changed persons"), 1U);
  EXPECT_EQ(counted(result, "the same at the receiver"), 1U);
}

TEST_F(OpenimisToSocial, TellsOfNewPeopleButNotWhileAMatchIsOpen) {
  const FlowResult result = run();
  const std::vector<std::string> rows = lines_of_text(result.files.at("new.csv"));
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_TRUE(rows[1].starts_with("3,")) << rows[1];
  EXPECT_EQ(counted(result, "new beneficiaries"), 1U);
  ASSERT_EQ(result.exceptions.size(), 1U);
  EXPECT_EQ(result.exceptions[0].record, "4");
}

TEST_F(OpenimisToSocial, SaysTheSameInSpdci) {
  const FlowResult result = run();
  const Import update = imported(result.files.at("notify_update.json"), read_dci);
  EXPECT_EQ(table_lines(update, CanonicalTable::kPerson).size(), 1U);
  const auto message = nlohmann::json::parse(result.files.at("notify_register.json"));
  EXPECT_EQ(message["message"]["notify_event"].size(), 1U) << "by its lasting identifier";
  EXPECT_EQ(message["header"]["sender_id"], "openimis");
}

TEST_F(OpenimisToSocial, AReceiverOfUploadsGetsTheUpdate) {
  world.say("openimis",
            R"([{"record_id": "5", "first_name": "Eve", "last_name": "Rai", "dob": "1990-01-02",
                 "village": "Gulu"},
                {"record_id": "6", "first_name": "Fay", "last_name": "Rai", "village": "Gulu"}])",
            read_list_document);
  const std::string uuid = "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11";
  world.say("client",
            R"([{"record_id": ")" + uuid +
                R"(", "first_name": "Eve", "last_name": "Rai", "dob": "1990-01-02",
                 "village": "Lira"},
                {"record_id": "f", "first_name": "Fay", "last_name": "Rai", "village": "Lira"}])",
            read_list_document);
  world.same("openimis:5", "client:" + uuid);
  world.same("openimis:6", "client:f");
  world.apply();
  FlowInput input = world.input("openimis", "client");
  EXPECT_FALSE(openimis_to_social(input).files.contains("updates.csv"));
  std::vector<FlowSource> sources(input.sources.begin(), input.sources.end());
  const TemporaryFolder folder;
  const auto file =
      folder.write("export.csv", "ID,first_name,last_name,dob,group_code,village\n" + uuid +
                                     ",Eve,Rai,1990-01-02,G-4,Lira\nf,Fay,Rai,,G-4,Lira\n");
  for (FlowSource& source : sources) {
    source.format = "social-protection";
    source.files = {file};
  }
  input.sources = sources;
  const FlowResult result = openimis_to_social(input);
  const std::vector<std::string> rows = lines_of_text(result.files.at("updates.csv"));
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0], "ID,first_name,last_name,dob,group_code,village");
  EXPECT_EQ(rows[1], uuid + ",Eve,Rai,1990-01-02,G-4,Gulu") << "the group stays the receiver's";
  EXPECT_GE(counted(result, "of the upload: left out: no UUID of openIMIS"), 1U);
}

TEST_F(OpenimisToSocial, TellsEachChangeOnce) {
  const FlowResult result = run(world.feed().last_event());
  EXPECT_EQ(lines_of_text(result.files.at("changes.csv")).size(), 1U);
  EXPECT_EQ(lines_of_text(result.files.at("new.csv")).size(), 1U);
  EXPECT_EQ(counted(result, "nothing new since then"), 3U);
}

TEST_F(OpenimisToSocial, AnotherInsurerHearsOfItsOwnPeopleAlone) {
  const FlowResult result = openimis_to_insurer(world.input("openimis", "client"));
  EXPECT_EQ(lines_of_text(result.files.at("changes.csv")),
            lines_of_text(run().files.at("changes.csv")));
  EXPECT_EQ(result.files.size(), 2U);
  for (const auto& [name, text] : result.files) {
    EXPECT_EQ(text.find("Chi"), std::string::npos) << name;
  }
  EXPECT_EQ(counted(result, "not among the receiver's people"), 1U);
  EXPECT_EQ(result.exceptions.size(), 1U) << "who may be one of them is in doubt";
}

// Nobody moves: what makes the person due is that a load changed what one of the two says.
TEST_F(OpenimisToSocial, TellsADetailThatMovedNobodyOnce) {
  // Linked by what they say: a decision on a record that has changed since would wait for review.
  InventedRecord here{"openimis", "3", "Zephyrine", "Quartermain", "1991-05-06", "0779999123"};
  InventedRecord there = here;
  there.source = "client";
  there.id = "d";
  world.registry.load({here, there});
  world.apply();
  const std::int64_t before = world.feed().last_event();
  ASSERT_EQ(counted(run(before), "nothing new since then"), 4U);
  here.phone = "0779999124";
  world.registry.load({here});
  EXPECT_EQ(counted(run(before), "nothing new since then"), 4U) << "not while it is not applied";
  const std::int64_t waiting = world.feed(before).last_event();
  world.apply();
  const FlowResult result = run(waiting);
  EXPECT_EQ(counted(result, "changed persons"), 1U);
  EXPECT_EQ(counted(result, "nothing new since then"), 3U);
  EXPECT_EQ(counted(run(world.feed().last_event()), "nothing new since then"), 4U);
}

}  // namespace
}  // namespace tessera::test
