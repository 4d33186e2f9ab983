#include "registry/inspect.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.hpp"
#include "registry/identifier.hpp"
#include "registry/records.hpp"
#include "tests/registry/small_registry.hpp"

namespace tessera {
namespace {

using test::SmallRegistry;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsSupersetOf;

TEST(Inspect, ShowsRecordsAndWhereValuesComeFrom) {
  const SmallRegistry registry;
  registry.load(test::invented_records(60, 1));
  registry.apply();
  Store store = registry.open(Store::Access::kRead);
  const EntityNumber entity = find_identity(store, "client:C1000");
  const IdentityView view = view_identity(store, entity);
  EXPECT_EQ(view.identifier, registry.identifier("client:C1000"));
  EXPECT_EQ(find_identity(store, view.identifier), entity);
  EXPECT_TRUE(view.living);
  EXPECT_THAT(view.records, IsSupersetOf({"client:C1000", "client:D1000"}));
  ASSERT_GE(view.golden.size(), 3U);
  EXPECT_EQ(view.golden.front().attribute, "given_name");
  EXPECT_THAT(view.records, Contains(view.golden.front().record));
}

TEST(Inspect, TheWeakestLinkHoldsItTogether) {
  const SmallRegistry registry;
  registry.load(test::invented_records(120, 2));
  registry.apply();
  Store store = registry.open(Store::Access::kRead);
  const IdentityHow how = explain_identity(store, find_identity(store, "client:C1000"));
  ASSERT_GE(how.links.size(), 2U);
  ASSERT_TRUE(how.weakest.has_value());
  EXPECT_LE(how.weakest->weight_bits, how.links.front().weight_bits);
  EXPECT_TRUE(std::is_sorted(how.links.begin(), how.links.end(), [](const auto& a, const auto& b) {
    return a.weight_bits > b.weight_bits;
  }));
}

TEST(Inspect, TheLogTellsOneRecordsStory) {
  const SmallRegistry registry;
  registry.load(test::invented_records(60, 3));
  registry.apply();
  registry.decide("client:C1001", "client:C1002", false);
  Store store = registry.open(Store::Access::kRead);
  const auto log = read_log(store, {.row = row_of_name(store, "client:C1001")});
  std::vector<std::string> kinds;
  for (const LogLine& line : log) kinds.push_back(line.kind);
  EXPECT_THAT(kinds, ElementsAre("linked", "decision"));
  EXPECT_EQ(log.back().what, "client:C1001 and client:C1002: non-match: test");
  EXPECT_EQ(log.back().actor, "tester");
  EXPECT_EQ(read_log(store, {.last = 2}).size(), 2U);
}

TEST(Inspect, StaleDecisionsStandInTheQueue) {
  const SmallRegistry registry;
  auto records = test::invented_records(20, 4);
  registry.load(records);
  registry.apply();
  registry.decide("client:C1001", "client:C1002", false);
  for (auto& record : records) {
    if (record.id == "C1001") record.phone = "0711112222";
  }
  registry.load(records);
  Store store = registry.open(Store::Access::kRead);
  EXPECT_EQ(read_queue(store).back().reason, "stale decision");
}

TEST(Inspect, WhatIsNotThereIsToldApart) {
  const SmallRegistry registry;
  registry.load(test::invented_records(5, 5));
  Store store = registry.open(Store::Access::kRead);
  const auto code = [&](const std::string& text) {
    try {
      find_identity(store, text);
    } catch (const Error& error) {
      return error.code();
    }
    return ErrorCode::kBusy;
  };
  EXPECT_EQ(code("4433-3333-3333-333C"), ErrorCode::kUsage);    // no identifier
  EXPECT_EQ(code("4433-3333-3333-333D"), ErrorCode::kRefused);  // not of this registry
  EXPECT_EQ(code("client:C1001"), ErrorCode::kRefused);         // not applied yet
  EXPECT_EQ(code("client:none"), ErrorCode::kUsage);
}

}  // namespace
}  // namespace tessera
