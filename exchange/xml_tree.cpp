#include "exchange/xml_tree.hpp"

#include <pugixml.hpp>

namespace tessera {
namespace {

bool is_resource_name(std::string_view name) {
  return !name.empty() && name.front() >= 'A' && name.front() <= 'Z';
}

/// Walks the parsed elements; stops at the first fault.
class Converter {
 public:
  std::string convert(pugi::xml_node element, Node& out, int depth) {
    if (depth > kMaxDepth) return "nests deeper than 64 values; such a message is refused";
    if (++values_ > kMaxValues) return "holds more than 4,000,000 values; split it into pages";
    const pugi::xml_attribute value = element.attribute("value");
    if (value) {
      out.kind = Node::Kind::kText;
      out.text = value.value();
      return {};
    }
    out.kind = Node::Kind::kObject;
    if (is_resource_name(element.name())) {
      out.children.push_back(text_node("resourceType", element.name()));
    }
    for (const char* name : {"url", "id"}) {  // written as attributes on extensions and elements
      if (const pugi::xml_attribute attribute = element.attribute(name)) {
        out.children.push_back(text_node(name, attribute.value()));
      }
    }
    for (pugi::xml_node inner : element.children()) {
      if (inner.type() != pugi::node_element) continue;
      const std::string_view name = inner.name();
      if (name == "div") continue;                                        // XHTML for eyes
      if (is_resource_name(name)) return convert(inner, out, depth + 1);  // <resource><Patient>
      out.children.emplace_back();
      out.children.back().key = name;
      std::string fault = convert(inner, out.children.back(), depth + 1);
      if (!fault.empty()) return fault;
    }
    return {};
  }

 private:
  std::size_t values_ = 0;
};

}  // namespace

TreeFault parse_fhir_xml(std::string_view text, Node& out) {
  out = Node();
  pugi::xml_document document;
  const pugi::xml_parse_result result =
      document.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
  if (!result) {
    return fault_at(text, static_cast<std::size_t>(result.offset), "is not well-formed XML");
  }
  Converter converter;
  std::string fault = converter.convert(document.document_element(), out, 1);
  return fault.empty() ? TreeFault{} : fault_at(text, 0, std::move(fault));
}

}  // namespace tessera
