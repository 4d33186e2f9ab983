#include "exchange/tree.hpp"

#include <gtest/gtest.h>

#include "tests/exchange/import_texts.hpp"

namespace tessera::test {
namespace {

std::string texts(Node root, std::string_view path) {
  std::string out;
  for (Node* node : select(root, path)) {
    out += (out.empty() ? "" : ",") +
           (node->kind == Node::Kind::kText ? node->text : std::string("{}"));
  }
  return out;
}

const char* const kPatient = R"({"name": [{"use": "usual", "given": ["A", "B"]},
    {"use": "official", "given": "C"}], "gender": "male",
    "extension": [{"url": "http://x/StructureDefinition/patient-is-head", "valueBoolean": true},
                  {"url": "http://x/not-patient-is-head", "valueBoolean": false}],
    "identifier": {"type": {"coding": [{"code": "UUID"}]}, "value": "u-1"}})";

TEST(Tree, OneValueAndAListOfOneAreTheSame) {
  EXPECT_EQ(texts(json(kPatient), "name.given"), "A,B,C");
  EXPECT_EQ(texts(json(kPatient), "gender"), "male");
  EXPECT_EQ(texts(json("[[{\"a\": [[1]]}]]"), "a"), "1");
}

TEST(Tree, AFilterKeepsWhatHasTheValue) {
  EXPECT_EQ(texts(json(kPatient), "name[use=official].given"), "C");
  EXPECT_EQ(texts(json(kPatient), "name[use=old].given"), "");
  EXPECT_EQ(texts(json(kPatient), "identifier[type.coding.code=UUID].value"), "u-1");
}

TEST(Tree, AFilterByEndingWantsAWholeWord) {
  EXPECT_EQ(texts(json(kPatient), "extension[url~patient-is-head].valueBoolean"), "true");
}

TEST(Tree, UnclosedAndEmptyPathsLeadNowhereOrToTheRoot) {
  EXPECT_EQ(texts(json(kPatient), "name[use=usual"), "{}");
  EXPECT_EQ(texts(json("\"x\""), ""), "x");
  EXPECT_EQ(texts(json(kPatient), "name..given"), "");
}

TEST(Tree, WhatIsMappedAndWhatIsNotIsTold) {
  Node root = json(kPatient);
  for (Node* leaf : select(root, "name[use=official].given")) leaf->use = Node::Use::kMapped;
  EXPECT_EQ(paths_of(root, Node::Use::kMapped), std::vector<std::string>{"name.given"});
  EXPECT_EQ(mapped_texts(root), std::vector<std::string>{"C"});
  const std::vector<std::string> wanted = {"name.given",
                                           "name.given",
                                           "gender",
                                           "extension[patient-is-head].valueBoolean",
                                           "extension[not-patient-is-head].valueBoolean",
                                           "identifier.type.coding.code",
                                           "identifier.value"};
  std::vector<std::string> unmapped = paths_of(root, Node::Use::kNone);
  std::erase(unmapped, "name.use");  // the filter read the first until it found the other
  EXPECT_EQ(unmapped, wanted);
}

TEST(Tree, AChildIsMadeOnce) {
  Node root;
  child(root, "a") = text_node("a", "1");
  EXPECT_EQ(child(root, "a").text, "1");
  EXPECT_EQ(root.children.size(), 1U);
  EXPECT_TRUE(has(root, "a"));
  EXPECT_EQ(text_at(root, "a"), "1");
}

}  // namespace
}  // namespace tessera::test
