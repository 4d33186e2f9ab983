#include "engine/close_links.hpp"

#include <gtest/gtest.h>

#include "engine/train.hpp"
#include "tests/support/people_job.hpp"

namespace tessera {
namespace {

Link link(Row left, Row right, double bits) {
  return {left, right, 0, bits, 0};
}

constexpr double kLinkBits = 4;

struct Fixture {
  Fixture()
      : people(300, 21, 1, LinkType::kLinkAndDedupe),
        model(train_model(people.walked(), people.job, people.comparer)),
        weigher(model, people.table, people.comparer) {}
  test::PeopleJob people;
  Model model;
  PairWeigher weigher;

  Closure close(const std::vector<Link>& links, const ClosureOptions& options) const {
    const auto label = component_labels(links, {}, kLinkBits, people.table.size());
    return close_links(links, members_of_components(label), people.table, people.space, weigher,
                       options);
  }
};

TEST(CloseLinks, WeighsThePairsThatAComponentLacks) {
  const Fixture f;
  const Closure closure =
      f.close({link(1, 5, 9), link(5, 9, 9), link(20, 21, 9)}, {.keep_bits = -1000});
  EXPECT_EQ(closure.pairs_compared, 1U);
  ASSERT_EQ(closure.links.size(), 4U);
  EXPECT_EQ(closure.links[1].left, 1U);
  EXPECT_EQ(closure.links[1].right, 9U);
  EXPECT_EQ(closure.links[1].rule, kClosureRule);
  EXPECT_EQ(closure.links[1].weight_bits, f.weigher.weight_bits(1, 9));
}

TEST(CloseLinks, KeepsOnlyWhatReachesTheThreshold) {
  const Fixture f;
  const Closure closure = f.close({link(1, 5, 9), link(5, 9, 9)}, {.keep_bits = 1000});
  EXPECT_EQ(closure.links.size(), 2U);
  EXPECT_EQ(closure.found, 0U);
}

TEST(CloseLinks, AWeakLinkMakesNoComponent) {
  const Fixture f;
  const Closure closure = f.close({link(1, 5, 9), link(5, 9, 3)}, {.keep_bits = -1000});
  EXPECT_EQ(closure.pairs_compared, 0U);
}

TEST(CloseLinks, ALargeComponentIsLookedAtThroughCommonNeighboursOnly) {
  const Fixture f;
  std::vector<Link> chain;
  for (Row row = 0; row + 1 < 50; ++row) chain.push_back(link(row, row + 1, 9));
  const Closure closure = f.close(chain, {.keep_bits = -1000, .max_component = 10});
  EXPECT_EQ(closure.pairs_compared, 48U);  // each row with its neighbour's neighbour
}

}  // namespace
}  // namespace tessera
