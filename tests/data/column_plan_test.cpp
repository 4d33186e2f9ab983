#include "data/column_plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "data/error.hpp"
#include "tests/data/read_support.hpp"

namespace tessera {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Columns = std::vector<std::vector<std::string>>;

SourceSpec source(const std::string& name, const std::string& id) {
  SourceSpec spec = test::people(name + ".csv");
  spec.name = name;
  spec.id_column = id;
  return spec;
}

AttributeSpec joined(const std::string& name, Kind kind, std::vector<std::string> parts) {
  AttributeSpec spec;
  spec.name = name;
  spec.kind = kind;
  spec.parts = std::move(parts);
  return spec;
}

TEST(ColumnPlan, FirstNameThatASourceHasIsRead) {
  AttributeSpec birth = test::attribute("birth_date");
  birth.columns = {"dob", "birth_date"};
  const std::vector<SourceSpec> sources = {source("a", "id"), source("b", "")};
  const std::vector<AttributeSpec> attributes = {birth, test::attribute("sex")};
  const Columns columns = {{"birth_date", "ID", "DOB"}, {"birth_date", "sex"}};
  const auto plans = plan_columns(sources, attributes, columns);
  EXPECT_THAT(plans[0].selected, ElementsAre(1U, 2U));
  EXPECT_EQ(plans[0].id_slot, 0U);
  EXPECT_THAT(plans[0].attributes[0].slots, ElementsAre(1U));
  EXPECT_THAT(plans[0].attributes[1].slots, IsEmpty());
  EXPECT_EQ(plans[1].id_slot, std::nullopt);
  EXPECT_THAT(plans[1].selected, ElementsAre(0U, 1U));
}

TEST(ColumnPlan, ColumnThatTwoNeedIsReadOnce) {
  const std::vector<SourceSpec> sources = {source("a", "nid")};
  const std::vector<AttributeSpec> attributes = {test::attribute("nid")};
  const auto plans = plan_columns(sources, attributes, Columns{{"nid"}});
  EXPECT_THAT(plans[0].selected, ElementsAre(0U));
  EXPECT_THAT(plans[0].attributes[0].slots, ElementsAre(0U));
}

TEST(ColumnPlan, PartsAreJoinedByKind) {
  const std::vector<SourceSpec> sources = {source("a", "id")};
  const std::vector<AttributeSpec> attributes = {joined("name", Kind::kPersonName, {"g", "f"}),
                                                 joined("born", Kind::kDate, {"y", "m", "d"})};
  const auto plans = plan_columns(sources, attributes, Columns{{"id", "d", "m", "y", "g", "f"}});
  EXPECT_EQ(plans[0].attributes[0].joiner, ' ');
  EXPECT_EQ(plans[0].attributes[1].joiner, '-');
  EXPECT_THAT(plans[0].selected, ElementsAre(0U, 4U, 5U, 3U, 2U, 1U));
}

TEST(ColumnPlan, AllProblemsAreToldAtOnce) {
  SourceSpec second = source("b", "record_id");
  second.updated_column = "updated";
  const std::vector<SourceSpec> sources = {source("a", "recordid"), second};
  const std::vector<AttributeSpec> attributes = {
      test::attribute("given_nam"), joined("born", Kind::kDate, {"y", "m"}), test::attribute("")};
  const Columns columns = {{"record_id", "given_name", "y"}, {"record_id", "update"}};
  const std::string message = test::error_of([&] { plan_columns(sources, attributes, columns); });
  EXPECT_EQ(std::count(message.begin(), message.end(), '\n'), 5);
  EXPECT_THAT(message, HasSubstr("source 'a' (a.csv): the id column 'recordid' is not in the file; "
                                 "did you mean 'record_id'?"));
  EXPECT_THAT(message, HasSubstr("source 'b' (b.csv): the update column 'updated' is not in the "
                                 "file; did you mean 'update'?"));
  EXPECT_THAT(message, HasSubstr("attribute 'given_nam': no source has a column 'given_nam'; did "
                                 "you mean 'given_name'?"));
  EXPECT_THAT(message, HasSubstr("source 'a' (a.csv): attribute 'born' lacks of its parts 'm'; "
                                 "did you mean 'y'?"));
}

}  // namespace
}  // namespace tessera
