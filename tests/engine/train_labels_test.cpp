#include "engine/train_labels.hpp"

#include <gtest/gtest.h>

#include "data/error.hpp"
#include "engine/pair_weigher.hpp"
#include "engine/train.hpp"
#include "tests/support/people_job.hpp"
#include "tests/support/tables.hpp"

namespace tessera {
namespace {

struct Trained {
  Trained() : people(600, 5, 2, LinkType::kLinkAndDedupe) {
    const PairWeigher weigher(model(), people.table, people.comparer);
    for (Row left = 0; left < 60; ++left) {
      for (Row right = left + 1; right < 60; ++right) {
        const Pattern pattern = people.comparer.pattern(left, right);
        const double bits = weigher.weight_bits(pattern, left, right);
        if (bits >= 0) links.push_back({left, right, pattern, bits, 0});
      }
    }
  }
  const Model& model() {
    if (model_.comparisons.empty()) {
      model_ = train_model(people.walked(), people.job, people.comparer);
    }
    return model_;
  }
  test::PeopleJob people;
  Model model_;
  std::vector<Link> links;
};

TEST(TrainLabels, CountsEachPairOnceAndWeighsThoseWithoutALink) {
  Trained trained;
  ASSERT_FALSE(trained.links.empty());
  const Link& link = trained.links.front();
  const std::vector<RowLabel> labels = {{link.right, link.left, false},  // in any order
                                        {link.left, link.right, true},   // the last counts
                                        {100, 500, false}};              // no link
  const LabelledModel out = train_on_labels(trained.people.table, trained.people.job,
                                            trained.model(), trained.links, labels);
  EXPECT_EQ(out.facts.matches, 1U);
  EXPECT_EQ(out.facts.non_matches, 1U);
  EXPECT_EQ(out.model.comparisons.size(), trained.model().comparisons.size());
}

TEST(TrainLabels, NonMatchesEverywhereLowerThePrior) {
  Trained trained;
  std::vector<RowLabel> labels;
  for (const Link& link : trained.links) labels.push_back({link.left, link.right, false});
  const LabelledModel out = train_on_labels(trained.people.table, trained.people.job,
                                            trained.model(), trained.links, labels);
  EXPECT_LT(out.model.prior, trained.model().prior);
  EXPECT_EQ(out.facts.expected_after, 0.0);
}

TEST(TrainLabels, RefusesAModelOfAnotherJob) {
  Trained trained;
  EXPECT_THROW(train_on_labels(trained.people.table, trained.people.job, Model(), {}, {}), Error);
}

}  // namespace
}  // namespace tessera
