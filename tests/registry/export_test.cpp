#include "registry/export.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.hpp"
#include "tests/registry/small_registry.hpp"

namespace tessera {
namespace {

using test::SmallRegistry;

TEST(Export, FormulasGetAMark) {
  for (const char* text : {"=1+1", "+44 1", "-3", "@sum", "\tx", "\rx"}) {
    EXPECT_EQ(spreadsheet_safe(text), std::string("'") + text);
  }
  EXPECT_EQ(spreadsheet_safe("O'Brien"), "O'Brien");
  EXPECT_EQ(spreadsheet_safe(""), "");
}

TEST(Export, EveryRecordStandsOnceUnderItsIdentifier) {
  const SmallRegistry registry;
  auto records = test::invented_records(60, 1);
  records[0].given_name = "=cmd()";
  registry.load(records);
  registry.apply();
  registry.decide("client:C1001", "client:C1002", true);
  registry.apply();
  Store store = registry.open(Store::Access::kRead);
  const auto out = registry.folder() / "out";
  const ExportFacts facts = export_store(store, out, {.spreadsheet_safe = true});
  EXPECT_EQ(facts.records, records.size());
  EXPECT_EQ(facts.retired, 1U);
  const auto crosswalk = test::read_test_csv(out / "crosswalk.csv");
  ASSERT_EQ(crosswalk.size(), records.size() + 1);
  for (std::size_t i = 1; i < crosswalk.size(); ++i) {
    EXPECT_EQ(crosswalk[i][0], registry.identifier(crosswalk[i][1] + ":" + crosswalk[i][2]));
  }
  const auto golden = test::read_test_csv(out / "golden.csv");
  EXPECT_EQ(golden.size(), facts.identities + 1);
  EXPECT_EQ(golden[0].size(), 3U + 4U);
  const auto retired = test::read_test_csv(out / "retired.csv");
  ASSERT_EQ(retired.size(), 2U);
  EXPECT_EQ(retired[1][1], registry.identifier("client:C1001"));
  std::size_t formulas = 0;
  for (const auto& row : golden) formulas += row[3].starts_with("=") ? 1 : 0;
  EXPECT_EQ(formulas, 0U);
}

TEST(Export, BeforeTheFirstApplyItIsRefused) {
  const SmallRegistry registry;
  Store store = registry.open(Store::Access::kRead);
  EXPECT_THROW(export_store(store, registry.folder() / "out", {}), Error);
}

}  // namespace
}  // namespace tessera
