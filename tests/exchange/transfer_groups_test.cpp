#include "exchange/transfer_groups.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exchange/fhir_reader.hpp"
#include "tests/exchange/import_texts.hpp"

namespace tessera::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// A head, its two kin, one who died; and a person alone.
const Import& people() {
  static const Import import = imported(
      R"([{"resourceType":"Patient","id":"h","name":[{"family":"F"}],"extension":[
            {"url":"http://x/patient-is-head","valueBoolean":true}]},
          {"resourceType":"Patient","id":"a","name":[{"family":"F"}]},
          {"resourceType":"Patient","id":"b","name":[{"family":"F"}]},
          {"resourceType":"Patient","id":"d","name":[{"family":"F"}],"deceasedBoolean":true},
          {"resourceType":"Patient","id":"z","name":[{"family":"Z"}]},
          {"resourceType":"Group","id":"f","member":[
            {"entity":{"reference":"Patient/h"}},{"entity":{"reference":"Patient/a"}},
            {"entity":{"reference":"Patient/b"}},{"entity":{"reference":"Patient/d"}}]}])",
      read_fhir);
  return import;
}

TransferGroup only(const std::vector<TransferOrder>& orders) {
  const TransferOrders all = transfer_groups(people(), orders);
  EXPECT_EQ(all.groups.size(), 1U);
  return all.groups.empty() ? TransferGroup() : all.groups.front();
}

TEST(TransferGroups, AFamilyMovesWithItsHead) {
  const TransferGroup group = only({{"b"}, {"h"}, {"a"}});
  EXPECT_EQ(group.fault, "");
  EXPECT_TRUE(group.is_whole()) << "who died does not stay";
  EXPECT_EQ(group.head, "h");
  EXPECT_THAT(group.movers, ElementsAre("a", "b", "h"));
}

TEST(TransferGroups, OnePersonAloneMayLeaveAFamily) {
  const TransferGroup group = only({{"a"}});
  EXPECT_EQ(group.fault, "");
  EXPECT_EQ(group.head, "a");
  EXPECT_THAT(group.rest, ElementsAre("b", "h"));
  EXPECT_EQ(group.new_head, "");
}

TEST(TransferGroups, SeveralWhoLeaveWithoutTheHeadNeedOne) {
  EXPECT_THAT(only({{"a"}, {"b"}}).fault, HasSubstr("leave a family without its head"));
  EXPECT_EQ(only({{"a", "b"}, {"b"}}).head, "b");
  EXPECT_THAT(only({{"a", "h"}, {"b"}}).fault, HasSubstr("without its head"));
  EXPECT_THAT(only({{"a", "a"}, {"b", "b"}}).fault, HasSubstr("two persons"));
}

TEST(TransferGroups, ThoseWhoStayWithoutTheHeadNeedOne) {
  EXPECT_THAT(only({{"h"}}).fault, HasSubstr("others stay"));
  EXPECT_THAT(only({{"h", "z"}}).fault, HasSubstr("nobody of the family"));
  EXPECT_THAT(only({{"h", "d"}}).fault, HasSubstr("nobody of the family")) << "who died";
  EXPECT_THAT(only({{"h", "h"}}).fault, HasSubstr("others stay"));
  const TransferGroup group = only({{"h", "b"}});
  EXPECT_EQ(group.fault, "");
  EXPECT_EQ(group.head, "h");
  EXPECT_EQ(group.new_head, "b");
}

TEST(TransferGroups, SaysWhomItCannotMove) {
  const TransferOrders all =
      transfer_groups(people(), std::vector<TransferOrder>{{"z"}, {"z"}, {"d"}, {"nobody"}});
  ASSERT_EQ(all.groups.size(), 1U);
  EXPECT_EQ(all.groups[0].head, "z");
  EXPECT_THAT(all.unknown, ElementsAre("nobody"));
  EXPECT_THAT(all.gone, ElementsAre("d"));
}

}  // namespace
}  // namespace tessera::test
