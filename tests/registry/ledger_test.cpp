#include "registry/ledger.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "registry/check.hpp"
#include "tests/registry/small_registry.hpp"

namespace tessera {
namespace {

using test::SmallRegistry;
using ::testing::HasSubstr;

/// A registry with some events of every common kind.
void fill(const SmallRegistry& registry) {
  registry.load(test::invented_records(30, 1));
  registry.apply();
  registry.decide("client:C1000", "client:C1001", false);
}

TEST(Ledger, VerifiesAsWritten) {
  const SmallRegistry registry;
  fill(registry);
  Store store = registry.open(Store::Access::kRead);
  EXPECT_GT(ledger_head(store.database()).sequence, 80);
  EXPECT_FALSE(verify_ledger(store.database()).has_value());
}

// Events written together are chained as those written one by one.
TEST(Ledger, ManyAtOnceAreAsOneByOne) {
  std::vector<Event> events;
  for (std::int64_t i = 1; i <= 500; ++i) {
    events.push_back({.kind = EventKind::kMinted, .entity = i});
    events.push_back({.kind = EventKind::kLinked, .row = 3 * i, .entity = i});
    events.push_back({.kind = EventKind::kWithdrawn, .row = 1, .other_row = i, .subject = i});
    events.push_back({.kind = EventKind::kMerged, .entity = i, .other_entity = -i});
  }
  std::vector<Sha256> heads;
  for (const bool together : {false, true}) {
    const SmallRegistry registry;
    Store store = registry.open();
    LedgerWriter ledger(store.database(), test::test_run());
    std::size_t at = 0;
    const auto take = [&](Event& event) {
      if (at == events.size()) return false;
      event = events[at++];
      return true;
    };
    if (together) {
      ledger.append_all(take);
    } else {
      for (Event event; take(event);) ledger.append(event);
    }
    EXPECT_EQ(ledger.appended(), 2000);
    ledger.append({.kind = EventKind::kLoad});  // goes on from there
    EXPECT_FALSE(verify_ledger(store.database()).has_value());
    heads.push_back(ledger_head(store.database()).hash);
  }
  EXPECT_EQ(heads[0], heads[1]);
}

TEST(Ledger, NoEventsLeaveNoRun) {
  const SmallRegistry registry;
  Store store = registry.open();
  LedgerWriter ledger(store.database(), test::test_run());
  ledger.append_all([](Event&) { return false; });
  EXPECT_EQ(ledger.appended(), 0);
  EXPECT_EQ(store.database().number("SELECT count(*) FROM run"), 0);
}

/// What `verify_ledger` finds after `sql`; the store is left as it was.
std::optional<LedgerFault> after(const SmallRegistry& registry, const std::string& sql) {
  Store store = registry.open();
  const Transaction rolled_back(store.database(), Transaction::Kind::kWrite);
  store.database().execute(sql);
  return verify_ledger(store.database());
}

TEST(Ledger, NamesTheFirstBadRow) {
  const SmallRegistry registry;
  fill(registry);
  const std::vector<std::pair<std::string, std::int64_t>> cases = {
      {"UPDATE event SET entity = entity + 1 WHERE seq = 20", 20},
      {"UPDATE event SET kind = 3 WHERE seq = 41", 41},
      {"UPDATE event SET row = 7 WHERE seq = 3", 3},
      {"UPDATE event SET hash = zeroblob(32) WHERE seq = 12", 12},
      {"DELETE FROM event WHERE seq = 33", 33},
      {"DELETE FROM event WHERE seq = 1", 1},
      {"UPDATE event SET seq = seq + 100000 WHERE seq > 50", 51},
      {"UPDATE run SET actor = 'another' WHERE n = 2", 3},
      {"UPDATE run SET at = at + 1 WHERE n = 1", 1},
      {"UPDATE note SET text = 'another' WHERE seq = 2", 2},
      {"DELETE FROM note WHERE seq = 1", 1},
  };
  for (const auto& [sql, sequence] : cases) {
    const auto fault = after(registry, sql);
    ASSERT_TRUE(fault.has_value()) << sql;
    EXPECT_EQ(fault->sequence, sequence) << sql;
  }
}

TEST(Ledger, TheEndCutOffIsSeen) {
  const SmallRegistry registry;
  fill(registry);
  Store store = registry.open();
  const std::int64_t last = ledger_head(store.database()).sequence;
  const Transaction rolled_back(store.database(), Transaction::Kind::kWrite);
  store.database().execute("DELETE FROM event WHERE seq > " + std::to_string(last - 2));
  const auto fault = verify_ledger(store.database());
  ASSERT_TRUE(fault.has_value());
  EXPECT_EQ(fault->sequence, last - 1);
  EXPECT_THAT(fault->what, HasSubstr("missing"));
}

TEST(Ledger, EveryKindHasAName) {
  EXPECT_EQ(event_kind_name(EventKind::kMinted), "minted");
  EXPECT_EQ(event_kind_name(EventKind::kRestored), "restored");
  EXPECT_EQ(event_kind_name(EventKind::kWithdrawn), "withdrawn");
  EXPECT_EQ(event_kind_name(static_cast<EventKind>(99)), "unknown");
}

TEST(Ledger, TimesAreUtc) {
  EXPECT_EQ(utc_text(0), "1970-01-01T00:00:00Z");
  EXPECT_EQ(utc_text(1'700'000'000), "2023-11-14T22:13:20Z");  // date -u -d @1700000000
}

}  // namespace
}  // namespace tessera
