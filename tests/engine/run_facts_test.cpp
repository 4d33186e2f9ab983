#include "engine/run_facts.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace tessera {
namespace {

RunFacts some_facts() {
  RunFacts facts;
  facts.version = "0.1.0";
  facts.seed = 7;
  facts.link_type = LinkType::kLinkOnly;
  SourceFacts& source = facts.sources.emplace_back();
  source.name = "client";
  source.rows_read = 10;
  source.rows_kept = 9;
  source.rows_rejected = 1;
  facts.sources.push_back(source);
  facts.sources.back().name = "civil";
  facts.pairs_compared = 1234;
  facts.not_compared.push_back({"oversized block", "sex", 1, 5000, 12497500});
  facts.machine.threads = 2;
  facts.machine.stages.push_back({"read", 0.25});
  return facts;
}

TEST(RunFacts, TellsTheWholeRun) {
  const auto run = nlohmann::json::parse(run_json(some_facts()));
  EXPECT_EQ(run["version"], "0.1.0");
  EXPECT_EQ(run["seed"], 7);
  EXPECT_EQ(run["link_type"], "link_only");
  EXPECT_EQ(run["sources"][1]["name"], "civil");
  EXPECT_EQ(run["counts"]["pairs_compared"], 1234);
  EXPECT_EQ(run["not_compared"][0]["pairs"], 12497500);
  EXPECT_EQ(run["machine"]["stages"][0]["stage"], "read");
}

TEST(RunFacts, RowsAddUpOverSources) {
  const auto counts = nlohmann::json::parse(run_json(some_facts()))["counts"];
  EXPECT_EQ(counts["rows_read"], 20);
  EXPECT_EQ(counts["rows_kept"], 18);
  EXPECT_EQ(counts["rows_rejected"], 2);
}

TEST(RunFacts, OnlyTheMachineDiffersBetweenRuns) {
  RunFacts facts = some_facts();
  auto one = nlohmann::json::parse(run_json(facts));
  facts.machine = {8, 1, 2, 3, {{"read", 9.0}}, 10.0};
  auto other = nlohmann::json::parse(run_json(facts));
  EXPECT_NE(one, other);
  one.erase("machine");
  other.erase("machine");
  EXPECT_EQ(one, other);
}

TEST(RunFacts, TextThatIsNotUtf8DoesNotStopTheRun) {
  RunFacts facts = some_facts();
  facts.sources[0].name = "cl\xff";
  EXPECT_NO_THROW(nlohmann::json::parse(run_json(facts)));
}

}  // namespace
}  // namespace tessera
