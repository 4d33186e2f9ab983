// What an increment promises: that its outcome is that of resolving all records. The slow twin is
// a registry that lives the same life and resolves everything each time; both stores are compared
// row by row: who is who, identities, ledger, queue, components.
#include "registry/increment.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "data/error.hpp"
#include "registry/inspect.hpp"
#include "registry/maintain.hpp"
#include "tests/registry/small_registry.hpp"

namespace tessera {
namespace {

using test::InventedRecord;
using test::SmallRegistry;
using ::testing::IsEmpty;

/// Components of many records, blocks that were split, a wide clerical band.
JobSpec tangled_job() {
  JobSpec job = SmallRegistry::job();
  job.max_block_records = 12;
  job.link_threshold = {0.3, false};
  job.review_threshold = {0.001, false};
  return job;
}

/// All that a resolution decides, as text; identifiers' letters and hashes aside, which are drawn.
std::string state_of(const SmallRegistry& registry) {
  Store store = registry.open(Store::Access::kRead);
  std::string text;
  for (const char* sql :
       {"SELECT row, live, coalesce(entity, 0), coalesce(former, 0) FROM record ORDER BY row",
        "SELECT n, living, coalesce(successor, 0), 0 FROM entity ORDER BY n",
        "SELECT row, other_row, reason, cast(round(weight * 1e9) AS INTEGER) FROM queue"
        " ORDER BY row, other_row, reason",
        "SELECT entity, component, 0, 0 FROM kin ORDER BY entity",
        "SELECT seq, kind, coalesce(row, 0) * 1000000 + coalesce(other_row, 0),"
        " coalesce(entity, 0) * 1000000 + coalesce(other_entity, 0) FROM event ORDER BY seq",
        "SELECT value, 0, 0, 0 FROM meta WHERE key IN ('live', 'living', 'queued') ORDER BY key"}) {
    Statement read = store.database().prepare(sql);
    while (read.step()) {
      for (int column = 0; column < 4; ++column) {
        text += std::to_string(read.number(column)) + (column == 3 ? "\n" : " ");
      }
    }
    text += "--\n";
  }
  return text;
}

/// Two registries with one life.
class Twins {
 public:
  Twins(const JobSpec& job, std::uint64_t seed)
      : quick_(job), slow_(job), random_(seed), records_(test::invented_records(260, seed)) {
    // Some names are common: then blocks are split and components grow.
    for (InventedRecord& record : records_) {
      if (random_() % 3 == 0) record.family_name = "common";
      if (random_() % 4 == 0) record.birth_date = "1970-01-0" + std::to_string(1 + random_() % 9);
    }
    waiting_.assign(records_.end() - 120, records_.end());
    records_.resize(records_.size() - 120);
    both([&](const SmallRegistry& registry) { registry.load(records_); });
    quick_.apply();
    slow_.apply();
  }

  void live_on() {
    switch (random_() % 6) {
      case 0:
        return some_come();
      case 1:
        return some_change();
      case 2:
        return some_go();
      case 3:
        return decide();
      case 4:
        return withdraw();
      default:
        some_come();
        some_change();
        decide();
    }
  }

  /// Whether the first registry resolved but a part.
  bool apply_and_compare() {
    const Applied quick = quick_.apply();
    PlanOptions all;
    all.all = true;
    const Applied slow = slow_.apply(all);
    EXPECT_EQ(quick.plan.nothing_to_do ? 0U : quick.events, slow.events);
    if (!quick.plan.nothing_to_do) {
      EXPECT_EQ(quick.plan.identities, slow.plan.identities);
      EXPECT_EQ(quick.plan.records, slow.plan.records);
      EXPECT_EQ(quick.plan.queue_size, slow.plan.queue_size);
    }
    EXPECT_EQ(state_of(quick_), state_of(slow_));
    EXPECT_EQ(quick_.meaning(), slow_.meaning());
    return !quick.plan.nothing_to_do && quick.plan.all_because.empty();
  }

  const SmallRegistry& quick() const { return quick_; }
  template <class Act>
  void both(const Act& act) {
    act(quick_);
    act(slow_);
  }
  const InventedRecord& any() { return records_[random_() % records_.size()]; }

 private:
  void some_come() {
    std::vector<InventedRecord> come;
    for (std::size_t i = random_() % 12; i > 0 && !waiting_.empty(); --i) {
      std::swap(waiting_[random_() % waiting_.size()], waiting_.back());
      come.push_back(waiting_.back());
      waiting_.pop_back();
    }
    records_.insert(records_.end(), come.begin(), come.end());
    if (!come.empty()) both([&](const SmallRegistry& registry) { registry.load(come); });
  }

