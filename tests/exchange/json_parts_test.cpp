#include "exchange/json_parts.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "exchange/json_tree.hpp"

namespace tessera::test {
namespace {

using Json = nlohmann::ordered_json;

// Every part's bytes are the value that an independent parser finds there.
void expect_same(std::string_view text, const JsonPart& part, const Json& json) {
  EXPECT_EQ(Json::parse(text.substr(part.begin, part.end - part.begin)), json);
  ASSERT_EQ(part.children.size(), json.is_structured() ? json.size() : 0U);
  std::size_t i = 0;
  if (!json.is_structured()) return;
  for (const auto& [key, value] : json.items()) {
    if (json.is_object()) {
      EXPECT_EQ(Json::parse("\"" + std::string(part.children[i].key) + "\""), key);
    }
    expect_same(text, part.children[i], value);
    ++i;
  }
}

TEST(JsonParts, EveryPartIsTheValueThatStandsThere) {
  for (const std::string text :
       {R"({"a":1,"b":[true,null,"x"],"c":{}})", R"( [ ] )", R"("a\\\"}")", "-1.50e3", "null",
        "{ \"k\\\"ey\" :\n[ {\"x\" : \"]}\" } , 2.0 ]\t}", R"([[[[]],{}],"é\u00e9"])"}) {
    SCOPED_TRACE(text);
    expect_same(text, json_parts(text), Json::parse(text));
  }
}

TEST(JsonParts, AByteOrderMarkMovesEverything) {
  const std::string text = "\xEF\xBB\xBF{\"a\":\"b\"}";
  const JsonPart part = json_parts(text);
  EXPECT_EQ(json_string(text, *part.find("a")), "b");
}

TEST(JsonParts, TheDeepestTextThatIsTakenIsScanned) {
  const std::string text = std::string(64, '[') + std::string(64, ']');
  Node root;
  ASSERT_TRUE(parse_json(text, root).what.empty());
  EXPECT_EQ(json_parts(text).end, text.size());
}

TEST(JsonParts, OneEditLeavesEveryOtherByte) {
  const std::string text = "{ \"n\": 1.50,\r\n  \"patient\" : \"old\"  , \"z\":[] }";
  const JsonPart part = json_parts(text);
  const JsonPart& patient = *part.find("patient");
  EXPECT_EQ(edit_text(text, {{patient.begin, patient.end, json_quoted("new\"")}}),
            "{ \"n\": 1.50,\r\n  \"patient\" : \"new\\\"\"  , \"z\":[] }");
  EXPECT_EQ(edit_text(text, {}), text);
}

TEST(JsonParts, CompactingDropsBlanksAndWhatFhirForbidsAndNothingElse) {
  const std::string text =
      "{ \"a\" : \"\", \"b\": [ 1.50 , null, \"x y\" ], \"c\": { \"d\": [ { } ] }, \"e\": false }";
  EXPECT_EQ(compact_json(text, json_parts(text)), R"({"b":[1.50,"x y"],"e":false})");
}

TEST(JsonParts, AKeyIsFoundAsItIsWritten) {
  const std::string text = R"({"a":1,"a":2})";
  const JsonPart part = json_parts(text);
  EXPECT_EQ(part.find("a")->begin, 5U);
  EXPECT_EQ(part.find("b"), nullptr);
}

}  // namespace
}  // namespace tessera::test
