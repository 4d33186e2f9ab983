#include "cli/family_view.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "data/error.hpp"

namespace tessera {
namespace {

GroupView view() {
  GroupView family;
  family.identifier = "4433-3333-3333-333D";
  family.living = true;
  family.head = "667J-TRNM-6C9E-RC7M";
  family.members = {{"667J-TRNM-6C9E-RC7M", "head", 2}, {"3333-3333-3333-3333", "child", 1}};
  family.groups = {{"client", "g1"}, {"openimis", "G7"}};
  return family;
}

TEST(FamilyView, ShowsMembersAndTheFamiliesOfSources) {
  EXPECT_EQ(family_text(view()),
            "4433-3333-3333-333D  a family\n"
            "  client:g1\n"
            "  openimis:G7\n"
            "member               role   in families\n"
            "667J-TRNM-6C9E-RC7M  head   2\n"
            "3333-3333-3333-3333  child  1\n");
  const nlohmann::json json = nlohmann::json::parse(family_json(view()));
  EXPECT_EQ(json["head"], "667J-TRNM-6C9E-RC7M");
  EXPECT_EQ(json["members"][1]["role"], "child");
  EXPECT_EQ(json["families"][1]["family_id"], "G7");
}

TEST(FamilyView, ARetiredOneSaysWhereItLeads) {
  GroupView family;
  family.identifier = "4433-3333-3333-333D";
  EXPECT_EQ(family_text(family),
            "4433-3333-3333-333D  a family, retired\n  nobody of it is in a family any more\n");
  family.leads_to = {"667J-TRNM-6C9E-RC7M"};
  family.leads_to_living = true;
  EXPECT_EQ(family_text(family),
            "4433-3333-3333-333D  a family, retired\n  leads to 667J-TRNM-6C9E-RC7M\n");
}

TEST(FamilyView, WhereAPersonIsAskedForAFamilyIsRefused) {
  EXPECT_NO_THROW(refuse_family(7, "x"));
  EXPECT_THROW(refuse_family(-1, "x"), Error);
}

}  // namespace
}  // namespace tessera
