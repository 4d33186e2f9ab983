#include "registry/plan_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.hpp"
#include "tests/registry/small_registry.hpp"

namespace tessera {
namespace {

using test::SmallRegistry;

PlanTicket plan_of(const SmallRegistry& registry) {
  Store store = registry.open(Store::Access::kRead);
  const Transaction snapshot(store.database(), Transaction::Kind::kRead);
  const Plan plan = make_plan(store, {});
  const PlanTicket ticket = ticket_of(plan, {}, false);
  EXPECT_EQ(read_plan_file(plan_file_text(plan, {}, ticket), "x"), ticket);
  return ticket;
}

Applied apply(const SmallRegistry& registry, const PlanTicket& ticket) {
  Store store = registry.open();
  return apply_store(store, {}, &ticket, test::test_run());
}

TEST(PlanFile, AppliesExactlyThat) {
  const SmallRegistry registry;
  registry.load(test::invented_records(80, 1));
  const PlanTicket ticket = plan_of(registry);
  EXPECT_EQ(apply(registry, ticket).plan.digest, ticket.digest);
}

TEST(PlanFile, IsRefusedOnceAnythingChanged) {
  const SmallRegistry registry;
  registry.load(test::invented_records(80, 1));
  const PlanTicket ticket = plan_of(registry);
  registry.load(test::invented_records(81, 1));
  EXPECT_THROW(apply(registry, ticket), Error);
  const PlanTicket second = plan_of(registry);
  registry.decide("client:C1001", "client:C1002", true);
  EXPECT_THROW(apply(registry, second), Error);
  const PlanTicket third = plan_of(registry);
  apply(registry, third);
  EXPECT_THROW(apply(registry, third), Error);  // applied already
}

TEST(PlanFile, OfAnotherRegistryIsRefused) {
  const SmallRegistry one;
  const SmallRegistry other;
  for (const SmallRegistry* registry : {&one, &other}) {
    registry->load(test::invented_records(80, 1));
  }
  EXPECT_THROW(apply(other, plan_of(one)), Error);
}

TEST(PlanFile, WhatIsNoPlanIsRefused) {
  for (const char* text :
       {"", "{", "[]", "{\"format\":\"other\"}", "{\"format\":\"tessera-plan\",\"version\":9}",
        "{\"format\":\"tessera-plan\",\"version\":1}"}) {
    EXPECT_THROW(read_plan_file(text, "x"), Error) << text;
  }
}

}  // namespace
}  // namespace tessera