  void some_change() {
    std::vector<InventedRecord> changed;
    for (std::size_t i = 1 + random_() % 8; i > 0; --i) {
      InventedRecord& record = records_[random_() % records_.size()];
      const InventedRecord& other = any();
      switch (random_() % 4) {
        case 0:
          record.given_name = other.given_name;
          break;
        case 1:
          record.birth_date = other.birth_date;
          break;
        case 2:
          record.phone = other.phone;
          break;
        default:
          const std::string id = record.id;
          const std::string source = record.source;
          record = other;
          record.id = id;
          record.source = source;
      }
      std::erase_if(changed, [&](const InventedRecord& each) {
        return each.source == record.source && each.id == record.id;
      });
      changed.push_back(record);
    }
    both([&](const SmallRegistry& registry) { registry.load(changed); });
  }

  void some_go() {
    for (std::size_t i = 1 + random_() % 10; i > 0; --i) {
      std::swap(records_[random_() % records_.size()], records_.back());
      waiting_.push_back(records_.back());
      records_.pop_back();
    }
    both([&](const SmallRegistry& registry) { registry.load(records_, true); });
  }

  void decide() {
    const InventedRecord& a = any();
    const InventedRecord& b = any();
    const bool match = random_() % 2 == 0;
    both([&](const SmallRegistry& registry) {
      try {
        registry.decide(a.source + ":" + a.id, b.source + ":" + b.id, match);
      } catch (const Error&) {
        return;  // contradicts, or a record with itself: so do both
      }
    });
  }

  void withdraw() {
    std::vector<std::int64_t> decisions;
    {
      Store store = quick_.open(Store::Access::kRead);
      Statement read = store.database().prepare("SELECT seq FROM decision WHERE withdrawn IS NULL");
      while (read.step()) decisions.push_back(read.number(0));
    }
    if (decisions.empty()) return;
    const std::int64_t event = decisions[random_() % decisions.size()];
    both([&](const SmallRegistry& registry) {
      Store store = registry.open();
      revert_event(store, event, test::test_run("revert"));
    });
  }

