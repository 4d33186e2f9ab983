#include "registry/maintain.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "data/error.hpp"
#include "registry/check.hpp"
#include "registry/decisions.hpp"
#include "registry/inspect.hpp"
#include "registry/records.hpp"
#include "tests/registry/small_registry.hpp"

namespace tessera {
namespace {

using test::SmallRegistry;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void revert(const SmallRegistry& registry, std::int64_t event) {
  Store store = registry.open();
  revert_event(store, event, test::test_run("revert"));
}

std::int64_t last_of(const SmallRegistry& registry, EventKind kind) {
  Store store = registry.open(Store::Access::kRead);
  return store.database().number("SELECT max(seq) FROM event WHERE kind = " +
                                 std::to_string(static_cast<int>(kind)));
}

TEST(Maintain, ABackupRestoresToTheSame) {
  const SmallRegistry registry;
  registry.load(test::invented_records(60, 1));
  registry.apply();
  registry.decide("client:C1001", "client:C1002", true);
  const auto backup = registry.folder() / "backup";
  const auto again = registry.folder() / "again.tessera";
  {
    Store store = registry.open(Store::Access::kRead);
    backup_store(store, backup);
    EXPECT_THROW(backup_store(store, backup), Error);  // never over another
  }
  restore_store(backup, again);
  Store store(again, Store::Access::kWrite);
  EXPECT_THAT(check_store(store), IsEmpty());
  EXPECT_EQ(meaning_digest(store), registry.meaning());
  EXPECT_EQ(apply_store(store, {}, nullptr, test::test_run()).plan.minted, 0U);
  EXPECT_THROW(restore_store(backup, registry.path()), Error);
}

TEST(Maintain, ADamagedBackupIsNotRestored) {
  const SmallRegistry registry;
  registry.load(test::invented_records(60, 1));
  const auto backup = registry.folder() / "backup";
  {
    Store store = registry.open();
    store.database().execute("UPDATE record SET fields = x'00' WHERE row = 5");
    backup_store(store, backup);
  }
  const auto again = registry.folder() / "again.tessera";
  try {
    restore_store(backup, again);
    FAIL() << "a damaged backup was restored";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kDamaged);
    EXPECT_THAT(error.what(), HasSubstr("record 5"));
  }
  EXPECT_FALSE(std::filesystem::exists(again));
}

TEST(Maintain, AnErasedPersonLeavesNothingOnDisk) {
  const SmallRegistry registry;
  auto records = test::invented_records(50, 2);
  for (auto& record : records) {
    if (record.id == "C1003") {
      record.given_name = "Zephyrine";
      record.phone = "0755512345";
    }
    if (record.id == "C1003") record.id = "KX77421";
  }
  registry.load(records);
  for (auto& record : records) {
    if (record.id == "KX77421") record.family_name = "Quackenbush";  // a later form of it
  }
  registry.load(records);
  registry.apply();
  registry.decide("client:KX77421", "client:C1004", false);
  const std::string identifier = registry.identifier("client:KX77421");
  std::ofstream(look_up_file(registry.path())) << "Zephyrine";  // what look-ups kept
  {
    Store store = registry.open();
    // A note that names nobody else's record but says much.
    const NewDecision noted{row_of_name(store, "client:KX77421"),
                            row_of_name(store, "client:C1005"), false, "Zephyrine told us so"};
    take_decisions(store, std::span(&noted, 1), test::test_run());
    const EraseFacts facts =
        erase_person(store, find_identity(store, identifier), test::test_run("erase"));
    EXPECT_GE(facts.records, 1U);
    EXPECT_GE(facts.notes, 2U);
  }
  EXPECT_FALSE(std::filesystem::exists(look_up_file(registry.path())));
  for (const char* ending : {"", "-wal", "-shm"}) {
    const std::string bytes = bytes_of(registry.path().string() + ending);
    for (const char* value : {"Zephyrine", "0755512345", "KX77421", "Quackenbush"}) {
      EXPECT_EQ(bytes.find(value), std::string::npos) << value << " in the store" << ending;
    }
  }
  EXPECT_THAT(registry.check(), IsEmpty());
  Store store = registry.open();
  const IdentityView view = view_identity(store, find_identity(store, identifier));
  EXPECT_FALSE(view.living);
  EXPECT_THAT(view.records, IsEmpty());
  EXPECT_FALSE(verify_ledger(store.database()).has_value());
}

TEST(Maintain, AnErasedRecordThatComesAgainIsAnother) {
  const SmallRegistry registry;
  registry.load(test::invented_records(30, 3));
  registry.apply();
  const std::string before = registry.identifier("client:C1002");
  {
    Store store = registry.open();
    erase_person(store, find_identity(store, before), test::test_run("erase"));
  }
  registry.load(test::invented_records(30, 3));
  registry.apply();
  EXPECT_NE(registry.identifier("client:C1002"), before);
  EXPECT_NE(registry.identifier("client:C1002"), "");
  EXPECT_THAT(registry.check(), IsEmpty());
}

TEST(Maintain, ARevertedLinkHoldsTheRecordApart) {
  const SmallRegistry registry;
  registry.load(test::invented_records(30, 4));
  registry.apply();
  ASSERT_EQ(registry.identifier("client:C1000"), registry.identifier("client:D1000"));
  Store store = registry.open(Store::Access::kRead);
  const std::int64_t event =
      store.database().number("SELECT seq FROM event WHERE kind = 2 AND row = " +
                              std::to_string(row_of_name(store, "client:D1000")));
  revert(registry, event);
  registry.apply();
  EXPECT_NE(registry.identifier("client:C1000"), registry.identifier("client:D1000"));
  EXPECT_THAT(registry.check(), IsEmpty());
}

TEST(Maintain, ARevertedMergeGivesBothTheirNames) {
  const SmallRegistry registry;
  const auto records = test::invented_records(40, 5);
  registry.load(records);
  registry.apply();
  const std::string a = registry.identifier("client:C1001");
  const std::string b = registry.identifier("client:C1002");
  // The source makes C1002 look like C1001: the evidence merges them.
  auto changed = records;
  const auto like = *std::find_if(records.begin(), records.end(),
                                  [](const auto& record) { return record.id == "C1001"; });
  for (auto& record : changed) {
    if (record.id != "C1002" && record.id != "S1002") continue;
    record.given_name = like.given_name;
    record.family_name = like.family_name;
    record.birth_date = like.birth_date;
    record.phone = like.phone;
  }
  registry.load(changed);
  ASSERT_EQ(registry.apply().plan.merged.size(), 1U);
  revert(registry, last_of(registry, EventKind::kMerged));
  registry.apply();
  EXPECT_EQ(registry.identifier("client:C1001"), a);
  EXPECT_EQ(registry.identifier("client:C1002"), b);
  EXPECT_THAT(registry.check(), IsEmpty());
}

TEST(Maintain, ARevertedDecisionNoLongerHoldsAndCanBeTakenAgain) {
  const SmallRegistry registry;
  registry.load(test::invented_records(30, 6));
  registry.decide("client:C1001", "client:C1002", true);
  revert(registry, last_of(registry, EventKind::kDecision));
  Store store = registry.open(Store::Access::kRead);
  EXPECT_THAT(decisions_in_force(store), IsEmpty());
  revert(registry, last_of(registry, EventKind::kWithdrawn));
  EXPECT_EQ(decisions_in_force(store).size(), 1U);
  EXPECT_THAT(registry.check(), IsEmpty());
}

TEST(Maintain, ARevertedModelIsTheOneBefore) {
  const SmallRegistry registry;
  registry.load(test::invented_records(60, 7));
  registry.apply();
  const std::string before = registry.meaning();
  registry.load(test::invented_records(200, 8));
  registry.learn();
  Store store = registry.open(Store::Access::kRead);
  const std::string first = store.database().text("SELECT model FROM model ORDER BY seq LIMIT 1");
  revert(registry, last_of(registry, EventKind::kModel));
  EXPECT_EQ(store.database().text("SELECT model FROM model ORDER BY seq DESC LIMIT 1"), first);
  registry.apply();
  EXPECT_THAT(registry.check(), IsEmpty());
}

TEST(Maintain, WhatCannotBeRevertedSaysWhy) {
  const SmallRegistry registry;
  registry.load(test::invented_records(10, 9));
  registry.apply();
  EXPECT_THROW(revert(registry, 1), Error);        // a load
  EXPECT_THROW(revert(registry, 999'999), Error);  // none
  EXPECT_THROW(revert(registry, last_of(registry, EventKind::kMinted)), Error);
}

}  // namespace
}  // namespace tessera
