// What must hold of identities over a registry's life: the same partition whatever the batches and
// their order, identifiers that stay, decisions that are never lost.
#include "registry/plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "data/error.hpp"
#include "registry/check.hpp"
#include "registry/identifier.hpp"
#include "registry/inspect.hpp"
#include "tests/registry/small_registry.hpp"

namespace tessera {
namespace {

using test::InventedRecord;
using test::SmallRegistry;
using ::testing::IsEmpty;

std::vector<std::vector<InventedRecord>> batches_of(std::vector<InventedRecord> records,
                                                    std::size_t count) {
  std::vector<std::vector<InventedRecord>> batches(count);
  for (std::size_t i = 0; i < records.size(); ++i) batches[i % count].push_back(records[i]);
  return batches;
}

/// The identifier of every record.
std::map<std::string, std::string> all_identifiers(const SmallRegistry& registry) {
  Store store = registry.open(Store::Access::kRead);
  std::map<std::string, std::string> all;
  Statement read = store.database().prepare(
      "SELECT s.name, r.id, e.id FROM record r JOIN source s ON s.n = r.source"
      " JOIN entity e ON e.n = r.entity WHERE r.live = 1");
  while (read.step()) {
    all[std::string(read.text(0)) + ":" + std::string(read.text(1))] = read.text(2);
  }
  return all;
}

TEST(Plan, ARegistryFindsItsPersons) {
  const SmallRegistry registry;
  registry.load(test::invented_records(300, 1));
  const Applied applied = registry.apply();
  EXPECT_EQ(applied.plan.records, 700U);
  EXPECT_NEAR(static_cast<double>(applied.plan.identities), 300.0, 25.0);
  EXPECT_THAT(registry.check(), IsEmpty());
}

TEST(Plan, UnchangedInputWritesNoEvent) {
  const SmallRegistry registry;
  const auto records = test::invented_records(200, 2);
  registry.load(records);
  registry.apply();
  EXPECT_EQ(registry.load(records), 0U);
  EXPECT_EQ(registry.load(records, true), 0U);
  const Applied again = registry.apply();
  EXPECT_TRUE(again.plan.nothing_to_do);
  EXPECT_EQ(again.events, 0U);
}

TEST(Plan, BatchesInAnyOrderGiveTheSamePartition) {
  const auto records = test::invented_records(250, 3);
  // What all are scored by: learned from half the records, applied to all of them.
  const SmallRegistry teacher;
  teacher.load(records);
  teacher.apply();
  Store taught = teacher.open(Store::Access::kRead);
  const PinnedModel pinned = taught.pinned_model().value();
  const auto with_model = [&](const SmallRegistry& registry) {
    Store store = registry.open();
    Transaction transaction(store.database(), Transaction::Kind::kWrite);
    LedgerWriter ledger(store.database(), test::test_run());
    const std::int64_t event = ledger.append({.kind = EventKind::kModel}, "pinned");
    store.put_model(event, pinned.model, pinned.references);
    store.commit(transaction);
  };
  std::mt19937 random(4);
  for (const std::size_t count : {1U, 4U, 10U}) {
    const SmallRegistry registry;
    with_model(registry);
    auto batches = batches_of(records, count);
    std::shuffle(batches.begin(), batches.end(), random);
    for (const auto& batch : batches) {
      registry.load(batch);
      registry.apply();
    }
    EXPECT_EQ(registry.meaning(), teacher.meaning()) << count << " batches";
    EXPECT_THAT(registry.check(), IsEmpty());
  }
}

TEST(Plan, LearningAgainMakesBatchesForgotten) {
  const auto records = test::invented_records(250, 5);
  const SmallRegistry once;
  once.load(records);
  once.apply();
  const SmallRegistry often;
  for (const auto& batch : batches_of(records, 5)) {
    often.load(batch);
    often.apply();
  }
  often.learn();
  EXPECT_EQ(often.meaning(), once.meaning());
}

TEST(Plan, IdentifiersStayWhenRecordsCome) {
  const SmallRegistry registry;
  const auto records = test::invented_records(250, 6);
  const auto batches = batches_of(records, 2);
  registry.load(batches[0]);
  registry.apply();
  const auto before = all_identifiers(registry);
  registry.load(batches[1]);
  const Applied applied = registry.apply();
  const auto after = all_identifiers(registry);
  std::size_t moved = 0;
  for (const auto& [record, id] : before) moved += after.at(record) == id ? 0 : 1;
  EXPECT_LT(moved, before.size() / 20);
  for (const auto& move : applied.plan.moves) EXPECT_NE(move.from, move.to);
  EXPECT_THAT(registry.check(), IsEmpty());
}

TEST(Plan, RecordsThatGoAndComeBackHaveTheirIdentifierAgain) {
  const SmallRegistry registry;
  const auto records = test::invented_records(120, 7);
  registry.load(records);
  registry.apply();
  const auto before = all_identifiers(registry);
  std::vector<InventedRecord> some(records.begin(), records.begin() + 40);
  some.push_back(records.back());  // each source is in the file
  registry.load(some, true);
  const Applied gone = registry.apply();
  EXPECT_GT(gone.plan.retired.size(), 50U);
  EXPECT_THAT(registry.check(), IsEmpty());
  registry.load(records, true);
  const Applied back = registry.apply();
  EXPECT_EQ(back.plan.restored.size(), gone.plan.retired.size());
  EXPECT_EQ(back.plan.minted, 0U);
  EXPECT_EQ(all_identifiers(registry), before);
  EXPECT_THAT(registry.check(), IsEmpty());
}

TEST(Plan, DecisionsHoldThroughEverything) {
  const SmallRegistry registry;
  const auto records = test::invented_records(150, 8);
  registry.load(records);
  registry.apply();
  const auto ids = all_identifiers(registry);
  // A pair that is one, told apart; two that are two, told to be one.
  ASSERT_EQ(ids.at("client:C1000"), ids.at("client:D1000"));
  ASSERT_NE(ids.at("client:C1001"), ids.at("social:S1040"));
  registry.decide("client:C1000", "client:D1000", false);
  registry.decide("client:C1001", "social:S1040", true);
  const auto held = [&](const char* when) {
    const auto now = all_identifiers(registry);
    EXPECT_NE(now.at("client:C1000"), now.at("client:D1000")) << when;
    EXPECT_EQ(now.at("client:C1001"), now.at("social:S1040")) << when;
    EXPECT_THAT(registry.check(), IsEmpty()) << when;
  };
  registry.apply();
  held("at once");
  registry.learn();
  held("after another model");
  auto changed = records;
  for (InventedRecord& record : changed) {
    if (record.id == "C1000") record.phone = "0799999999";
  }
  registry.load(changed);
  registry.apply();
  held("after a change of the record");
  std::vector<InventedRecord> without;
  std::copy_if(records.begin(), records.end(), std::back_inserter(without),
               [](const InventedRecord& record) { return record.id != "C1001"; });
  registry.load(without, true);
  registry.apply();
  registry.load(records, true);
  registry.apply();
  held("after it went and came back");
  Store store = registry.open(Store::Access::kRead);
  EXPECT_EQ(store.database().number("SELECT count(*) FROM decision WHERE withdrawn IS NULL"), 2);
}

// Merges and splits at random, by decisions: identifiers are never reused, a retired one leads to a
// living one, and the store tells one story.
TEST(Plan, RetiredIdentifiersLeadToLivingOnes) {
  const SmallRegistry registry;
  const auto records = test::invented_records(40, 9);
  registry.load(records);
  registry.apply();
  std::mt19937 random(10);
  std::map<std::string, int> seen;
  for (int round = 0; round < 25; ++round) {
    const InventedRecord& a = records[random() % records.size()];
    const InventedRecord& b = records[random() % records.size()];
    if (&a == &b) continue;
    try {
      registry.decide(a.source + ":" + a.id, b.source + ":" + b.id, random() % 2 == 0);
    } catch (const Error&) {
      continue;  // it would contradict
    }
    registry.apply();
    ASSERT_THAT(registry.check(), IsEmpty());
  }
  Store store = registry.open(Store::Access::kRead);
  Statement read = store.database().prepare("SELECT n FROM entity");
  std::size_t retired = 0;
  while (read.step()) {
    const IdentityView view = view_identity(store, read.number(0));
    EXPECT_EQ(++seen[view.identifier], 1);
    if (view.living) continue;
    ++retired;
    EXPECT_TRUE(view.leads_to_living) << view.identifier;
  }
  EXPECT_GT(retired, 3U);
}

// An identity merged by a decision and set free again by its withdrawal has its own name back.
TEST(Plan, AMergeTakenBackRestoresBothIdentifiers) {
  const SmallRegistry registry;
  registry.load(test::invented_records(60, 11));
  registry.apply();
  const auto before = all_identifiers(registry);
  registry.decide("client:C1001", "client:C1002", true);
  const Applied merged = registry.apply();
  ASSERT_EQ(merged.plan.merged.size(), 1U);
  registry.decide("client:C1001", "client:C1002", false);
  const Applied split = registry.apply();
  EXPECT_EQ(split.plan.restored.size(), 1U);
  EXPECT_EQ(split.plan.minted, 0U);
  EXPECT_EQ(all_identifiers(registry), before);
  EXPECT_THAT(registry.check(), IsEmpty());
}

TEST(Plan, TheQueueHoldsWhatIsDoubtful) {
  const SmallRegistry registry;
  registry.load(test::invented_records(300, 12));
  const Applied applied = registry.apply();
  Store store = registry.open(Store::Access::kRead);
  EXPECT_GT(applied.plan.queue_size, 0U);
  EXPECT_EQ(read_queue(store).size(), applied.plan.queue_size);
  EXPECT_EQ(applied.plan.queue_added.size(), applied.plan.queue_size);
  for (const QueueItem& item : applied.plan.queue_added) EXPECT_LT(item.row, item.other_row);
}

// A model scores by the nicknames that it was learned with.
TEST(Plan, AChangedNicknameFileIsRefusedUntilLearnedWith) {
  const test::TemporaryFolder folder;
  JobSpec job = SmallRegistry::job();
  job.nickname_file = folder.write("nicknames.csv", "bob,robert\n");
  const SmallRegistry registry(job);
  const auto records = test::invented_records(60, 13);
  registry.load({records.begin(), records.end() - 2});
  registry.apply();
  registry.load(records);
  folder.write("nicknames.csv", "bob,robert\nbill,william\n");
  EXPECT_THROW(registry.apply(), Error);
  EXPECT_TRUE(registry.learn().plan.learned.has_value());
  EXPECT_TRUE(registry.apply().plan.nothing_to_do);
}

}  // namespace
}  // namespace tessera
