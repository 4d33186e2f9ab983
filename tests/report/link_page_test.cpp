#include "report/link_page.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/report/invented_explanation.hpp"
#include "tests/report/invented_run.hpp"

namespace tessera {
namespace {

TEST(LinkPage, EveryChartHasANameOfItsOwn) {
  const std::string run = run_json(test::invented_run());
  const Model model = test::invented_model();
  const Evaluation evaluation = test::invented_evaluation();
  const std::vector<Explanation> samples(3, test::invented_explanation());
  const Page page =
      link_page({.run_json = run, .model = model, .samples = samples, .evaluation = &evaluation});
  std::set<std::string> ids;
  for (const Chart& chart : page.charts) {
    EXPECT_TRUE(ids.insert(chart.id).second) << chart.id;
    for (const auto& row : chart.table.rows)
      EXPECT_EQ(row.size(), chart.table.header.size()) << chart.id;
  }
  EXPECT_EQ(page.charts.front().id, "scores");
  EXPECT_GE(ids.size(), 17U);
}

TEST(LinkPage, DoesNotDependOnTheMachine) {
  RunFacts facts = test::invented_run();
  const Model model = test::invented_model();
  const std::string here = run_json(facts);
  facts.machine.threads = 64;
  facts.machine.elapsed_s = 1234.5;
  const std::string there = run_json(facts);
  EXPECT_NE(here, there);
  EXPECT_EQ(page_html(link_page({.run_json = here, .model = model})),
            page_html(link_page({.run_json = there, .model = model})));
}

}  // namespace
}  // namespace tessera
