// Disk full, write errors and failed syncs at every operation of a command: afterwards the store is
// as before the command or as after it, and whole.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>

#include "data/error.hpp"
#include "registry/check.hpp"
#include "registry/decisions.hpp"
#include "registry/inspect.hpp"
#include "registry/maintain.hpp"
#include "registry/records.hpp"
#include "tests/registry/fault_vfs.hpp"
#include "tests/registry/small_registry.hpp"

namespace tessera {
namespace {

using test::DiskFault;
using test::FaultVfs;
using test::SmallRegistry;
using ::testing::AnyOf;
using ::testing::Eq;
using ::testing::IsEmpty;

/// A store as far as a command may change it: what it means and where its ledger ends.
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

/// Runs `act` on copies of `base`, failing at one operation after another until none is left.
void fail_everywhere(const SmallRegistry& base, DiskFault fault, bool lasting, std::uint64_t step,
                     const std::function<void(const SmallRegistry&)>& act) {
  { base.open().database().execute("PRAGMA wal_checkpoint(TRUNCATE)"); }
  const Seen before = look(base);
  const SmallRegistry done;
  copy_store(base, done);
  act(done);
  const Seen after = look(done);
  ASSERT_FALSE(before == after);
  std::uint64_t faults = 0;
  for (std::uint64_t at = 1;; at += step) {
    const SmallRegistry registry;
    copy_store(base, registry);
    FaultVfs::instance().arm(fault, at, lasting);
    bool thrown = false;
    try {
      act(registry);
    } catch (const Error& error) {
      thrown = true;
      EXPECT_EQ(error.code(), ErrorCode::kResource) << error.what();
    }
    const bool struck = FaultVfs::instance().struck();
    FaultVfs::instance().disarm();
    EXPECT_THAT(registry.check(), IsEmpty()) << "operation " << at;
    const Seen now = look(registry);
    EXPECT_TRUE(now == before || now == after) << "operation " << at;
    if (!thrown) {
      EXPECT_TRUE(now == after) << "operation " << at << " was lost in silence";
    }
    if (!struck) break;
    ++faults;
  }
  EXPECT_GT(faults, 0U);
}

class Faults : public ::testing::Test {
 protected:
  Faults() : base_((FaultVfs::instance(), SmallRegistry())) {}

  static void load_more(const SmallRegistry& registry) {
    registry.load(test::invented_records(40, 2));
  }
  static void decide_one(const SmallRegistry& registry) {
    registry.decide("client:C1001", "client:C1002", true);
  }
  static void apply_all(const SmallRegistry& registry) { registry.apply(); }
  static void erase_one(const SmallRegistry& registry) {
    Store store = registry.open();
    erase_person(store, find_identity(store, "client:C1004"), test::test_run("erase"));
  }

  void try_all(std::uint64_t step, const std::function<void(const SmallRegistry&)>& act) {
    for (const bool lasting : {false, true}) {
      fail_everywhere(base_, DiskFault::kFull, lasting, step, act);
      fail_everywhere(base_, DiskFault::kWriteError, lasting, step, act);
      fail_everywhere(base_, DiskFault::kSyncError, lasting, 1, act);
    }
  }

  SmallRegistry base_;
};

TEST_F(Faults, ALoadIsWholeOrNotThere) {
  base_.load(test::invented_records(20, 1));
  try_all(5, load_more);
}

TEST_F(Faults, AnApplyIsWholeOrNotThere) {
  base_.load(test::invented_records(25, 1));
  try_all(9, apply_all);
}

TEST_F(Faults, ADecisionIsWholeOrNotThere) {
  base_.load(test::invented_records(20, 1));
  try_all(1, decide_one);
}

TEST_F(Faults, AnErasureIsWholeOrNotThere) {
  base_.load(test::invented_records(20, 1));
  base_.apply();
  try_all(7, erase_one);
}

}  // namespace
}  // namespace tessera
