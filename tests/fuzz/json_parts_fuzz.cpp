// Any JSON that the reader takes: its parts are the values of the reader's own tree, a text that is
// quoted again is the same text, and what edits and compaction leave is JSON that says the same.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "data/check.hpp"
#include "exchange/fhir_originals.hpp"
#include "exchange/json_parts.hpp"
#include "exchange/json_tree.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using tessera::JsonPart;
using tessera::Node;

void check_same(std::string_view text, const JsonPart& part, const Node& node,
                std::vector<tessera::JsonEdit>& texts) {
  TESSERA_CHECK(part.begin < part.end && part.end <= text.size());
  switch (node.kind) {
    case Node::Kind::kObject:
      TESSERA_CHECK(part.kind == JsonPart::Kind::kObject);
      break;
    case Node::Kind::kArray:
      TESSERA_CHECK(part.kind == JsonPart::Kind::kArray);
      break;
    case Node::Kind::kNull:
      TESSERA_CHECK(part.kind == JsonPart::Kind::kNull);
      break;
    case Node::Kind::kText:
      TESSERA_CHECK(part.kind == JsonPart::Kind::kText || part.kind == JsonPart::Kind::kPlain);
      break;
  }
  if (part.kind == JsonPart::Kind::kText) {
    const std::string value = tessera::json_string(text, part);
    TESSERA_CHECK(value == node.text);
    texts.push_back({part.begin, part.end, tessera::json_quoted(value)});
  }
  TESSERA_CHECK(part.children.size() == node.children.size());
  for (std::size_t i = 0; i < part.children.size(); ++i) {
    check_same(text, part.children[i], node.children[i], texts);
  }
}

bool same(const Node& a, const Node& b) {
  if (a.kind != b.kind || a.key != b.key || a.text != b.text) return false;
  if (a.children.size() != b.children.size()) return false;
  for (std::size_t i = 0; i < a.children.size(); ++i) {
    if (!same(a.children[i], b.children[i])) return false;
  }
  return true;
}

Node parsed(std::string_view text) {
  Node root;
  TESSERA_CHECK(tessera::parse_json(text, root).what.empty());
  return root;
}

std::size_t members_named(const Node& object, std::string_view name) {
  std::size_t count = 0;
  for (const Node& member : object.children) count += member.key == name ? 1 : 0;
  return count;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Node root;
  if (!tessera::parse_json(text, root).what.empty()) return 0;
  const JsonPart parts = tessera::json_parts(text);
  std::vector<tessera::JsonEdit> texts;
  check_same(text, parts, root, texts);
  TESSERA_CHECK(same(parsed(tessera::edit_text(text, texts)), root));
  const std::string compact = tessera::compact_json(text, parts);
  if (compact.empty()) return 0;  // nothing but what FHIR forbids
  const Node small = parsed(compact);
  TESSERA_CHECK(tessera::compact_json(compact, tessera::json_parts(compact)) == compact);
  if (small.kind != Node::Kind::kObject) return 0;
  const Node changed = parsed(
      tessera::set_members_json(compact, {{"active", "false"}, {"id", ""}, {"link", "[{}]"}}));
  TESSERA_CHECK(members_named(changed, "active") == 1 && members_named(changed, "id") == 0);
  TESSERA_CHECK(members_named(changed, "link") == 1);
  const Node more = parsed(tessera::add_identifier_json(compact, R"({"value":"1"})"));
  TESSERA_CHECK(members_named(more, "identifier") >= 1);
  return 0;
}
