#include "exchange/xml_tree.hpp"

#include <gtest/gtest.h>

namespace tessera::test {
namespace {

std::string fault(std::string_view text) {
  Node root;
  return parse_fhir_xml(text, root).what;
}

TEST(XmlTree, ReadsWhatJsonWouldSay) {
  Node root;
  const TreeFault found = parse_fhir_xml(
      R"(<Patient xmlns="http://hl7.org/fhir"><id value="p1"/><extension url="http://x/is-head">
         <valueBoolean value="true"/></extension><name><given value="A"/><given value="B"/></name>
         <text><div xmlns="http://www.w3.org/1999/xhtml">not for us</div></text>
         <contained><Group><id value="g"/></Group></contained></Patient>)",
      root);
  ASSERT_EQ(found.what, "");
  EXPECT_EQ(text_at(root, "resourceType"), "Patient");
  EXPECT_EQ(text_at(root, "id"), "p1");
  EXPECT_EQ(text_at(root, "extension[url~is-head].valueBoolean"), "true");
  EXPECT_EQ(select(root, "name.given").size(), 2U);
  EXPECT_EQ(text_at(root, "contained.resourceType"), "Group");
  EXPECT_FALSE(has(root, "text.div"));
}

TEST(XmlTree, RefusesWhatIsNoXmlAndWhatIsTooDeep) {
  EXPECT_EQ(fault("<Patient><id value=\"1\"></Patient>"), "is not well-formed XML");
  EXPECT_EQ(fault(""), "is not well-formed XML");
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "<a>";
  EXPECT_NE(fault(deep), "");
  std::string closed;
  for (int i = 0; i < 70; ++i) closed += "<a>";
  for (int i = 0; i < 70; ++i) closed += "</a>";
  EXPECT_NE(fault(closed).find("nests deeper than 64"), std::string::npos);
}

TEST(XmlTree, TooManyValuesAreRefused) {
  std::string many = "<a>";
  for (int i = 0; i < 4100000; ++i) many += "<b/>";
  many += "</a>";
  EXPECT_NE(fault(many).find("more than 4,000,000 values"), std::string::npos);
}

TEST(XmlTree, ExpandsNoEntities) {
  Node root;
  const TreeFault found = parse_fhir_xml(
      "<!DOCTYPE lolz [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>"
      "<Patient><id value=\"&b;\"/></Patient>",
      root);
  EXPECT_EQ(found.what, "");
  EXPECT_EQ(text_at(root, "id"), "&b;");
}

}  // namespace
}  // namespace tessera::test
