#include "report/plan_page.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tessera {
namespace {

using testing::ElementsAre;

Plan sample_plan() {
  Plan plan;
  plan.records = 1500;
  plan.identities = 1000;
  plan.minted = 100;
  plan.changed = 50;
  plan.merged = {{1, 2}, {3, 4}};
  plan.split = {{9, 5}};
  plan.queue_added = {{1, 2, QueueReason::kBand, 1.5}, {1, 3, QueueReason::kBand, 2.5}};
  plan.queue_removed = {{4, 5, QueueReason::kWeakBridge, 1.5}};
  plan.queue_size = 7;
  return plan;
}

TEST(PlanPage, CountsIdentifiersByWhatHappensToThem) {
  const Page page = plan_page(sample_plan(), {}, false);
  ASSERT_EQ(page.charts.size(), 2U);
  EXPECT_THAT(page.charts[0].table.rows[0], ElementsAre("stay as they are", "850", "85.00 %"));
  EXPECT_THAT(page.charts[0].table.rows[4], ElementsAre("merged into another", "2", "0.20 %"));
  ASSERT_EQ(page.charts[1].table.rows.size(), 2U);
  EXPECT_THAT(page.charts[1].table.rows[0], ElementsAre("band", "2", "0"));
  EXPECT_THAT(page.charts[1].table.rows[1], ElementsAre("weak bridge", "0", "1"));
}

TEST(PlanPage, CountsFamiliesWhereThereAreSome) {
  GroupPlan families;
  families.digest = "of something";
  families.facts = {.source_groups = 900, .groups = 400, .minted = 40, .changed = 10, .retired = 4};
  const Page page = plan_page(sample_plan(), families, false);
  ASSERT_EQ(page.charts.size(), 3U);
  EXPECT_EQ(page.charts[1].id, "families");
  EXPECT_THAT(page.charts[1].table.rows[0], ElementsAre("stay as they are", "350", "87.50 %"));
  EXPECT_THAT(page.charts[1].table.rows[6],
              ElementsAre("retired, nobody left in a family", "4", "1.00 %"));
}

TEST(PlanPage, SaysWhenThereIsNothingToDo) {
  Plan plan;
  plan.nothing_to_do = true;
  const Page page = plan_page(plan, {}, false);
  EXPECT_TRUE(page.charts.empty());
  EXPECT_THAT(page.lead, testing::HasSubstr("Nothing to do"));
  EXPECT_NE(plan_page(sample_plan(), {}, true).title, page.title);
}

}  // namespace
}  // namespace tessera
