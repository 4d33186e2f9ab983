#include "exchange/flows.hpp"

#include <gtest/gtest.h>

#include <set>

namespace tessera::test {
namespace {

TEST(FlowTable, EveryFlowSaysWhatItReadsWritesAndHowItIsCalled) {
  std::set<std::string_view> names;
  for (const Flow& flow : exchange_flows()) {
    SCOPED_TRACE(flow.name);
    EXPECT_TRUE(names.insert(flow.name).second);
    EXPECT_NE(flow.run, nullptr);
    EXPECT_FALSE(flow.help.empty());
    EXPECT_FALSE(flow.from.empty());
    EXPECT_FALSE(flow.reads.empty());
    EXPECT_FALSE(flow.writes.empty());
    EXPECT_NE(flow.examples.find("tessera exchange " + std::string(flow.name)),
              std::string_view::npos);
  }
  EXPECT_FALSE(names.empty());
}

}  // namespace
}  // namespace tessera::test
