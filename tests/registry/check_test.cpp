#include "registry/check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/registry/small_registry.hpp"

namespace tessera {
namespace {

using test::SmallRegistry;
using ::testing::IsEmpty;
using ::testing::Not;

struct Full : SmallRegistry {
  Full() {
    load(test::invented_records(40, 1));
    apply();
    decide("client:C1001", "client:C1002", true);
    apply();
  }
};

TEST(Check, FindsEachPartThatDoesNotFit) {
  const Full registry;
  ASSERT_THAT(registry.check(), IsEmpty());
  Store store = registry.open();
  const char* const faults[] = {
      "UPDATE record SET fields = x'0161' WHERE row = 3",
      "UPDATE record SET entity = entity + 1 WHERE row = 3",
      "UPDATE record SET entity = NULL WHERE row = 3",
      "UPDATE entity SET living = 0 WHERE n = 2",
      "UPDATE entity SET successor = 1 WHERE living = 0",
      "UPDATE entity SET id = '4433-3333-3333-333C' WHERE n = 2",
      "DELETE FROM entity WHERE n = 5",
      "INSERT INTO entity(n, id, living) VALUES(9999, '4433-3333-3333-333D', 1)",
      "DELETE FROM decision",
      "UPDATE decision SET row = row + 1",
      "UPDATE decision SET withdrawn = 1",
      "DELETE FROM event WHERE seq = 9",
  };
  for (const char* fault : faults) {
    const Transaction rolled_back(store.database(), Transaction::Kind::kWrite);
    store.database().execute(fault);
    ASSERT_GT(store.database().changes(), 0) << fault;
    EXPECT_THAT(check_store(store), Not(IsEmpty())) << fault;
  }
  EXPECT_THAT(check_store(store), IsEmpty());
}

TEST(Check, TheMeaningDoesNotDependOnIdentifiers) {
  const Full one;
  const Full other;
  EXPECT_EQ(one.meaning(), other.meaning());
  EXPECT_NE(one.identifier("client:C1001"), other.identifier("client:C1001"));
}

TEST(Check, TheMeaningShowsEveryChange) {
  const Full registry;
  const std::string before = registry.meaning();
  Store store = registry.open();
  for (const char* change :
       {"UPDATE record SET digest = digest + 1 WHERE row = 3",
        "UPDATE record SET entity = 99 WHERE row = 3", "UPDATE record SET live = 0 WHERE row = 3",
        "UPDATE decision SET match = 0", "UPDATE decision SET withdrawn = 1"}) {
    const Transaction rolled_back(store.database(), Transaction::Kind::kWrite);
    store.database().execute(change);
    EXPECT_NE(meaning_digest(store), before) << change;
  }
  EXPECT_EQ(meaning_digest(store), before);
}

}  // namespace
}  // namespace tessera
