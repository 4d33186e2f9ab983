// Power goes at every moment of a command: what was not synced is lost, in part or whole, in any
// order. Afterwards the store is as before the command or as after it, and whole; and what was
// reported done is there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>

#include "data/error.hpp"
#include "registry/check.hpp"
#include "registry/inspect.hpp"
#include "registry/maintain.hpp"
#include "tests/registry/power_vfs.hpp"
#include "tests/registry/small_registry.hpp"

namespace tessera {
namespace {

using test::PowerVfs;
using test::SmallRegistry;
using ::testing::IsEmpty;

struct Seen {
  std::string meaning;
  std::int64_t events = 0;
  friend bool operator==(const Seen&, const Seen&) = default;
};

Seen look(const SmallRegistry& registry) {
  Store store = registry.open(Store::Access::kRead);
  return {meaning_digest(store), ledger_head(store.database()).sequence};
}

void copy_store(const SmallRegistry& from, const SmallRegistry& to) {
  for (const char* ending : {"", "-wal", "-shm"}) {
    std::filesystem::remove(to.path().string() + ending);
  }
  std::filesystem::copy_file(from.path(), to.path());
}

/// Runs `act` on copies of `base`, power going before one operation after another.
void cut_everywhere(const SmallRegistry& base, std::uint64_t step,
                    const std::function<void(const SmallRegistry&)>& act) {
  PowerVfs& power = PowerVfs::instance();
  { base.open().database().execute("PRAGMA wal_checkpoint(TRUNCATE)"); }
  const Seen before = look(base);
  const SmallRegistry done;
  copy_store(base, done);
  act(done);
  const Seen after = look(done);
  ASSERT_FALSE(before == after);
  std::uint64_t cuts = 0;
  std::uint64_t lost = 0;
  for (std::uint64_t at = 1;; at += step) {
    const SmallRegistry registry;
    copy_store(base, registry);
    power.begin();
    power.cut_after(at);
    bool reported_done = true;
    try {
      act(registry);
    } catch (const Error&) {
      reported_done = false;
    }
    const bool cut = power.is_cut();
    power.restore(at * 7919);
    std::filesystem::remove(registry.path().string() + "-shm");  // it is memory
    ASSERT_THAT(registry.check(), IsEmpty()) << "before operation " << at;
    const Seen now = look(registry);
    ASSERT_TRUE(now == before || now == after) << "before operation " << at;
    if (reported_done) {
      ASSERT_TRUE(now == after) << "before operation " << at;
    }
    if (now == before) ++lost;
    if (!cut) break;
    ++cuts;
  }
  EXPECT_GT(cuts, 3U);
  EXPECT_GT(lost, 0U);  // cuts strike before the commit, too
}

class Power : public ::testing::Test {
 protected:
  Power() : base_((PowerVfs::instance(), SmallRegistry())) {}
  SmallRegistry base_;
};

TEST_F(Power, ALoadIsWholeOrNotThere) {
  base_.load(test::invented_records(20, 1));
  cut_everywhere(base_, 3, [](const SmallRegistry& registry) {
    registry.load(test::invented_records(40, 2));
  });
}

TEST_F(Power, AnApplyIsWholeOrNotThere) {
  base_.load(test::invented_records(25, 1));
  cut_everywhere(base_, 5, [](const SmallRegistry& registry) { registry.apply(); });
}

TEST_F(Power, AnIncrementIsWholeOrNotThere) {
  const auto records = test::invented_records(60, 1);
  base_.load({records.begin(), records.end() - 4});
  base_.apply();
  base_.load({records.end() - 4, records.end()});
  cut_everywhere(base_, 2, [](const SmallRegistry& registry) { registry.apply(); });
}

TEST_F(Power, ADecisionIsWholeOrNotThere) {
  base_.load(test::invented_records(20, 1));
  cut_everywhere(base_, 1, [](const SmallRegistry& registry) {
    registry.decide("client:C1001", "client:C1002", true);
  });
}

TEST_F(Power, AnErasureIsWholeOrNotThere) {
  base_.load(test::invented_records(20, 1));
  base_.apply();
  cut_everywhere(base_, 5, [](const SmallRegistry& registry) {
    Store store = registry.open();
    erase_person(store, find_identity(store, "client:C1004"), test::test_run("erase"));
  });
}

}  // namespace
}  // namespace tessera
