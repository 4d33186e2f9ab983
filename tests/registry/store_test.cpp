#include "registry/store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "data/error.hpp"
#include "engine/write_job.hpp"
#include "registry/check.hpp"
#include "registry/load.hpp"
#include "registry/records.hpp"
#include "tests/registry/small_registry.hpp"

namespace tessera {
namespace {

using test::SmallRegistry;
using ::testing::HasSubstr;

template <class Act>
Error error_of(const Act& act) {
  try {
    act();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "nothing was thrown";
  return {ErrorCode::kUsage, "", ""};
}

TEST(Store, KeepsItsJob) {
  const SmallRegistry registry;
  Store store = registry.open(Store::Access::kRead);
  EXPECT_EQ(job_toml(store.job()), job_toml(SmallRegistry::job()));
  EXPECT_FALSE(store.pinned_model().has_value());
}

TEST(Store, KeepsItsModelBitForBit) {
  const SmallRegistry registry;
  registry.load(test::invented_records(100, 1));
  const Applied applied = registry.apply();
  Store store = registry.open(Store::Access::kRead);
  const PinnedModel pinned = store.pinned_model().value();
  EXPECT_EQ(pinned.references, applied.plan.learned->references);
  EXPECT_EQ(model_json(pinned.model), model_json(applied.plan.learned->model));
  EXPECT_EQ(job_toml(store.job()), job_toml(SmallRegistry::job()));
}

TEST(Store, IsNotMadeOverAnother) {
  const SmallRegistry registry;
  const Error error =
      error_of([&] { Store::create(registry.path(), SmallRegistry::job(), std::nullopt); });
  EXPECT_EQ(error.code(), ErrorCode::kUsage);
  EXPECT_THAT(error.what(), HasSubstr("is there already"));
}

TEST(Store, WantsIdsThatLast) {
  JobSpec job = SmallRegistry::job();
  job.sources[1].id_column.clear();
  const test::TemporaryFolder folder;
  const Error error = error_of([&] { Store::create(folder.path() / "s", job, std::nullopt); });
  EXPECT_EQ(error.code(), ErrorCode::kUsage);
  EXPECT_THAT(error.what(), HasSubstr("'social'"));
}

TEST(Store, LeavesOutADayThatWouldPass) {
  JobSpec job = SmallRegistry::job();
  job.today = "2025-01-01";
  const SmallRegistry registry(job);
  EXPECT_EQ(registry.open().job().today, "");
}

TEST(Store, ANewerOneIsRefused) {
  const SmallRegistry registry;
  registry.open().database().execute("PRAGMA user_version=" + std::to_string(kStoreVersion + 1));
  const Error error = error_of([&] { registry.open(Store::Access::kRead); });
  EXPECT_EQ(error.code(), ErrorCode::kDamaged);
  EXPECT_THAT(error.what(), HasSubstr("newer"));
}

TEST(Store, AnotherFileIsRefused) {
  const test::TemporaryFolder folder;
  const auto text = folder.write("text", std::string(9000, 'x'));
  EXPECT_EQ(error_of([&] { Store(text, Store::Access::kRead); }).code(), ErrorCode::kDamaged);
  EXPECT_EQ(error_of([&] { Store(folder.path() / "none", Store::Access::kRead); }).code(),
            ErrorCode::kUsage);
}

TEST(Store, ASecondWriterIsToldWhoWrites) {
  const SmallRegistry registry;
  const Store first = registry.open();
  const Error error = error_of([&] { registry.open(); });
  EXPECT_EQ(error.code(), ErrorCode::kBusy);
  EXPECT_THAT(error.what(), HasSubstr("process " + std::to_string(getpid()) + " "));
}

TEST(Store, AReaderSeesOneStateWhileAnotherWrites) {
  const SmallRegistry registry;
  registry.load(test::invented_records(20, 1));
  Store reader = registry.open(Store::Access::kRead);
  const Transaction snapshot(reader.database(), Transaction::Kind::kRead);
  const std::int64_t before = reader.database().number("SELECT count(*) FROM record");
  registry.load(test::invented_records(40, 1));
  EXPECT_EQ(reader.database().number("SELECT count(*) FROM record"), before);
  Store later = registry.open(Store::Access::kRead);
  EXPECT_GT(later.database().number("SELECT count(*) FROM record"), before);
}

// A byte of each page in turn is turned over: a command that reads it says so (exit 4), or it was
// one that no stored thing lies in. Never a crash, never another answer in silence.
TEST(Store, ADamagedPageIsToldOrHarmless) {
  const SmallRegistry registry;
  registry.load(test::invented_records(60, 2));
  registry.apply();
  { registry.open().database().execute("PRAGMA wal_checkpoint(TRUNCATE)"); }
  const std::string meaning = registry.meaning();
  std::ifstream in(registry.path(), std::ios::binary);
  const std::string whole{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  std::size_t told = 0;
  for (std::size_t at = 3; at < whole.size(); at += 1021) {
    std::string bad = whole;
    bad[at] = static_cast<char>(bad[at] ^ 0x55);
    const auto path = registry.folder().string() + "/bad";
    for (const char* ending : {"", "-wal", "-shm"}) std::filesystem::remove(path + ending);
    std::ofstream(path, std::ios::binary) << bad;
    try {
      Store store(path, Store::Access::kRead);
      if (!check_store(store).empty()) {
        ++told;
      } else {
        EXPECT_EQ(meaning_digest(store), meaning) << "byte " << at;
      }
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kDamaged) << "byte " << at << ": " << error.what();
      ++told;
    }
  }
  EXPECT_GT(told, 20U);
}

TEST(Store, ATornFileIsToldAsDamaged) {
  const SmallRegistry registry;
  registry.load(test::invented_records(60, 2));
  registry.apply();
  { registry.open().database().execute("PRAGMA wal_checkpoint(TRUNCATE)"); }
  const auto size = std::filesystem::file_size(registry.path());
  for (const std::uintmax_t left : {size / 2, size / 3, std::uintmax_t{8192}, std::uintmax_t{50}}) {
    const auto path = registry.folder() / "torn";
    std::filesystem::copy_file(registry.path(), path,
                               std::filesystem::copy_options::overwrite_existing);
    std::filesystem::resize_file(path, left);
    try {
      Store store(path, Store::Access::kRead);
      EXPECT_FALSE(check_store(store).empty()) << left;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::kDamaged) << left;
    }
  }
}

TEST(Store, AnotherJobMustKeepAttributesAndSources) {
  const SmallRegistry registry;
  Store store = registry.open();
  const Transaction rolled_back(store.database(), Transaction::Kind::kWrite);
  JobSpec job = SmallRegistry::job();
  job.attributes.pop_back();
  EXPECT_EQ(error_of([&] { store.put_job(job, std::nullopt); }).code(), ErrorCode::kUsage);
  job = SmallRegistry::job();
  std::swap(job.sources[0], job.sources[1]);
  EXPECT_EQ(error_of([&] { store.put_job(job, std::nullopt); }).code(), ErrorCode::kUsage);
  job = SmallRegistry::job();
  SourceSpec crvs = job.sources[0];
  crvs.name = "crvs";
  job.sources.push_back(crvs);
  store.put_job(job, std::nullopt);
  EXPECT_EQ(store.database().number("SELECT count(*) FROM source"), 3);
}

}  // namespace
}  // namespace tessera