  SmallRegistry quick_;
  SmallRegistry slow_;
  std::mt19937 random_;
  std::vector<InventedRecord> records_;  // that the sources hold
  std::vector<InventedRecord> waiting_;  // that they do not hold, now
};

class IncrementLife : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(IncrementLife, EndsAsResolvingAllWould) {
  Twins twins(tangled_job(), GetParam());
  ASSERT_TRUE(!HasFailure());
  std::size_t increments = 0;
  for (int round = 0; round < 14; ++round) {
    twins.live_on();
    increments += twins.apply_and_compare() ? 1 : 0;
    if (HasFailure()) FAIL() << "round " << round;
    ASSERT_THAT(twins.quick().check(), IsEmpty()) << "round " << round;
  }
  EXPECT_GT(increments, 7U);
}

INSTANTIATE_TEST_SUITE_P(Seeds, IncrementLife, ::testing::Range<std::uint64_t>(1, 5));

// With links and blocks as a real job has them.
TEST(Increment, EndsAsResolvingAllWouldWithAPlainJob) {
  Twins twins(SmallRegistry::job(), 20);
  for (int round = 0; round < 10; ++round) {
    twins.live_on();
    twins.apply_and_compare();
    if (::testing::Test::HasFailure()) FAIL() << "round " << round;
  }
  EXPECT_THAT(twins.quick().check(), IsEmpty());
}

TEST(Increment, AfterAnErasureTheOthersAreResolvedAgain) {
  Twins twins(tangled_job(), 30);
  for (int round = 0; round < 6; ++round) {
    const InventedRecord& person = twins.any();
    twins.both([&](const SmallRegistry& registry) {
      Store store = registry.open();
      EntityNumber entity = 0;
      try {
        entity = find_identity(store, person.source + ":" + person.id);
      } catch (const Error&) {
        return;  // erased already
      }
      erase_person(store, entity, test::test_run("erase"));
    });
    twins.apply_and_compare();
    ASSERT_FALSE(::testing::Test::HasFailure()) << "round " << round;
    ASSERT_THAT(twins.quick().check(), IsEmpty());
  }
}

TEST(Increment, ReadsFewRecords) {
  const SmallRegistry registry;
  const auto records = test::invented_records(600, 5);
  registry.load({records.begin(), records.end() - 5});
  EXPECT_EQ(registry.apply().plan.all_because, "a model is learned");
  registry.load({records.end() - 5, records.end()});
  const Applied applied = registry.apply();
  EXPECT_EQ(applied.plan.all_because, "");
  EXPECT_LT(applied.plan.records_read, 150U);
  EXPECT_EQ(applied.plan.records, records.size());
}

TEST(Increment, SaysWhyAllAreResolved) {
  const SmallRegistry registry;
  const auto records = test::invented_records(100, 6);
  registry.load({records.begin(), records.begin() + 150});
  registry.apply();
  registry.load({records.begin() + 150, records.end()});
  EXPECT_EQ(registry.apply().plan.all_because, "more than a tenth of the records came or changed");
  EXPECT_EQ(registry.learn().plan.all_because, "a model is learned");
  PlanOptions all;
  all.all = true;
  EXPECT_EQ(registry.apply(all).plan.all_because, "that was asked for");
  {
    Store store = registry.open();
    const std::int64_t learned = store.database().number("SELECT max(seq) FROM model");
    revert_event(store, learned, test::test_run("revert"));
  }
  EXPECT_EQ(registry.apply().plan.all_because, "another model is in force");
}

// Takes out what the fourth layout has more.
constexpr const char* kWithoutGroups =
    "DROP TABLE source_group; DROP TABLE source_group_member; DROP TABLE lasting_group;"
    " DROP TABLE lasting_group_member;";

// A store as the first Tessera wrote it: without indices.
TEST(Increment, AStoreOfTheFirstLayoutIsBroughtUp) {
  const SmallRegistry registry;
  const auto records = test::invented_records(100, 7);
  registry.load({records.begin(), records.end() - 3});
  registry.apply();
  registry.open().database().execute(
      std::string(kWithoutGroups) +
      "DROP INDEX record_entity; DROP INDEX queue_other; DROP TABLE posting; DROP TABLE"
      " posting_run; DROP TABLE kin; ALTER TABLE record DROP COLUMN changed; PRAGMA user_version=1;"
      " DELETE FROM meta WHERE key IN ('index_event', 'live', 'living', 'queued')");
  EXPECT_THAT(registry.check(), IsEmpty());  // reading alone leaves it as it is
  registry.load({records.end() - 3, records.end()});
  EXPECT_EQ(registry.apply().plan.all_because, "this is the first with an index of block names");
  EXPECT_THAT(registry.check(), IsEmpty());
  registry.load({records.begin() + 1, records.begin() + 2}, false);
  EXPECT_TRUE(registry.apply().plan.nothing_to_do);
}

// Nothing says which load changed a record.
TEST(Increment, AStoreOfTheSecondLayoutGoesOnAsItWas) {
  const SmallRegistry registry;
  const auto records = test::invented_records(100, 7);
  registry.load({records.begin(), records.end() - 3});
  registry.apply();
  registry.open().database().execute(
      std::string(kWithoutGroups) +
      "ALTER TABLE record DROP COLUMN changed; PRAGMA user_version=2");
  {
    Store store = registry.open(Store::Access::kRead);
    EXPECT_EQ(why_all(store, store.pinned_model()), "") << "reading alone leaves it as it is";
    EXPECT_EQ(store.database().number("PRAGMA user_version"), 2);
  }
  registry.load({records.end() - 3, records.end()});
  EXPECT_EQ(registry.apply().plan.all_because, "");
  EXPECT_THAT(registry.check(), IsEmpty());
}

// As the Tessera before this one wrote it: without groups.
TEST(Increment, AStoreOfTheThirdLayoutGoesOnAsItWas) {
  const SmallRegistry registry;
  const auto records = test::invented_records(100, 7);
  registry.load({records.begin(), records.end() - 3});
  registry.apply();
  registry.open().database().execute(std::string(kWithoutGroups) + "PRAGMA user_version=3");
  EXPECT_THAT(registry.check(), IsEmpty());
  {
    Store store = registry.open(Store::Access::kRead);
    EXPECT_EQ(store.database().number("PRAGMA user_version"), 3) << "reading leaves it as it is";
  }
  registry.load({records.end() - 3, records.end()});
  EXPECT_EQ(registry.apply().plan.all_because, "");
  EXPECT_EQ(registry.open().database().number("PRAGMA user_version"), kStoreVersion);
  EXPECT_THAT(registry.check(), IsEmpty());
}

}  // namespace
}  // namespace tessera
