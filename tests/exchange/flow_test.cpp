#include "exchange/flow.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "data/error.hpp"
#include "exchange/fhir_reader.hpp"
#include "tests/exchange/flow_world.hpp"
#include "tests/support/command.hpp"

namespace tessera::test {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(ExchangeFlow, ExceptionsAreSortedQuotedAndEachThereOnce) {
  FlowResult result;
  result.except("client", "b,1", "person", "waits");
  result.except("client", "a", "person", "waits");
  result.except("client", "a", "person", "waits");
  EXPECT_EQ(exceptions_csv(result),
            "source,record_id,what,reason\nclient,\"b,1\",person,waits\nclient,a,person,waits\n");
}

TEST(ExchangeFlow, CountsKeepTheirOrderAndAddUp) {
  FlowResult result;
  result.count("second");
  result.count("first", 2);
  result.count("second", 3);
  EXPECT_EQ(result.counts.front().first, "second");
  EXPECT_EQ(counted(result, "second"), 4U);
}

TEST(ExchangeFlow, ASourceThatIsNeededAndNotGivenIsAUsageError) {
  FlowWorld world;
  const FlowInput input = world.input("client", "openimis");
  EXPECT_EQ(input.find("client"), nullptr);
  EXPECT_THROW(input.need("client"), Error);
}

TEST(ExchangeFlow, WhatWasHeldBackIsDueAgain) {
  FlowWorld world;
  world.say("client", R"({"resourceType":"Patient","id":"a","name":[{"family":"A"}]})", read_fhir);
  world.apply();
  FlowInput input = world.input("client", "openimis", world.feed().last_event());
  const FeedRecord& record = *input.feed.find(0, "a");
  EXPECT_FALSE(input.is_due(record));
  input.again.insert("client:a");
  EXPECT_TRUE(input.is_due(record));
}

TEST(ExchangeFlow, FactsAreCountsAndNeverAValue) {
  FlowWorld world;
  world.say("client", R"({"resourceType":"Patient","id":"a","name":[{"family":"Secret"}]})",
            read_fhir);
  world.apply();
  const FlowInput input = world.input("client", "openimis");
  FlowResult result;
  result.count("persons", 7);
  result.except("client", "a", "person", "waits");
  const std::string text = exchange_json(exchange_flows().front(), input, 3, result);
  const auto facts = nlohmann::json::parse(text);
  EXPECT_EQ(facts["since"], 3);
  EXPECT_EQ(facts["next"], input.feed.last_event());
  EXPECT_EQ(facts["counts"]["persons"], 7);
  EXPECT_EQ(facts["exceptions"]["waits"], 1);
  EXPECT_THAT(text, Not(HasSubstr("Secret")));
}

TEST(ExchangeFlow, FilesAppearTogether) {
  const TemporaryFolder folder;
  FlowResult result;
  result.files["one.ndjson"] = "{}\n";
  write_flow(folder.path() / "out", result, "{}\n");
  const auto files = read_folder(folder.path() / "out");
  EXPECT_EQ(files.size(), 3U);
  EXPECT_EQ(files.at("one.ndjson"), "{}\n");
  EXPECT_THAT(files.at("exceptions.csv"), HasSubstr("record_id"));
}

}  // namespace
}  // namespace tessera::test
