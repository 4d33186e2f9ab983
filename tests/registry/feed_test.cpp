#include "registry/feed.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "data/error.hpp"
#include "registry/inspect.hpp"
#include "tests/registry/small_registry.hpp"

namespace tessera::test {
namespace {

Feed feed_of(const SmallRegistry& registry, std::int64_t since) {
  Store store = registry.open(Store::Access::kRead);
  return Feed(store, since);
}

TEST(RegistryFeed, HasEveryRecordWithItsIdentity) {
  const SmallRegistry registry;
  const std::vector<InventedRecord> people = invented_records(40, 3);
  registry.load(people);
  registry.apply();
  const Feed feed = feed_of(registry, 0);
  ASSERT_EQ(feed.records().size(), people.size());
  for (const InventedRecord& person : people) {
    const FeedRecord* record = feed.find(feed.source(person.source).value(), person.id);
    ASSERT_NE(record, nullptr);
    EXPECT_EQ(feed.identifier(record->entity),
              registry.identifier(person.source + ":" + person.id));
    EXPECT_GT(record->linked, 0);
    EXPECT_TRUE(feed.is_touched(record->entity, record->source));
  }
  EXPECT_EQ(feed.find(0, "nobody"), nullptr);
  EXPECT_FALSE(feed.source("nowhere").has_value());
}

TEST(RegistryFeed, TouchesNobodySinceTheLastEvent) {
  const SmallRegistry registry;
  registry.load(invented_records(20, 3));
  registry.apply();
  const Feed feed = feed_of(registry, feed_of(registry, 0).last_event());
  for (const FeedRecord& record : feed.records()) {
    EXPECT_FALSE(feed.is_touched(record.entity, record.source));
  };
}

TEST(RegistryFeed, TouchesWhomEventsNameAndNobodyElse) {
  const SmallRegistry registry;
  registry.load(invented_records(20, 3));
  registry.apply();
  const std::int64_t before = feed_of(registry, 0).last_event();
  registry.load({{"client", "NEW", "Zyxa", "Qwertz", "1930-02-03", ""}});
  EXPECT_EQ(feed_of(registry, before).pending(), 1);
  registry.apply();
  const Feed feed = feed_of(registry, before);
  EXPECT_EQ(feed.pending(), 0);
  for (const FeedRecord& record : feed.records()) {
    EXPECT_EQ(feed.is_touched(record.entity, record.source), record.id == "NEW") << record.id;
  }
}

TEST(RegistryFeed, ADetailThatMovedNobodyIsSeenOnceAndWhenItIsApplied) {
  const SmallRegistry registry;
  registry.load({{"client", "A", "Zyxa", "Qwertz", "1930-02-03", "111"}});
  registry.load(invented_records(20, 3));
  registry.apply();
  const std::int64_t before = feed_of(registry, 0).last_event();
  registry.load({{"client", "A", "Zyxa", "Qwertz", "1930-02-03", "222"}});
  const Feed waiting = feed_of(registry, before);
  const std::int64_t entity = waiting.find(0, "A")->entity;
  EXPECT_EQ(waiting.pending(), 1);
  EXPECT_FALSE(waiting.is_changed(entity, 0)) << "what is not applied does not count yet";
  EXPECT_EQ(waiting.last_event(), before) << "and is not passed over";
  registry.apply();
  const Feed feed = feed_of(registry, before);
  ASSERT_EQ(feed.find(0, "A")->entity, entity);
  EXPECT_FALSE(feed.is_touched(entity, 0)) << "it moved nobody";
  EXPECT_GT(feed.find(0, "A")->changed, before);
  for (const FeedRecord& record : feed.records()) {
    EXPECT_EQ(feed.is_changed(record.entity, record.source), record.id == "A") << record.id;
  }
  EXPECT_FALSE(feed_of(registry, feed.last_event()).is_changed(entity, 0)) << "once";
  registry.load({{"client", "A", "Zyxa", "Qwertz", "1930-02-03", "222"}});
  registry.apply();
  EXPECT_FALSE(feed_of(registry, feed.last_event()).is_changed(entity, 0)) << "the same again";
}

// A world in which records change, wait and are applied at any time: whoever asks since the number
// that the time before gave sees each change once, and none is lost.
TEST(RegistryFeed, WhateverTheOrderEachChangeIsSeenOnce) {
  for (std::uint32_t seed = 1; seed <= 8; ++seed) {
    const SmallRegistry registry;
    std::vector<InventedRecord> people = invented_records(15, 3);
    registry.load(people);
    registry.apply();
    std::int64_t since = feed_of(registry, 0).last_event();
    std::map<std::string, int> made;
    std::map<std::string, int> seen;
    std::uint32_t state = seed;
    const auto draw = [&](std::uint32_t below) {
      state = state * 1664525U + 1013904223U;
      return (state >> 16U) % below;
    };
    std::set<std::string> waiting;  // a change of a record that waits is one with those before it
    const auto ask = [&] {
      const Feed feed = feed_of(registry, since);
      for (const FeedRecord& record : feed.records()) {
        if (record.changed > since) ++seen[record.id];
      }
      since = feed.last_event();
    };
    for (int step = 0; step < 12; ++step) {
      switch (draw(3)) {
        case 0: {
          InventedRecord& person = people[draw(static_cast<std::uint32_t>(people.size()))];
          person.phone = std::to_string(1000000 + step);
          registry.load({person});
          if (waiting.insert(person.id).second) ++made[person.id];
          break;
        }
        case 1:
          registry.apply();
          ask();  // what was applied is told before it changes again
          waiting.clear();
          break;
        default:
          ask();
      }
    }
    registry.apply();
    ask();
    EXPECT_EQ(seen, made) << "seed " << seed;
  }
}

TEST(RegistryFeed, ADecisionTouchesBothPersonsAndAMergeMovesTheLinkingEvent) {
  const SmallRegistry registry;
  registry.load({{"client", "A", "Zyxa", "Qwertz", "1930-02-03", ""},
                 {"social", "B", "Omo", "Plimp", "1971-12-13", ""}});
  registry.load(invented_records(20, 3));
  registry.apply();
  const Feed first = feed_of(registry, 0);
  registry.decide("client:A", "social:B", true);
  registry.apply();
  const Feed feed = feed_of(registry, first.last_event());
  const FeedRecord* one = feed.find(0, "A");
  const FeedRecord* other = feed.find(1, "B");
  ASSERT_TRUE(one != nullptr && other != nullptr);
  EXPECT_EQ(one->entity, other->entity);
  EXPECT_EQ(feed.records_of(one->entity).size(), 2U);
  EXPECT_TRUE(feed.is_touched(one->entity, 0));
  EXPECT_TRUE(feed.is_touched(one->entity, 1));
  // One of the two came to the other: its linking is the later event.
  EXPECT_NE(one->linked > first.last_event(), other->linked > first.last_event());
}

TEST(RegistryFeed, ARecordOfAnotherSourceTouchesItsOwnSourceAlone) {
  const SmallRegistry registry;
  registry.load({{"client", "A", "Zyxa", "Qwertz", "1930-02-03", ""}});
  registry.load(invented_records(20, 3));
  registry.apply();
  const std::int64_t before = feed_of(registry, 0).last_event();
  registry.load({{"social", "B", "Zyxa", "Qwertz", "1930-02-03", ""}});
  registry.apply();
  const Feed feed = feed_of(registry, before);
  const std::int64_t entity = feed.find(0, "A")->entity;
  ASSERT_EQ(feed.find(1, "B")->entity, entity) << "they should be linked";
  EXPECT_FALSE(feed.is_touched(entity, 0));
  EXPECT_TRUE(feed.is_touched(entity, 1));
}

TEST(RegistryFeed, ListsThePairsThatWait) {
  const SmallRegistry registry;
  registry.load(invented_records(120, 5));
  registry.apply();
  Store store = registry.open(Store::Access::kRead);
  const Feed feed(store, 0);
  std::set<std::pair<std::int64_t, std::int64_t>> expected;
  for (const QueueLine& line : read_queue(store)) expected.emplace(line.row, line.other_row);
  std::set<std::pair<std::int64_t, std::int64_t>> found;
  for (const OpenPair& pair : feed.open_pairs()) {
    found.emplace(feed.records()[pair.left].row, feed.records()[pair.right].row);
  }
  EXPECT_EQ(found, expected);
  EXPECT_FALSE(found.empty()) << "the seed gives no pair for review; choose another";
}

TEST(RegistryFeed, RefusesAnEventThatIsNotThereAndAnEmptyRegistry) {
  const SmallRegistry registry;
  registry.load(invented_records(20, 3));
  EXPECT_THROW(feed_of(registry, 0), Error);
  registry.apply();
  EXPECT_THROW(feed_of(registry, 1'000'000), Error);
  EXPECT_THROW(feed_of(registry, -1), Error);
}

}  // namespace
}  // namespace tessera::test
